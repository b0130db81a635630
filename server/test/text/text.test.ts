import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { closest } from '../../src/text/closest.js';
import { applyEdits, composeEdits, conflicts } from '../../src/text/edit.js';
import { LineIndex } from '../../src/text/line-index.js';
import { MappedText, verbatim } from '../../src/text/mapped-text.js';

describe('LineIndex', () => {
  const text = 'a\r\nbb\rc\n\n𝒳y';
  const index = new LineIndex(text);

  it('ends lines at \\n, \\r\\n and a lone \\r, and counts UTF-16 units', () => {
    assert.equal(index.lineCount, 5);
    assert.deepEqual(index.positionAt(text.indexOf('y')), { line: 4, character: 2 });
    assert.deepEqual(index.positionAt(3), { line: 1, character: 0 });
    assert.deepEqual(index.positionAt(6), { line: 2, character: 0 });
  });

  it('gives every offset back that it was asked for, but those inside a line end', () => {
    for (let offset = 0; offset <= text.length; offset++) {
      if (offset === 2) continue;
      assert.equal(index.offsetAt(index.positionAt(offset)), offset);
    }
  });

  it('clamps what lies outside', () => {
    assert.deepEqual(index.positionAt(999), index.positionAt(text.length));
    assert.equal(index.offsetAt({ line: 99, character: 0 }), text.length);
    assert.equal(index.offsetAt({ line: 0, character: 99 }), 1);
    assert.equal(index.offsetAt({ line: -1, character: 5 }), 0);
  });

  it('leaves the line end out of a line', () => {
    assert.deepEqual(index.lineSpan(0), { start: 0, end: 1 });
    assert.deepEqual(index.lineSpan(1), { start: 3, end: 5 });
    assert.deepEqual(index.lineSpan(3), { start: 8, end: 8 });
  });
});

describe('composeEdits', () => {
  const edit = (start: number, end: number, newText: string) => ({ span: { start, end }, newText });

  it('makes two rounds of edits one', () => {
    const text = 'one two three';
    const first = [edit(0, 3, 'ONE!'), edit(8, 8, 'and ')];
    // ONE! two and three
    const second = [edit(4, 8, ''), edit(9, 12, '&')];
    const composed = composeEdits(text, first, second);
    assert.deepEqual(composed, [edit(0, 7, 'ONE!'), edit(8, 8, '& ')]);
    assert.equal(applyEdits(text, composed), 'ONE! & three');
  });

  it('comes to the same as one round after the other, whatever the edits are', () => {
    let state = 7;
    const random = (below: number) => {
      state = (state * 48271) % 2147483647;
      return state % below;
    };
    const editsOf = (length: number) => {
      const edits: ReturnType<typeof edit>[] = [];
      for (let at = random(4); at < length; at += 1 + random(5)) {
        const end = Math.min(length, at + random(4));
        edits.push(edit(at, end, 'xyz'.slice(random(4))));
        at = end;
      }
      return edits;
    };
    for (let round = 0; round < 2000; round++) {
      const text = 'abcdefghijklmnop'.slice(random(16));
      const first = editsOf(text.length);
      const between = applyEdits(text, first);
      const second = editsOf(between.length);
      assert.equal(applyEdits(text, composeEdits(text, first, second)), applyEdits(between, second));
    }
  });
});

describe('applyEdits', () => {
  it('applies edits given in any order to the offsets of the first text', () => {
    const edits = [
      { span: { start: 4, end: 5 }, newText: 'E' },
      { span: { start: 0, end: 0 }, newText: '>' },
      { span: { start: 1, end: 3 }, newText: '' },
    ];
    assert.equal(applyEdits('abcde', edits), '>adE');
  });

  it('refuses edits that overlap or leave the text', () => {
    const overlapping = [
      { span: { start: 0, end: 2 }, newText: '' },
      { span: { start: 1, end: 3 }, newText: '' },
    ];
    assert.throws(() => applyEdits('abc', overlapping), RangeError);
    assert.throws(() => applyEdits('abc', [{ span: { start: 2, end: 4 }, newText: '' }]), RangeError);
  });

  it('calls two insertions at one offset a conflict, and neighbours none', () => {
    const insertion = { span: { start: 1, end: 1 }, newText: 'x' };
    assert.equal(conflicts(insertion, { ...insertion, newText: 'y' }), true);
    assert.equal(
      conflicts({ span: { start: 0, end: 1 }, newText: '' }, { span: { start: 1, end: 2 }, newText: '' }),
      false,
    );
  });
});

describe('MappedText', () => {
  const place = { file: 'f', span: { start: 10, end: 20 } };

  it('finds a part of a text that stands unchanged', () => {
    assert.deepEqual(verbatim('0123456789', place).part(2, 5).span, { start: 12, end: 15 });
    assert.deepEqual(verbatim('0123456789', place).part(10, 10).span, { start: 20, end: 20 });
  });

  it('answers with the whole place where one end was not written', () => {
    const text = new MappedText('a+b', place, [
      { valueStart: 0, valueEnd: 1, sourceStart: 11 },
      { valueStart: 2, valueEnd: 3, sourceStart: 18 },
    ]);
    assert.deepEqual(text.part(0, 3).span, { start: 11, end: 19 });
    assert.deepEqual(text.part(0, 2).span, place.span);
    assert.equal(text.exactPart(1, 2), undefined);
  });

  it('keeps the places of a slice', () => {
    const slice = verbatim('registry/app:1', place).slice(9, 12);
    assert.equal(slice.value, 'app');
    assert.deepEqual(slice.part(0, 3).span, { start: 19, end: 22 });
  });
});

describe('closest', () => {
  it('finds what was meant by a slip of the finger', () => {
    assert.equal(closest('privilged', ['host-pid', 'privileged']), 'privileged');
    assert.equal(closest('trustedRegistires', ['trustedRegistries']), 'trustedRegistries');
  });

  it('has no answer for a word that is far from all, or that is one of them', () => {
    assert.equal(closest('unrelated-thing', ['host-pid', 'privileged']), undefined);
    assert.equal(closest('host-pid', ['host-pid', 'host-ipc']), undefined);
  });

  it('has no answer where two are equally near, but for a third that is nearer', () => {
    assert.equal(closest('host-pic', ['host-pid', 'host-ipc']), undefined);
    assert.equal(closest('host-pic', ['host-pid', 'host-ipc', 'host-pics']), undefined);
    assert.equal(closest('host-pidd', ['host-pia', 'host-pib', 'host-pid']), 'host-pid');
  });

  it('prefers the one with the same first letter of two that are equally near', () => {
    assert.equal(closest('lnit', ['init', 'lint']), 'lint');
    assert.equal(closest('lnit', ['lint', 'init']), 'lint');
  });
});
