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

  it('knows the words that a variable of Compose has a part in', () => {
    const filledIn = (line: string) =>
      (readWeb([line]).file.subjects.command ?? []).flatMap(({ words, assignments }) =>
        [...words, ...assignments.flatMap(({ value }) => value ?? [])].flatMap((word) =>
          word.filledIn ? [word.raw] : [],
        ),
      );
    assert.deepEqual(filledIn('command: a ${B:-b} c${D-d} e $$F'), ['b', 'cd']);
    assert.deepEqual(filledIn('command: [a, "${B:-b}", "c${D-d}e", f]'), ['b', 'cde']);
    assert.deepEqual(filledIn('command: sh -c "a; B=${B:-b} env C=${C:-c} D=d f ${G:-g}"').slice(1), [
      'C=c',
      'g',
      'b',
      'g',
      'c',
    ]);
  });

  it('tells the item of a list that a word is, and none in a text', () => {
    const compose = readWeb(['entrypoint: [a, b]', 'command: c d', 'healthcheck: { test: [CMD, e] }']);
    const hasSlot = compose.file.subjects.command?.map(({ words }) => words.map(({ slot }) => slot !== undefined));
    assert.deepEqual(hasSlot, [[true, true, false, false], [true]]);
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
