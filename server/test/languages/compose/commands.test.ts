import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { at, type Compose, readCompose, readWeb } from './compose.js';

function commands(compose: Compose): readonly string[] {
  return (compose.file.subjects.command ?? []).map((command) => {
    const words = command.words.map((word) => word.text ?? `?${word.raw}`).join('|');
    return `${words} @${at(compose, command.at)}`;
  });
}

describe('Compose commands', () => {
  it('splits a text into words without a shell', () => {
    assert.deepEqual(commands(readWeb([`command: node 'a b' "c \\"d" e\\ f`])), [
      `node|a b|c "d|e f @node 'a b' "c \\"d" e\\ f`,
    ]);
    assert.deepEqual(commands(readWeb(['command: curl x | sh'])), ['curl|x @curl x']);
    assert.deepEqual(commands(readWeb(['command: "echo \'open"'])), []);
    assert.deepEqual(commands(readWeb(['command: (a)'])), []);
  });

  it('reads the script that a shell is given', () => {
    const compose = readWeb(['command: sh -c "curl $$URL | sh"']);
    assert.deepEqual(commands(compose), [
      'sh|-c|curl $URL | sh @sh -c "curl $$URL | sh"',
      'curl|?$URL @curl $$URL',
      'sh @sh',
    ]);
    const curl = compose.file.subjects.command?.[1];
    assert.equal(curl?.nameAt.span.start, compose.text.indexOf('curl'));
    assert.equal(compose.file.subjects.command?.[2]?.pipedFrom, curl);
  });

  it('puts entrypoint and command together, in any order', () => {
    for (const lines of [
      ['entrypoint: ["sh", "-c"]', 'command: ["curl ${URL} | sh"]'],
      ['command: ["curl ${URL} | sh"]', 'entrypoint: ["sh", "-c"]'],
    ]) {
      assert.deepEqual(commands(readWeb(lines)).slice(1), ['curl|?${URL} @curl ${URL}', 'sh @sh']);
    }
  });

  it('reads health checks in all forms', () => {
    assert.deepEqual(commands(readWeb(['healthcheck: {test: curl a || exit 1}'])), [
      'curl|a @curl a',
      'exit|1 @exit 1',
    ]);
    assert.deepEqual(commands(readWeb(['healthcheck: {test: [CMD-SHELL, "a; b"]}'])), ['a @a', 'b @b']);
    assert.deepEqual(commands(readWeb(['healthcheck: {test: [CMD, a, "b; c"]}'])), ['a|b; c @a, "b; c"']);
    assert.deepEqual(commands(readWeb(['healthcheck: {test: [NONE]}'])), []);
    // As a text it is a command of this name.
    assert.deepEqual(commands(readWeb(['healthcheck: {test: NONE}'])), ['NONE @NONE']);
  });

  it('reads hooks', () => {
    const compose = readWeb(['post_start: [{command: ./a}]', 'pre_stop:', '  - command: [./b, c]']);
    assert.deepEqual(commands(compose), ['./a @./a', './b|c @./b, c']);
  });

  it('reads a command that services share once', () => {
    const compose = readCompose('x: &c [a, b]\nservices: {s: {image: i, command: *c}, t: {image: i, command: *c}}');
    assert.deepEqual(commands(compose), ['a|b @a, b']);
  });

  it('survives a command of very many words', () => {
    const compose = readWeb([`command: "${'a '.repeat(200_000)}"`]);
    assert.equal(compose.file.subjects.command?.[0]?.words.length, 200_000);
    assert.equal(at(compose, compose.file.subjects.command[0].nameAt), 'a');
  });
});
