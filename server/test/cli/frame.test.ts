import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { frameOf } from '../../src/cli/frame.js';
import { linesOf } from '../../src/cli/report.js';
import { textWidth } from '../../src/cli/width.js';

/** The frame of the part of the text between ‹ and ›. */
function frame(marked: string, columns = 80): readonly string[] {
  const start = marked.indexOf('‹');
  const end = marked.indexOf('›') - 1;
  const lines = linesOf(marked.replace(/[‹›]/g, ''));
  const { lineNumber, code, indent, marks } = frameOf(lines, { start, end }, columns);
  return [String(lineNumber), code, indent + marks];
}

describe('a code frame', () => {
  it('underlines exactly the token', () => {
    assert.deepEqual(frame('a: 1\nprivileged: ‹true›\n'), ['2', 'privileged: true', '            ^^^^']);
  });

  it('has one mark for an empty place, also at the end of a line', () => {
    assert.deepEqual(frame('FROM‹›\n'), ['1', 'FROM', '    ^']);
    assert.deepEqual(frame('‹›'), ['1', '', '^']);
  });

  it('stretches tabs alike in code and marks', () => {
    assert.deepEqual(frame('\tRUN\t‹curl›'), ['1', '    RUN curl', '        ^^^^']);
  });

  it('counts wide characters as two columns and combining ones as none', () => {
    assert.deepEqual(frame('名前: ‹日本›'), ['1', '名前: 日本', '      ^^^^']);
    assert.deepEqual(frame('😀 ‹x›'), ['1', '😀 x', '   ^']);
    assert.deepEqual(frame('e\u0301 ‹x›'), ['1', 'e\u0301 x', '  ^']);
  });

  it('makes controls, bidirectional marks and halves of characters visible', () => {
    assert.deepEqual(frame('\u001b[2J\u202e ‹x›\ud800'), ['1', '␛[2J<U+202E> x\ufffd', '             ^']);
  });

  it('does not show a byte order mark', () => {
    assert.deepEqual(frame('\uFEFFFROM ‹x›'), ['1', 'FROM x', '     ^']);
  });

  it('says that a place goes on in the next line', () => {
    assert.deepEqual(frame('a: ‹|\n  text›\n'), ['1', 'a: |', '   ^…']);
  });

  it('leaves the carriage return of a line end out', () => {
    assert.deepEqual(frame('FROM ‹x›\r\nRUN y'), ['1', 'FROM x', '     ^']);
  });

  it('cuts a long line around the token', () => {
    const [, code = '', marks = ''] = frame(`${'a'.repeat(500)} ‹token› ${'b'.repeat(500)}`, 40);
    assert.equal(code, '…aaaaaaaaaaaa token bbbbbbbbbbbbbbbbbbbbb…');
    assert.equal(code.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1), 'token');
  });

  it('shows the start of a token that is longer than the room', () => {
    const [, code = '', marks = ''] = frame(`${'a'.repeat(500)} ‹${'t'.repeat(500)}›`, 30);
    assert.equal(code, '…aaaaaaaaa tttttttttttttttttttt…');
    assert.equal(marks, `${' '.repeat(11)}${'^'.repeat(20)}…`);
  });

  it('comes in parts, too: what stands before the token, the token, and what follows', () => {
    const parts = (marked: string, columns = 80) => {
      const start = marked.indexOf('‹');
      const end = marked.indexOf('›') - 1;
      const frameInParts = frameOf(linesOf(marked.replace(/[‹›]/g, '')), { start, end }, columns);
      const { before, marked: token, after } = frameInParts.parts;
      assert.equal(before + token + after, frameInParts.code);
      return [before, token, after];
    };
    assert.deepEqual(parts('a: 1\nb: ‹true› # c\n'), ['b: ', 'true', ' # c']);
    assert.deepEqual(parts('FROM‹›\n'), ['FROM', '', '']);
    assert.deepEqual(parts('a: ‹|\n  text›\n'), ['a: ', '|', '']);
    assert.deepEqual(parts(`${'a'.repeat(50)}‹token›${'b'.repeat(50)}`, 14), ['…aaaa', 'token', 'bbbbb…']);
  });

  it('never cuts a character in two', () => {
    for (let columns = 10; columns < 20; columns++) {
      const [, code = ''] = frame(`${'😀'.repeat(50)}‹x›${'😀'.repeat(50)}`, columns);
      assert.match(code, /^…😀*x😀*…$/u);
      assert.ok(textWidth(code) <= columns + 2);
    }
  });
});
