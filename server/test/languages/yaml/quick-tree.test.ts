import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { packageTree } from '../../../src/languages/yaml/package-tree.js';
import { quickTree } from '../../../src/languages/yaml/quick-tree.js';
import { sliceDocuments } from '../../../src/languages/yaml/slices.js';
import type { YamlTree } from '../../../src/languages/yaml/tree.js';
import { randomYaml, seeded } from './random-yaml.js';

/** Counts by place: the nodes of two trees are never the same objects. */
function comparable(tree: YamlTree) {
  return { ...tree, uses: [...tree.uses].map(([node, count]) => [node.span, count]) };
}

/** Whether the quick reader takes the text; it must then say what the package says. */
function taken(text: string): boolean {
  const quick = quickTree(text);
  if (quick === undefined) return false;
  assert.deepEqual(comparable(quick), comparable(packageTree(text)), JSON.stringify(text));
  return true;
}

const everyday: readonly string[] = [
  'a: 1\nb: two words # comment\n',
  '---\n# comment\na:\n\n  b: 1\n',
  'a:\n- 1\n- 2\nb:\n  - c: 1\n    d: 2\n  -   - x\n      - y\n',
  'a:\nb:\n  c:\n',
  '-\n- a:\n-\n  b: 1\n',
  `a: "x # y: \\"z\\" \\\\"\nb: 'it''s'\n"c": 1\n'd e': 2\n`,
  'a: [1, "b, c", {d: e, f: [ ]}, *x]\n'.replace(', *x', ''),
  'a: [\n    1,  # one\n    2,\n  ]\nb: {\n\n  c: d\n  }\n',
  'x: &x\n  a: 1\ny:\n  <<: *x\n  b: *x\nz: {<<: *x, c: 1}\nw: [*x, *x]\n',
  'a: &n\n- 1\nb: &s text\nc: *s\nd: *n\n',
  'a: |\n  one # no comment\n\n    two\n  three\n\nb: |-\n  x\nc: >\n  folded\n  text\n\n\n  more\nd: 1\n',
  '- |\n x\n- >-\n  y\n  z\n# comment\n- a: |\n   x\n',
  'a: one\n  two\n\n  three\nb:\n  four\n  five # six\n',
  'a: - b\n'.replace('- b', '-b'),
  'a: http://x:80/y#z\nb: :80\n'.replace(': :80', ': x:80'),
  'a: 1\n...\n',
  '# comment alone\n',
  '',
  'a: \u{1f433} é\nb: 1\n',
  'a: 1',
  'a:\r\n  - b: |\r\n      x\r\n      y\r\n    c: [1,\r\n      2]\r\n',
];

const rare: readonly string[] = [
  '? a\n: 1\n',
  'a: !reset []\n',
  'a: "x\n  y"\n',
  '%YAML 1.2\n---\na: 1\n',
  '\uFEFFa: 1\n',
  'a:\t1\n',
  '{a: 1}\n',
  'text\n',
  'a: b: c\n',
  'a: [1, 2\n',
  'a: *missing\n',
  'a: 1\n b: 2\n',
  'a: [-]\n',
  'a: |2\n   x\n',
  'a: |\n  x',
  'a: "\\x41"\n',
  'a: @b\n',
  'a: [b: 1]\n',
  'a\u0000: 1\n',
  'a: 1\rb: 2\n',
  `${'- '.repeat(150)}x\n`,
];

const insertions = [
  ...[
    ' ',
    '\n',
    '  ',
    '- ',
    ': ',
    '#',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ',',
    '&a ',
    '*a',
    '|',
    '>',
    '-',
    '!t ',
    '\t',
    '~',
  ],
  ...['%', '? ', '\n  ', '\r\n', '\\', '@', '...\n', '\n---\n', '<<: '],
];

describe('the quick reader', () => {
  it('takes what everyone writes, and reads it as the package does', () => {
    for (const text of everyday) assert.ok(taken(text), JSON.stringify(text));
  });

  it('leaves what is rare or broken to the package', () => {
    for (const text of rare) assert.equal(quickTree(text), undefined, JSON.stringify(text));
  });

  it('reads random documents as the package does, or declines', () => {
    let count = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const text = randomYaml(seeded(seed), { shared: seed % 2 === 0 });
      if (taken(seed % 3 === 0 ? text.replaceAll('\n', '\r\n') : text)) count++;
    }
    assert.ok(count > 60, `${count} of 300 taken: a reader that declines everything proves nothing`);
  });

  it('reads half-typed and broken documents as the package does, or declines', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = seeded(seed);
      const text = randomYaml(random, { shared: seed % 2 === 0 });
      for (let i = 0; i < 4; i++) {
        const at = random(text.length);
        const broken = text.slice(0, at) + insertions[random(insertions.length)] + text.slice(at + random(3));
        for (const { start, end } of sliceDocuments(broken)) taken(broken.slice(start, end));
      }
    }
  });
});
