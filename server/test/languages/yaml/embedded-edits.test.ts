import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parse } from 'yaml';
import { get, YamlDocument } from '../../../src/languages/yaml/document.js';
import { scalarEdits } from '../../../src/languages/yaml/embedded-edits.js';
import { mappedText } from '../../../src/languages/yaml/scalar.js';
import { readStream } from '../../../src/languages/yaml/stream.js';
import { applyEdits, type TextEdit } from '../../../src/text/edit.js';
import { seeded } from './random-yaml.js';

const lines = ['FROM alpine:3.20 AS base', '', 'RUN a && \\', '    b "it\'s" c', '# why: x', 'USER root'];

const blocks: readonly (readonly [string, (text: readonly string[]) => string])[] = [
  ['|', (text) => `a:\n  x: |\n${indented(text, 6)}  y: 1\n`],
  ['|-', (text) => `a:\n  x: |-\n${indented(text, 3)}  y: 1\n`],
  ['|+', (text) => `a:\n  x: |+\n${indented(text, 4)}\n\n  y: 1\n`],
  ['|2', (text) => `a:\n  x: |2\n${indented(text, 4)}  y: 1\n`],
  ['| at the end', (text) => `a:\n  y: 1\n  x: | # why\n${indented(text, 4).trimEnd()}`],
  ['| with full blank lines', (text) => `a:\n  x: |\n${text.map((line) => `    ${line}\n`).join('')}  y: 1\n`],
  ['| with \\r\\n', (text) => `a:\n  x: |\n${indented(text, 4)}  y: 1\n`.replaceAll('\n', '\r\n')],
];
const others: readonly (readonly [string, (text: readonly string[]) => string])[] = [
  ['>', (text) => `a:\n  x: >\n${indented(text, 4)}  y: 1\n`],
  ['double', (text) => `a:\n  x: ${JSON.stringify(`${text.join('\n')}\n`)}\n  y: 1\n`],
  ['double, folded', (text) => `a:\n  x: "${text.filter((line) => !/["\\]/.test(line)).join('\n\n    ')}"\n  y: 1\n`],
  ['single', (text) => `a:\n  x: '${text.join('\n\n    ').replaceAll("it's", "it''s")}'\n  y: 1\n`],
  ['single on one line', () => "a: { x: 'FROM it''s AS a', y: 1 }\n"],
  ['plain', () => 'a: { x: FROM a:1 AS b, y: 1 }\n'],
];

function indented(text: readonly string[], by: number): string {
  return text.map((line) => (line === '' ? '\n' : `${' '.repeat(by)}${line}\n`)).join('');
}

const pieces = [
  '',
  'x',
  'USER app\n',
  '\nUSER app',
  'a\n\nb\n',
  ' ',
  '"',
  "it's",
  ': ',
  ' #',
  '\\n',
  'é',
  '\n',
  '{',
  '\t',
];

function randomEdit(value: string, random: () => number): TextEdit {
  const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)];
  const newText = pick(pieces) ?? '';
  const starts = [0, ...[...value.matchAll(/\n/g)].map(({ index }) => index + 1)];
  if (random() < 0.5) {
    // Whole lines, as most fixes take them.
    const from = Math.floor(random() * starts.length);
    const start = starts[from] ?? 0;
    const end = starts[from + Math.floor(random() * 2)] ?? value.length;
    return { span: { start, end: Math.max(start, end) }, newText };
  }
  const start = Math.floor(random() * (value.length + 1));
  const end = random() < 0.3 ? start : Math.min(value.length, start + Math.floor(random() * 12));
  return { span: { start, end }, newText };
}

/** How many of the edits could be made; each that was made is what it should be. */
function share(source: string, seed: number): number {
  const [slice] = readStream(source).slices;
  assert.ok(slice);
  const a = get(new YamlDocument('file', slice).root, 'a');
  const value = a && get(a, 'x');
  const text = value && mappedText(value);
  assert.ok(value?.node?.kind === 'scalar' && text !== undefined, source);
  const next = seeded(seed);
  const random = () => next(1_000_000) / 1_000_000;
  let made = 0;
  for (let i = 0; i < 300; i++) {
    const edit = randomEdit(text.value, random);
    const edits = scalarEdits(value.node, source, text, [edit]);
    if (edits === undefined) continue;
    made++;
    const after = applyEdits(source, edits);
    const wanted = applyEdits(text.value, [edit]);
    const found = parse(after);
    assert.deepEqual(found, { a: { x: wanted, y: 1 } }, `${JSON.stringify(edit)} of\n${source}became\n${after}`);
  }
  return made / 300;
}

describe('Edits of the text of a scalar', () => {
  for (const [index, [name, sourceOf]] of blocks.entries()) {
    it(`are made line by line in a block, and come to what they should: ${name}`, () => {
      for (let seed = 0; seed < 20; seed++) {
        const made = share(sourceOf(lines), 1000 * index + seed);
        assert.ok(made > 0.45, `${made}`);
      }
    });
  }

  for (const [index, [name, sourceOf]] of others.entries()) {
    it(`are made elsewhere only where they come to what they should: ${name}`, () => {
      let made = 0;
      for (let seed = 0; seed < 20; seed++) made += share(sourceOf(lines), 9000 + 1000 * index + seed);
      if (!name.includes('folded') && name !== 'single') assert.ok(made > 0.2, `${made}`);
    });
  }

  it('keep the indentation of the block, and never leave a line of blanks behind', () => {
    const source = 'a:\n  x: |\n    FROM a\n    RUN b\n    RUN c\n  y: 1\n';
    const [slice] = readStream(source).slices;
    assert.ok(slice);
    const a = get(new YamlDocument('file', slice).root, 'a');
    const value = a && get(a, 'x');
    const text = value && mappedText(value);
    assert.ok(value?.node?.kind === 'scalar' && text !== undefined);
    const { node } = value;
    const after = (start: number, end: number, newText: string) => {
      const edits = scalarEdits(node, source, text, [{ span: { start, end }, newText }]);
      return edits && applyEdits(source, edits);
    };
    const end = text.value.length;
    assert.equal(after(13, end, ''), 'a:\n  x: |\n    FROM a\n    RUN b\n  y: 1\n');
    assert.equal(after(7, 13, ''), 'a:\n  x: |\n    FROM a\n    RUN c\n  y: 1\n');
    assert.equal(after(7, 7, 'X\nY\n'), 'a:\n  x: |\n    FROM a\n    X\n    Y\n    RUN b\n    RUN c\n  y: 1\n');
    assert.equal(after(end, end, 'USER d\n'), 'a:\n  x: |\n    FROM a\n    RUN b\n    RUN c\n    USER d\n  y: 1\n');
    assert.equal(after(6, 6, '\n\nX'), 'a:\n  x: |\n    FROM a\n\n    X\n    RUN b\n    RUN c\n  y: 1\n');
    assert.equal(after(0, end, ''), undefined);
    assert.equal(after(0, 0, ' '), undefined);
  });
});
