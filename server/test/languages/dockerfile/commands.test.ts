import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { pythonService, twoHeredocs, windowsService } from './fixtures.js';
import { lines, read } from './reading.js';

/** `name@line text`, one a command; lines count from 1. */
function commands(text: string): readonly string[] {
  const { commands: found, under } = read(text);
  return found.map(({ name, at }) => {
    const line = text.slice(0, at.span.start).split('\n').length;
    return `${name ?? '?'}@${line} ${under(at)}`;
  });
}

describe('dockerfile: shell commands', () => {
  it('reads RUN, CMD, ENTRYPOINT, HEALTHCHECK and triggers in shell form', () => {
    assert.deepEqual(
      commands(
        lines(
          'FROM a',
          'RUN --mount=type=cache,target=/x curl x | sudo sh',
          'HEALTHCHECK --retries=2 CMD curl y || exit 1',
          'HEALTHCHECK NONE',
          'ONBUILD RUN wget z',
          'ENTRYPOINT exec app',
          'CMD node x',
          'LABEL sudo=x',
        ),
      ),
      [
        'curl@2 curl x',
        'sudo@2 sudo sh',
        'sh@2 sh',
        'curl@3 curl y',
        'exit@3 exit 1',
        'wget@5 wget z',
        'exec@6 exec app',
        'app@6 app',
        'node@7 node x',
      ],
    );
  });

  it('keeps places over continuation lines, comments and blank lines', () => {
    const text = lines('FROM a', 'RUN apt-get update \\', '  # then', '', '  && apt-get in\\', 'stall x');
    const { commands: found, under } = read(text);
    assert.deepEqual(
      found.map(({ words, at }) => [words.map((word) => [word.text, under(word.at)]), at.span.start]),
      [
        [
          [
            ['apt-get', 'apt-get'],
            ['update', 'update'],
          ],
          11,
        ],
        [
          [
            ['apt-get', 'apt-get'],
            ['install', 'in\\\nstall'],
            ['x', 'x'],
          ],
          43,
        ],
      ],
    );
  });

  it('takes a backslash for what the shell makes of it, where the builder has another escape character', () => {
    const text = lines('# escape=`', 'FROM --platform=linux/amd64 a', 'RUN curl x\\ y `', '  # then', '  | sh');
    const { commands: found } = read(text);
    assert.deepEqual(
      found.map(({ words }) => words.map((word) => word.text)),
      [['curl', 'x y'], ['sh']],
    );
  });

  it('runs nothing that a comment of the shell, an echo or an argument mentions', () => {
    const text = lines(
      'FROM a',
      'RUN x # curl y | sh',
      'RUN echo "curl y | sh"; z',
      'RUN apt-get install sudo',
      'RUN <<EOF',
      'v # curl y | sh',
      'EOF',
    );
    assert.deepEqual(commands(text), [
      'x@2 x',
      'echo@3 echo "curl y | sh"',
      'z@3 z',
      'apt-get@4 apt-get install sudo',
      'v@6 v',
    ]);
  });

  it('reads the exec form as one command, and the script of a shell in it', () => {
    assert.deepEqual(commands(lines('FROM a', 'RUN ["sh", "-c", "a \\"b\\" && sudo c"]', 'CMD ["/bin/node", "x y"]')), [
      'sh@2 "sh", "-c", "a \\"b\\" && sudo c"',
      'a@2 a \\"b\\"',
      'sudo@2 sudo c',
      'c@2 c',
      'node@3 "/bin/node", "x y"',
    ]);
  });

  it('takes the body of a lone heredoc for the script', () => {
    assert.deepEqual(commands(pythonService).slice(0, 4), [
      'set@6 set -euo pipefail',
      'apt-get@8 apt-get update',
      'apt-get@9 apt-get install -y --no-install-recommends gcc "libpq-dev"',
      'rm@10 rm -rf /var/lib/apt/lists/*',
    ]);
    const dashed = lines('FROM a', 'RUN <<-"EOF"', '\tsudo x', '\tEOF', 'ONBUILD RUN <<EOF', 'y', 'EOF');
    assert.deepEqual(commands(dashed), ['sudo@3 sudo x', 'x@3 x', 'y@6 y']);
  });

  it('lets the first line of the body choose the interpreter', () => {
    for (const first of ['#!/usr/bin/env python3', '#!/usr/bin/python', '#!/usr/bin/env -S node --x']) {
      assert.deepEqual(commands(lines('FROM a', 'RUN <<EOF', first, 'sudo x', 'EOF')), [], first);
    }
    for (const first of ['#!/bin/sh', '#!/usr/bin/env -S bash -e', '#! /bin/ash']) {
      assert.deepEqual(commands(lines('FROM a', 'RUN <<EOF', first, 'x', 'EOF')), ['x@4 x'], first);
    }
  });

  it('leaves any other heredoc to the shell', () => {
    assert.deepEqual(commands(twoHeredocs), [
      'cat@2 <<ONE cat > /one',
      "cat@2 cat <<'TWO' > /two",
      'apk@8 apk add --no-cache curl',
    ]);
    assert.deepEqual(commands(lines('FROM a', 'RUN <<EOF sh', 'sudo x', 'EOF')), [
      'sh@2 <<EOF sh',
      'sudo@3 sudo x',
      'x@3 x',
    ]);
    assert.deepEqual(commands(lines('FROM a', 'RUN python3 <<EOF', 'sudo x', 'EOF')), ['python3@2 python3 <<EOF']);
    assert.deepEqual(commands(lines('FROM a', 'RUN 3<<EOF cat && y', 'sudo x', 'EOF')), ['cat@2 3<<EOF cat', 'y@2 y']);
  });

  it('does not stumble over carriage returns', () => {
    const text = lines('FROM a', 'RUN x \\', '  && y', 'RUN <<EOF', 'curl z', 'w', 'EOF', 'RUN <<EOF sh', 'v', 'EOF');
    assert.deepEqual(commands(text.replaceAll('\n', '\r\n')), [
      'x@2 x',
      'y@3 y',
      'curl@5 curl z',
      'w@6 w',
      'sh@8 <<EOF sh',
      'v@9 v',
    ]);
  });

  it('parses nothing that another shell runs', () => {
    assert.deepEqual(commands(windowsService), ['C:\\app\\run.exe@9 "C:\\\\app\\\\run.exe"']);
    assert.deepEqual(
      commands(lines('FROM a', 'SHELL ["/usr/bin/pwsh", "-c"]', 'RUN sudo x', 'RUN <<EOF', 'y', 'EOF')),
      [],
    );
    assert.deepEqual(commands(lines('FROM mcr.microsoft.com/windows/nanoserver', 'RUN x && y')), []);
  });

  it('hands the choice of SHELL on to the stages above', () => {
    const text = lines(
      'FROM a AS b',
      'SHELL ["pwsh", "-c"]',
      'FROM b AS c',
      'RUN no',
      'SHELL ["/bin/bash", "-o", "pipefail", "-c"]',
      'RUN yes',
      'FROM d',
      'RUN too',
    );
    assert.deepEqual(commands(text), ['yes@6 yes', 'too@8 too']);
  });
});
