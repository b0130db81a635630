import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { get, YamlDocument, type YamlValue } from '../../../src/languages/yaml/document.js';
import { locate, locateList } from '../../../src/languages/yaml/locate.js';
import { isNull } from '../../../src/languages/yaml/node.js';
import { booleanWord, mappedText, plainBoolean, plainInteger } from '../../../src/languages/yaml/scalar.js';
import { readStream } from '../../../src/languages/yaml/stream.js';

function rootOf(text: string): YamlValue {
  const slice = readStream(text).slices[0];
  assert.ok(slice);
  return new YamlDocument('file', slice).root;
}

function mapped(text: string) {
  const value = get(rootOf(text), 'a');
  const found = value && mappedText(value);
  assert.ok(found);
  return found;
}

/** Each word of the value, and the text of the source that it is said to be. */
function words(text: string): readonly (readonly [string, string | undefined])[] {
  const found = mapped(text);
  return [...found.value.matchAll(/\S+/g)].map((word) => {
    const place = found.exactPart(word.index, word.index + word[0].length);
    return [word[0], place && text.slice(place.span.start, place.span.end)];
  });
}

const same = (...all: readonly string[]) => all.map((word) => [word, word]);

describe('parts of a yaml scalar', () => {
  it('are found in plain, quoted and multi-line text', () => {
    assert.deepEqual(words('a: one two # no\n'), same('one', 'two'));
    assert.deepEqual(words('a: one  \n  two\n\n\n  three # no\n'), same('one', 'two', 'three'));
    assert.deepEqual(words('a: "one  \n  two\n\n three  four "\n'), same('one', 'two', 'three', 'four'));
    assert.deepEqual(words("a: 'one\n  two\n\n three'\n"), same('one', 'two', 'three'));
    assert.deepEqual(words('a: one\r\n  two\r\n\r\n  three\r\n'), same('one', 'two', 'three'));
  });

  it('stay right behind escapes', () => {
    assert.deepEqual(words("a: 'it''s x'\n"), [
      ["it's", "it''s"],
      ['x', 'x'],
    ]);
    assert.deepEqual(words('a: "\\x41 \\u0042 \\U00000043 d\\te"\n'), [
      ['A', undefined],
      ['B', undefined],
      ['C', undefined],
      ['d', 'd'],
      ['e', 'e'],
    ]);
    assert.deepEqual(
      words('a: "\\uD83D\\uDE00 x \\U0001F600 y 😀 z"\n').filter(([, at]) => at !== undefined),
      same('x', 'y', '😀', 'z'),
    );
    assert.deepEqual(words('a: "one\\\n   two\\\n\n  three\\n four"\n'), [
      ['onetwo', 'one\\\n   two'],
      ['three', 'three'],
      ['four', 'four'],
    ]);
    assert.deepEqual(words('a: "one\n  \\  two twoo"\n'), same('one', 'two', 'twoo'));
  });

  it('are found in block scalars', () => {
    assert.deepEqual(words('a: |\n  one\n    two\n\n  three\n'), same('one', 'two', 'three'));
    assert.deepEqual(
      words('a: >-\n  one\n  two\n\n  three\n   four\n  five\n'),
      same('one', 'two', 'three', 'four', 'five'),
    );
    assert.deepEqual(words('a: |2-\n    one\n  two\n'), same('one', 'two'));
    assert.deepEqual(words('a: |-2\n    one\n  two\n'), same('one', 'two'));
    assert.deepEqual(words('a: |1\n \tone\n two\n'), same('one', 'two'));
    assert.deepEqual(words('a: |+ # c\r\n  one\r\n\r\n  two\r\n\r\n'), same('one', 'two'));
    assert.deepEqual(words('a: >\r\n  one\r\n  two\r\n'), same('one', 'two'));
    assert.deepEqual(words('a: |\n\n\n  one'), same('one'));
  });

  it('know the offset of the second of two equal words', () => {
    const text = 'a: "x\\\\ x"\n';
    const found = mapped(text);
    assert.deepEqual(found.part(3, 4).span, { start: 8, end: 9 });
    const block = 'a: >\n  x\n  x\n';
    assert.deepEqual(mapped(block).part(2, 3).span, { start: 11, end: 12 });
  });

  it('are the whole scalar where they cannot be told', () => {
    assert.deepEqual(mapped('a: "\\x41b"\n').part(0, 1).span, { start: 3, end: 10 });
  });

  it('do not exist in a collection', () => {
    const value = get(rootOf('a: [x]\n'), 'a');
    assert.equal(value && mappedText(value), undefined);
  });
});

const scalar = (source: string) => {
  const node = get(rootOf(`a: ${source}\n`), 'a')?.node;
  assert.ok(node?.kind === 'scalar');
  return node;
};

describe('types of a yaml scalar', () => {
  it('reads the booleans of YAML 1.1 and 1.2 without quotes', () => {
    for (const word of 'true True TRUE yes Yes YES on On ON y Y'.split(' '))
      assert.equal(plainBoolean(scalar(word)), true, word);
    for (const word of 'false False FALSE no No NO off Off OFF n N'.split(' '))
      assert.equal(plainBoolean(scalar(word)), false, word);
    for (const word of ['tRUE', 'yES', '1', '0', '"true"', "'no'", 't', 'ja', '!!str true', '!x true'])
      assert.equal(plainBoolean(scalar(word)), undefined, word);
    assert.equal(plainBoolean(scalar('!!bool yes')), true);
    assert.equal(booleanWord('Off'), false);
    assert.equal(booleanWord('offen'), undefined);
  });

  it('reads integers as both consumers do', () => {
    const numbers: readonly (readonly [string, number | undefined])[] = [
      ['0', 0],
      ['-0x1F', -31],
      ['0o17', 15],
      ['017', 15],
      ['1_000', 1000],
      ['+5', 5],
      ['-7', -7],
      ['08', undefined],
      ['1.0', undefined],
      ['1e3', undefined],
      ['"1"', undefined],
      ['!!str 1', undefined],
      ['_', undefined],
      ['x', undefined],
    ];
    for (const [source, number] of numbers) assert.equal(plainInteger(scalar(source)), number, source);
    assert.equal(plainInteger(scalar('!!int 3')), 3);
  });

  it('takes only plain nulls for nothing', () => {
    for (const source of ['~', 'null', 'Null', 'NULL']) assert.equal(isNull(scalar(source)), true, source);
    for (const source of ['nULL', '"null"', "''", '0']) assert.equal(isNull(scalar(source)), false, source);
    assert.equal(isNull(undefined), true);
  });
});

describe('fields of a yaml document', () => {
  const nameAt = { file: 'file', span: { start: 0, end: 1 } };
  const number = (value: YamlValue) => {
    const read = value.node?.kind === 'scalar' ? plainInteger(value.node) : undefined;
    return read === undefined ? undefined : { value: read };
  };

  it('are known, with their place', () => {
    const field = locate(rootOf('a:\n  b: 17\n'), ['a', 'b'], nameAt, number);
    assert.ok(field.kind === 'known');
    assert.deepEqual([field.value, field.at.span], [17, { start: 8, end: 10 }]);
  });

  it('are absent where nothing or null is written, on the way too', () => {
    for (const text of ['a:\n  c: 1\n', 'a:\n  b:\n', 'a: ~\n', 'x: 1\n', 'a: {b: null}\n']) {
      const field = locate(rootOf(text), ['a', 'b'], nameAt, number);
      assert.deepEqual([field.kind, field.at], ['absent', nameAt], text);
    }
  });

  it('are unknown where they cannot be decoded, are blocked or stand there twice', () => {
    const places: readonly (readonly [string, number])[] = [
      ['a:\n  b: x\n', 8],
      ['a: text\n', 3],
      ['a: {b: 1, b: 2}\n', 13],
      ['a: [b]\n', 3],
    ];
    for (const [text, start] of places) {
      const field = locate(rootOf(text), ['a', 'b'], nameAt, number);
      assert.deepEqual([field.kind, field.at.span.start], ['unknown', start], text);
    }
  });

  it('are read item by item, without nulls', () => {
    const list = locateList(rootOf('a: [1, x, , 3]\n'.replace(', ,', ', ~,')), ['a'], nameAt, number);
    assert.ok(list.kind === 'known');
    assert.deepEqual(
      list.value.map((item) => [item.kind, item.at.span.start]),
      [
        ['known', 4],
        ['unknown', 7],
        ['known', 13],
      ],
    );
    assert.equal(locateList(rootOf('a: 1\n'), ['a'], nameAt, number).kind, 'unknown');
  });
});
