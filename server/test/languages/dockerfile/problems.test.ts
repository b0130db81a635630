import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { all, nodeService } from './fixtures.js';
import { lines, read } from './reading.js';

/** `text under it: message`. */
function problems(...text: readonly string[]): readonly string[] {
  const { file, under } = read(lines(...text));
  return file.source.problems.map(({ kind, at, message }) => {
    assert.equal(kind, 'syntax');
    assert.ok(message.length <= 100, message);
    return `${under(at)}: ${message}`;
  });
}

describe('dockerfile: problems', () => {
  it('has none in ordinary files', () => {
    for (const text of all) assert.deepEqual(read(text).file.source.problems, []);
  });

  it('reports an unknown instruction and mends a misspelt one in its own case', () => {
    assert.deepEqual(problems('FROM a', 'FOOBAR x'), ["FOOBAR: 'FOOBAR' is no instruction: the build stops here."]);
    assert.deepEqual(problems('FROM a', 'COYP a b'), ["COYP: 'COYP' is no instruction: did you mean COPY?"]);
    const reading = read('from a\nentripoint x\n');
    const fix = reading.file.source.problems[0]?.fix;
    assert.equal(fix?.title, 'Replace by `entrypoint`');
    assert.equal(fix.safety, 'unsafe');
    assert.equal(fix.changes[0] && reading.change(fix.changes[0]), 'from a\nentrypoint x\n');
  });

  it('reports instructions without the arguments that they need', () => {
    for (const keyword of ['ARG', 'ENV', 'EXPOSE', 'LABEL', 'ONBUILD', 'SHELL', 'USER', 'VOLUME', 'WORKDIR']) {
      assert.deepEqual(problems('FROM a', keyword), [`${keyword}: '${keyword}' needs an argument.`]);
    }
    assert.deepEqual(problems('FROM a', 'COPY x'), ["COPY: 'COPY' needs a source and a destination."]);
    assert.deepEqual(problems('FROM a', 'ONBUILD ADD x'), ["ADD: 'ADD' needs a source and a destination."]);
    assert.deepEqual(problems('FROM a', 'ENV A'), ["ENV: 'ENV' needs a name and a value."]);
    assert.deepEqual(problems('FROM a', 'ENV A=1 B'), ["B: 'B' has no '=': it must be name=value."]);
    assert.deepEqual(problems('FROM a', 'LABEL =1'), ["=1: 'LABEL' has a value without a name."]);
    assert.deepEqual(problems('FROM a', 'HEALTHCHECK CMD'), ["CMD: 'HEALTHCHECK CMD' needs a command."]);
    assert.deepEqual(problems('FROM a', 'HEALTHCHECK curl x'), [
      "curl: 'HEALTHCHECK' takes CMD with a command, or NONE.",
    ]);
    assert.deepEqual(problems('FROM a', 'SHELL bash -c'), ["bash -c: 'SHELL' needs its arguments as a JSON array."]);
    assert.deepEqual(problems('FROM a', 'CMD ["a", 1]'), [
      '["a", 1]: \'CMD\' has an array with something else than strings.',
    ]);
    assert.deepEqual(problems('FROM a', 'RUN', 'CMD', 'ENTRYPOINT []', 'ARG A'), []);
  });

  it('reports a FROM that is not well formed', () => {
    assert.deepEqual(problems('FROM'), ["FROM: 'FROM' needs an image."]);
    assert.deepEqual(problems('FROM a AS'), ["AS: 'FROM' takes an image, or an image, AS and a stage name."]);
    assert.deepEqual(problems('FROM a b'), ["b: 'FROM' takes an image, or an image, AS and a stage name."]);
    assert.deepEqual(problems('FROM a AS b c'), ["AS b c: 'FROM' takes an image, or an image, AS and a stage name."]);
    assert.deepEqual(problems('FROM a AS 1b'), ["1b: '1b' is no name for a stage."]);
  });

  it('leaves what stands before the first FROM, and triggers that are none, to their rules', () => {
    assert.deepEqual(problems('ARG A', 'RUN x', 'USER y', 'FROM a'), []);
    assert.deepEqual(problems('ARG A'), []);
    assert.deepEqual(problems('FROM a', 'ONBUILD FROM', 'ONBUILD ONBUILD COPY x', 'ONBUILD MAINTAINER'), []);
  });

  it('reports a file of comments', () => {
    assert.deepEqual(problems('# only words'), [
      '# only words: The file has no instructions: there is nothing to build.',
    ]);
    assert.deepEqual(problems(''), []);
    assert.deepEqual(problems(' ', '\t'), []);
  });

  it('reports a heredoc that is not ended, at its name', () => {
    assert.deepEqual(problems('FROM a', 'RUN <<-"EOF" sh', ' EOF'), [
      "EOF: The heredoc 'EOF' is not ended: it takes the rest of the file.",
    ]);
    assert.deepEqual(problems('FROM a', 'RUN <<A cat <<B', 'A', 'x'), [
      "B: The heredoc 'B' is not ended: it takes the rest of the file.",
    ]);
  });

  it('reports directives that the builder refuses', () => {
    assert.deepEqual(problems('# escape=x', 'FROM a'), [
      'x: The escape character can only be a backslash or a backtick.',
    ]);
    assert.deepEqual(problems('# syntax=a', '# syntax=b', 'FROM a'), [
      "b: The directive 'syntax' is written twice: the build refuses that.",
    ]);
  });

  it('says of a template only that it is one', () => {
    const limits = (...text: readonly string[]) => {
      const { file, under } = read(lines(...text));
      return file.source.problems.map(({ kind, at, message }) => `${kind} ${under(at)}: ${message}`);
    };
    const said = 'This file is a template: only what reads as a Dockerfile was checked.';
    assert.deepEqual(limits('{% if x %}', 'FROM a', '{% endif %}'), [`limit {%: ${said}`]);
    assert.deepEqual(limits('FROM {{ .Image }}', 'RUM x'), [`limit {{: ${said}`]);
    assert.deepEqual(limits('{{- define "x" }}', 'RUN x'), [`limit {{: ${said}`]);
    assert.equal(problems('FROM a', "RUN docker inspect -f '{{.Id}}'", 'RUM x').length, 1);
  });

  it('stops at twenty', () => {
    const { file, under } = read(lines('FROM a', ...Array.from({ length: 50 }, (_, i) => `X${i} y`)));
    const found = file.source.problems;
    const last = found[19];
    assert.equal(found.length, 20);
    assert.equal(last && under(last.at), 'X19');
  });

  it('reports the half-typed last line', () => {
    const { file, under } = read(`${nodeService}EXPO`);
    const [found] = file.source.problems;
    assert.equal(found && under(found.at), 'EXPO');
  });
});
