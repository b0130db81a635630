// Places where readers of Dockerfiles are known to go wrong, one test for each.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { valueOf } from '../../../src/model/located.js';
import { lint } from '../../support/lint.js';
import { first, lines, read } from './reading.js';

const namesOf = (text: string) => read(text).commands.map(({ name }) => name);
const rulesOf = (text: string) =>
  lint('dockerfile', text).findings.flatMap(({ rule, suppressed }) => (suppressed === undefined ? [rule] : []));

describe('dockerfile: known traps', () => {
  it('a comment for a linter on the first line is a comment, and no directive', () => {
    const text = lines('# hadolint ignore=DL3007', 'FROM alpine:latest');
    assert.ok(!rulesOf(text).includes('image-latest-tag'));
    assert.ok(rulesOf(text.replace('DL3007', 'DL3008')).includes('image-latest-tag'));
    const checkov = lines('# checkov:skip=CKV_DOCKER_8: it is a tool', 'FROM alpine:3.20', 'USER root');
    assert.ok(!rulesOf(checkov).includes('run-as-root'));
  });

  it('a directive behind an unknown one is none', () => {
    assert.equal(
      read(lines('# hadolint ignore=DL3007', '# escape=`', 'FROM a', 'RUN x `', 'RUN y')).instructions.length,
      3,
    );
    assert.equal(read(lines('# escape=`', 'FROM a', 'RUN x `', '  y')).instructions.length, 2);
  });

  it('strings of the JSON form keep their blanks', () => {
    const { commands } = read(lines('FROM a', 'CMD ["sh", "-c", "curl x | sh"]'));
    assert.deepEqual(
      commands[0]?.words.map(({ text }) => text),
      ['sh', '-c', 'curl x | sh'],
    );
  });

  it('what begins like JSON and is none is shell form', () => {
    for (const text of ['[a, b]', "['a']", '["a",]', '["a"] x']) {
      assert.equal(first(read(lines('FROM a', `CMD ${text}`)), 'CMD').form, 'shell', text);
    }
    assert.equal(first(read(lines('FROM a', 'CMD []')), 'CMD').form, 'json');
  });

  it('a registry with a port, a tag and a digest do not get mixed up', () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    const [image] = read(lines(`FROM reg.example:5000/a/b:1@${digest}`)).images;
    const reference = image && valueOf(image.reference);
    assert.deepEqual(
      [reference?.registry, reference?.repository, reference?.tag, reference?.digest],
      ['reg.example:5000', 'a/b', '1', digest],
    );
  });

  it('a variable keeps its default, and what stands for it where it is set', () => {
    const image = (...text: readonly string[]) => valueOf(first(read(lines(...text)), 'FROM').arguments[0] ?? fail());
    assert.equal(image('ARG C', 'FROM a:${C:-1}'), 'a:1');
    assert.equal(image('ARG B=2', 'FROM a:${B:+alt}'), 'a:alt');
    assert.equal(image('ARG B=2', 'FROM a:${B:-$C}'), 'a:2');
  });

  it('the variables of a stage below are seen, its arguments are not', () => {
    const value = (name: string) => {
      const reading = read(lines('FROM a AS base', 'ENV A=1', 'ARG B=2', 'FROM base', `LABEL x=$${name}`));
      return reading.instructions.at(-1)?.assignments[0]?.value;
    };
    assert.deepEqual([value('A')?.kind, value('B')?.kind], ['known', 'unknown']);
  });

  it('a dollar in single quotes or behind a backslash is no variable', () => {
    const [user] = read(lines('FROM a', 'LABEL a=\'$A\' b=\\$B c="$C"')).instructions.slice(1);
    assert.deepEqual(
      user?.variables.map(({ name }) => name),
      ['C'],
    );
  });

  it('a heredoc inside of a JSON string is none', () => {
    const { instructions } = read(lines('FROM a', 'RUN ["sh", "-c", "cat <<EOF"]', 'USER app'));
    assert.deepEqual(
      instructions.map(({ keyword }) => keyword),
      ['FROM', 'RUN', 'USER'],
    );
  });

  it('a heredoc may have a number in front, and its text holds no instructions', () => {
    const { instructions } = read(
      lines('FROM a', 'RUN 3<<EOF cat', 'FROM b', 'USER root', '# hadolint ignore=X', 'EOF', 'USER app'),
    );
    assert.deepEqual(
      instructions.map(({ keyword }) => keyword),
      ['FROM', 'RUN', 'USER'],
    );
  });

  it('a here-string, a shift and a heredoc of CMD are no heredocs', () => {
    for (const line of ['RUN cat <<<"x"', 'RUN echo "<<EOF"', 'CMD cat <<EOF']) {
      assert.equal(read(lines('FROM a', line, 'USER app')).instructions.length, 3, line);
    }
  });

  it('the first line of a heredoc chooses its interpreter', () => {
    assert.deepEqual(namesOf(lines('FROM a', 'RUN <<EOF', '#!/usr/bin/env python3', 'sudo x', 'EOF')), []);
    assert.deepEqual(namesOf(lines('FROM a', 'RUN <<EOF', 'sudo x', 'EOF')), ['sudo', 'x']);
  });

  it('a folder with a blank is one word, and volumes may be JSON', () => {
    assert.equal(valueOf(first(read(lines('FROM a', 'WORKDIR "a b"')), 'WORKDIR').arguments[0] ?? fail()), 'a b');
    assert.deepEqual(
      first(read(lines('FROM a', 'VOLUME ["/x y", "/z"]')), 'VOLUME').arguments.map((word) => valueOf(word)),
      ['/x y', '/z'],
    );
  });

  it('quotes are no part of an image, and nothing is a comment behind an instruction', () => {
    assert.equal(valueOf(first(read(lines('FROM "node:20"')), 'FROM').arguments[0] ?? fail()), 'node:20');
    assert.equal(read(lines('FROM a', 'USER root # c')).stages[0]?.user.kind, 'known');
    assert.ok(!rulesOf(lines('FROM alpine:3.20', 'USER root # c')).includes('run-as-root'));
  });

  it('a mode with commas is one value', () => {
    const { flags } = first(read(lines('FROM a', 'COPY --chmod=u=rwX,go=rX a b')), 'COPY');
    assert.deepEqual(
      flags.map(({ name, value }) => [name, valueOf(value)]),
      [['chmod', 'u=rwX,go=rX']],
    );
  });

  it('comments and blank lines inside a command do not end it', () => {
    assert.deepEqual(namesOf('FROM a\nRUN x \\\n  # && sudo y\n\n  && z\n'), ['x', 'z']);
  });

  it('a package with the name of a command is no call of it', () => {
    assert.ok(!rulesOf(lines('FROM debian:12', 'RUN apt-get install -y sudo vim')).includes('sudo-in-command'));
    assert.ok(rulesOf(lines('FROM debian:12', 'RUN sudo apt-get install -y vim')).includes('sudo-in-command'));
  });

  it('what a text in quotes mentions is not run', () => {
    assert.ok(!rulesOf(lines('FROM debian:12', 'RUN echo "curl x | sh"')).includes('curl-pipe-shell'));
    assert.ok(rulesOf(lines('FROM debian:12', "RUN sh -c 'curl x | sh'")).includes('curl-pipe-shell'));
  });

  it('the user of a builder says nothing of the image', () => {
    const text = lines('FROM debian:12 AS build', 'USER app', 'FROM debian:12', 'CMD ["x"]');
    assert.ok(rulesOf(text).includes('missing-non-root-user'));
    assert.ok(!rulesOf(text.replace('FROM debian:12\nCMD', 'FROM build\nCMD')).includes('missing-non-root-user'));
  });
});

function fail(): never {
  return assert.fail('There is no such word.');
}
