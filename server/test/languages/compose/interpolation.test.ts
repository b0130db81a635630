import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { hole, interpolate, interpolatedText, textForShell } from '../../../src/languages/compose/interpolation.js';
import { verbatim } from '../../../src/text/mapped-text.js';
import type { Place } from '../../../src/text/span.js';

const variables = new Map<string, string | undefined>([
  ['SET', 'value'],
  ['EMPTY', ''],
  ['VAGUE', undefined],
]);
const offset = 100;

function read(text: string) {
  const place = { file: 'f', span: { start: offset, end: offset + text.length } };
  const interpolation = interpolate(verbatim(text, place), variables);
  const at = ({ span }: Place) => text.slice(span.start - offset, span.end - offset);
  return {
    at,
    value: interpolatedText(interpolation, place),
    shell: textForShell(interpolation, place).value,
    invalid: interpolation.invalid.map(({ start, end }) => text.slice(start, end)),
    references: interpolation.references,
  };
}

describe('Compose interpolation', () => {
  const table: readonly (readonly [written: string, value: string])[] = [
    ['$SET ${SET}', 'value value'],
    ['$EMPTY-${EMPTY}', '-'],
    ['$NOPE', hole],
    ['${NOPE}', hole],
    ['${VAGUE:-d}', hole],
    ['${NOPE:-d}', 'd'],
    ['${NOPE-d}', 'd'],
    ['${NOPE:-}', ''],
    ['${EMPTY:-d}', 'd'],
    ['${EMPTY-d}', ''],
    ['${SET:-d}', 'value'],
    ['${NOPE:?stop}', hole],
    ['${NOPE?stop}', hole],
    ['${SET:?stop}', 'value'],
    ['${EMPTY:?stop}', hole],
    ['${EMPTY?stop}', ''],
    ['${SET:+r}', 'r'],
    ['${EMPTY:+r}', ''],
    ['${EMPTY+r}', 'r'],
    ['${NOPE:+r}', hole],
    ['${A:-${B:-x}}', 'x'],
    ['${A:-x${B:-y}z}!', 'xyz!'],
    ['${A:-${NOPE}}', hole],
    ['${A:-a:b/c}', 'a:b/c'],
    ['${A:-{"a":1}}', '{"a":1}'],
    ['$$SET $$$SET $${SET}', '$SET $value ${SET}'],
    ['a$ $5 $', 'a$ $5 $'],
    ['$SET.x $SETx', `value.x ${hole}`],
  ];
  for (const [written, value] of table) {
    it(`reads ${written} as ${JSON.stringify(value)}`, () => {
      const result = read(written);
      assert.equal(result.value.value, value);
      assert.deepEqual(result.invalid, []);
    });
  }

  for (const written of ['${}', '${1A}', '${V/a/b}', '${V:=x}', '${V:}', '${V', '${', '${#V}', '${V[@]}']) {
    it(`refuses ${written} at its place`, () => {
      assert.deepEqual(read(`ok ${written}`).invalid, [written]);
    });
  }

  it('marks of a reference without an end no more than its name', () => {
    assert.deepEqual(read('a ${V:-b} ${NAME:-c ${D} e').invalid, ['${NAME']);
  });

  it('tells the references of a value, and what they stand in', () => {
    const text = 'a $A ${B} ${C:-d} ${E?f ${G}} $$H ${I-${J:+k}} ${L:-${1}}';
    const told = read(text).references.map(({ start, end, nameEnd, name, operator, isPlain, around }) => [
      text.slice(start, end),
      text.slice(nameEnd - name.length, nameEnd),
      operator,
      isPlain,
      around.map((one) => `${one.name}${one.operator}`).join(' '),
    ]);
    assert.deepEqual(told, [
      ['$A', 'A', '', true, ''],
      ['${B}', 'B', '', true, ''],
      ['${C:-d}', 'C', ':-', true, ''],
      ['${G}', 'G', '', true, 'E?'],
      ['${E?f ${G}}', 'E', '?', false, ''],
      ['${J:+k}', 'J', ':+', true, 'I-'],
      ['${I-${J:+k}}', 'I', '-', false, ''],
      ['${L:-${1}}', 'L', ':-', false, ''],
    ]);
  });

  it('refuses a reference in a default that is not used', () => {
    assert.deepEqual(read('${SET:-${1}}').invalid, ['${1}']);
  });

  it('puts a default where it is written', () => {
    const { value, at } = read('a:${TAG:-latest}');
    assert.equal(value.value, 'a:latest');
    assert.equal(at(value.part(2, 8)), 'latest');
    assert.deepEqual(value.part(2, 8).span, { start: offset + 9, end: offset + 15 });
    assert.equal(at(value.part(0, 8)), 'a:${TAG:-latest}');
  });

  it('never cuts a reference in two', () => {
    const { value, at } = read('${REG:-docker.io}/app');
    assert.equal(at(value.part(0, 13)), '${REG:-docker.io}/app');
    assert.equal(value.exactPart(0, 13), undefined);
    assert.equal(at(value.part(0, 9)), 'docker.io');
    assert.equal(at(value.part(10, 13)), 'app');
  });

  it('puts the value of a variable at its reference', () => {
    const { value, at } = read('x-${SET}-y');
    assert.equal(at(value.part(2, 7)), '${SET}');
    assert.equal(at(value.part(3, 5)), '${SET}');
    assert.equal(value.exactPart(3, 5), undefined);
    assert.equal(at(value.slice(3, 9).part(2, 6)), '${SET}-y');
  });

  it('leaves what is not known to the shell as it is written', () => {
    assert.equal(read('curl ${URL} $$HOME ${A:-b}').shell, 'curl ${URL} $HOME b');
  });

  it('follows references only so deep, and never fails', () => {
    const deep = `${'${A:-'.repeat(5000)}x${'}'.repeat(5000)}`;
    assert.equal(read(deep).value.value, hole);
    assert.equal(read('${A'.repeat(5000)).invalid.length, 1);
  });
});
