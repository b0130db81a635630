import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { decode, encode, maximumBytes } from '../../src/service/decode.js';

describe('the bytes of a file', () => {
  const texts = ['FROM a\n', '\uFEFFFROM a\r\n', 'größe: 日本 😀\n', ''];

  for (const text of texts) {
    it(`are the text ${JSON.stringify(text)} in UTF-8, mark included, and back again`, () => {
      const bytes = Buffer.from(text);
      assert.deepEqual(decode(bytes), { text, encoding: 'utf-8', limit: undefined });
      assert.deepEqual(Buffer.from(encode(text, 'utf-8')), bytes);
    });
  }

  it('are UTF-16 of either order where a mark says so, and back again', () => {
    const text = '\uFEFFgröße: 😀\n';
    const little = Buffer.from(text, 'utf16le');
    const big = Buffer.from(little).swap16();
    assert.deepEqual(decode(little), { text, encoding: 'utf-16le', limit: undefined });
    assert.deepEqual(decode(big), { text, encoding: 'utf-16be', limit: undefined });
    assert.deepEqual(Buffer.from(encode(text, 'utf-16le')), little);
    assert.deepEqual(Buffer.from(encode(text, 'utf-16be')), big);
  });

  it('name the limit that they break, and keep a head to recognise', () => {
    const limit = (bytes: Uint8Array, maximum?: number) => {
      const decoded = decode(bytes, maximum);
      return [decoded.text, decoded.limit];
    };
    assert.deepEqual(limit(Buffer.from([0x61, 0xc3, 0x28])), [
      'a\ufffd(',
      'The file is not valid UTF-8: it was not checked.',
    ]);
    assert.deepEqual(limit(Buffer.from('a\0')), [
      'a\0',
      'The file has NUL bytes, which text never has: it was not checked.',
    ]);
    assert.deepEqual(limit(Buffer.from([0xff, 0xfe, 0x61])), [
      '\uFEFF\ufffd',
      'The file is not valid UTF-16: it was not checked.',
    ]);
    assert.deepEqual(limit(Buffer.from('abcde'), 4), [
      'abcde',
      'The file is larger than the limit of 4 bytes: it was not checked.',
    ]);
  });

  it('may be exactly as many as the limit', () => {
    assert.equal(decode(new Uint8Array(maximumBytes).fill(97)).limit, undefined);
    const over = decode(new Uint8Array(maximumBytes + 1).fill(97));
    assert.equal(over.limit, 'The file is larger than the limit of 4 MB: it was not checked.');
    assert.ok(over.text.length < 100_000);
  });
});
