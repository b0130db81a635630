import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { commentsOf, scopeBelow } from '../../../src/languages/yaml/comments.js';
import { parseTree } from '../../../src/languages/yaml/parse-tree.js';

const comments = (text: string) =>
  commentsOf(parseTree(text)).map(({ span, trailing }) => [text.slice(span.start, span.end), span.start, trailing]);

const scope = (text: string, comment: string) => {
  const span = scopeBelow(parseTree(text), text.indexOf(comment));
  return span && [text.slice(span.start, span.end), span.start];
};

describe('yaml comments', () => {
  it('are found at line starts and behind values', () => {
    assert.deepEqual(comments('# a\nb: c # d\n  #e\n- #f\n'.replace('- #f\n', 'g: #f\n  h\n')), [
      ['# a', 0, false],
      ['# d', 9, true],
      ['#e', 15, false],
      ['#f', 21, true],
    ]);
  });

  it('are not a `#` inside a word, quotes or a block scalar', () => {
    assert.deepEqual(comments('a#b: c#d\ne: "f # g"\nh: \'# i\'\nj: |\n  # k\n  l # m\n# n\n'), [['# n', 48, false]]);
    assert.deepEqual(comments('a: "b\n  # c\n  d" # e\n'), [['# e', 17, true]]);
  });

  it('may stand in the header of a block scalar', () => {
    assert.deepEqual(comments('a: |- # b\n  # c\nd: > # e\n  f\n'), [
      ['# b', 6, true],
      ['# e', 21, true],
    ]);
    assert.deepEqual(comments('a: | # b'), [['# b', 5, true]]);
  });

  it('are found in and behind brackets', () => {
    assert.deepEqual(comments('a: [ # b\n  c, # d\n  # e\n] # f\n'), [
      ['# b', 5, true],
      ['# d', 14, true],
      ['# e', 20, false],
      ['# f', 26, true],
    ]);
  });

  it('leave out the line end, and see a byte order mark as nothing', () => {
    assert.deepEqual(comments('\uFEFF# a\r\nb: 1 # c\r\n'), [
      ['# a', 1, false],
      ['# c', 11, true],
    ]);
  });

  it('are found in linear time', () => {
    const keys = 20_000;
    assert.deepEqual(comments(`${'k: v\n'.repeat(keys)}# end\n`), [['# end', keys * 5, false]]);
  });

  it('speak of the pair or item below, with all that it holds', () => {
    assert.deepEqual(scope('# x\n\n# y\na:\n  b: 1\nc: 2\n', '# x'), ['a:\n  b: 1', 9]);
    assert.deepEqual(scope('a:\n  # x\n  - b: 1\n    c: 2\n  - d\n', '# x'), ['- b: 1\n    c: 2', 11]);
    assert.deepEqual(scope('a:\n# x\n- b\n- c\n', '# x'), ['- b', 7]);
    assert.deepEqual(scope('a:\n  b: 1\n  # x\nc:\n  d: 2\n', '# x'), ['c:\n  d: 2', 16]);
    assert.deepEqual(scope('# x\n---\na: 1\n', '# x'), ['a: 1', 8]);
    assert.deepEqual(scope('a: [\n  # x\n  b,\n  {c: d}\n]\n', '# x'), ['b', 13]);
    assert.deepEqual(scope('a: {\n  # x\n  b: 1,\n}\n', '# x'), ['b: 1', 13]);
  });

  it('speak of nothing where nothing begins on the next line', () => {
    assert.equal(scope('a: 1\n# x\n', '# x'), undefined);
    assert.equal(scope('a: [b\n  # x\n ]\n', '# x'), undefined);
  });
});
