import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import { entries, get, items, placeOf, YamlDocument, type YamlValue } from '../../../src/languages/yaml/document.js';
import type { YamlNode } from '../../../src/languages/yaml/node.js';
import { parseTree } from '../../../src/languages/yaml/parse-tree.js';
import { sliceDocuments } from '../../../src/languages/yaml/slices.js';
import { maxDocuments, readStream } from '../../../src/languages/yaml/stream.js';
import type { YamlTree } from '../../../src/languages/yaml/tree.js';
import { randomYaml, seeded } from './random-yaml.js';

const sliced = (text: string) => sliceDocuments(text).map(({ start, end }) => text.slice(start, end));

/** Kind, place in the file and text of every node, in order. */
function flattened(node: YamlNode | undefined, base: number, into: unknown[][] = []): unknown[][] {
  if (node === undefined) return into;
  const { start, end } = node.span;
  if (node.kind === 'scalar') into.push(['scalar', start + base, end + base, node.value]);
  else if (node.kind === 'alias') into.push(['alias', start + base, end + base, node.name]);
  else {
    into.push([node.kind, start + base]);
    if (node.kind === 'map') {
      for (const pair of node.pairs) {
        flattened(pair.key, base, into);
        flattened(pair.value, base, into);
      }
    } else for (const item of node.items) flattened(item.value, base, into);
  }
  return into;
}

/** The same of the package's own tree of the whole file. */
function flattenedWhole(node: unknown, text: string, into: unknown[][] = []): unknown[][] {
  if (isScalar(node)) {
    const start = node.range?.[0] ?? 0;
    let end = node.range?.[1] ?? 0;
    if (node.type?.startsWith('BLOCK')) while (/[\r\n]/.test(text[end - 1] ?? '')) end--;
    if (end > start || node.anchor !== undefined) into.push(['scalar', start, end, node.value]);
  } else if (isAlias(node)) into.push(['alias', node.range?.[0], node.range?.[1], node.source]);
  else if (isMap(node)) {
    into.push(['map', node.range?.[0]]);
    for (const pair of node.items) {
      flattenedWhole(pair.key, text, into);
      flattenedWhole(pair.value, text, into);
    }
  } else if (isSeq(node)) {
    into.push(['sequence', node.range?.[0]]);
    for (const item of node.items) flattenedWhole(item, text, into);
  }
  return into;
}

/** The slices, each read alone, against the package's reading of the whole file. */
function assertSameAsWhole(text: string): void {
  const documents = parseAllDocuments(text, {
    schema: 'failsafe',
    uniqueKeys: false,
    strict: true,
    logLevel: 'silent',
  });
  assert.ok(Array.isArray(documents));
  const whole = documents.map((document) => ({
    nodes: flattenedWhole(document.contents, text),
    broken: document.errors.length > 0,
  }));
  const slices = readStream(text).slices.map((slice) => ({
    nodes: flattened(slice.tree().root, slice.span.start),
    broken: slice.tree().errors.length > 0,
  }));
  // The package makes no document of a rest that holds comments only.
  while (slices.length > whole.length && slices.at(-1)?.nodes.length === 0) slices.pop();
  assert.deepEqual(slices, whole, text);
}

const streams: readonly string[] = [
  '',
  '# only a comment\n',
  'a: 1\n---\nb: 2\n',
  '---\na: 1\n---\n---\nb: 2\n',
  '# top\n---\na: |\n  x\n---\nb: 2\n',
  'a: 1\n...\n# between\nb: 2\n...\n',
  'a: 1\n...\n---\nb: 2\n',
  '---b: 1\n---c: 2\n',
  '--- text\n--- |\n block\n--- {a: b}\n',
  '--- # comment\na: 1\n---\t\nb: 1\n',
  '\uFEFFa: 1\n---\nb: 2\n',
  '\uFEFF# c\n---\na: 1\n',
  'a: 1\r\n---\r\nb: [1,\r\n  2]\r\n',
  "a: \"x\n  y\"\n---\nb: 'it''s'\n",
  '%TAG !e! tag:example,2000:\n---\na: !e!x 1\n---\nb: 1\n',
  'a: &x 1\nb: *x\n---\nc: &x 2\nd: *x\n',
  'a: {b: [c, {d: e}], "f": }\n? g\n: h\n? i\n---\n- - j\n  - k\n-\n- l\n',
  'a: [b: 1, ? c : 2, d]\n---\na: [1, 2, ]\n',
];

describe('yaml slices', () => {
  it('say the same as the whole file, at the same offsets', () => {
    for (const text of streams) assertSameAsWhole(text);
  });

  it('say the same as the whole file for random documents', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const random = seeded(seed);
      const shared = seed % 2 === 0;
      const documents = Array.from({ length: 1 + random(3) }, () => randomYaml(random, { shared }));
      const text = documents.join(random(3) === 0 ? '...\n' : '---\n');
      assertSameAsWhole(seed % 3 === 0 ? text.replaceAll('\n', '\r\n') : text);
    }
  });

  it('begin at a marker even inside block scalars, quotes and brackets', () => {
    assert.deepEqual(sliced('a: |\n  x\n---\nb: 1\n'), ['a: |\n  x\n', '---\nb: 1\n']);
    assert.deepEqual(sliced('a: "x\n---\ny"\n'), ['a: "x\n', '---\ny"\n']);
    assert.deepEqual(sliced('a: [x,\n---\ny]\n'), ['a: [x,\n', '---\ny]\n']);
  });

  it('do not begin at what only looks like a marker', () => {
    for (const text of [
      '---a: 1\n---b\n',
      'a: |\n  ---\n  x\n',
      'a: 1\n ---\n',
      'a: 1\n----\n',
      'a: 1\n--\n',
      'a: 1\n....\n',
    ])
      assert.deepEqual(sliced(text), [text]);
  });

  it('begin behind a marker that ends the text or is followed by a tab or CRLF', () => {
    assert.deepEqual(sliced('a\n---'), ['a\n', '---']);
    assert.deepEqual(sliced('a\n---\tb\n---\r\nc'), ['a\n', '---\tb\n', '---\r\nc']);
    assert.deepEqual(sliced('a\n...'), ['a\n...']);
  });

  it('give comments and directives before a marker to the document that follows', () => {
    assert.deepEqual(sliced('# c\n\n%YAML 1.2\n---\na\n'), ['# c\n\n%YAML 1.2\n---\na\n']);
    assert.deepEqual(sliced('a\n...\n# c\n---\nb\n'), ['a\n...\n', '# c\n---\nb\n']);
    assert.deepEqual(sliced('a\n# c\n---\nb\n'), ['a\n# c\n', '---\nb\n']);
  });

  it('take a lone CR for no line end', () => {
    assert.deepEqual(sliced('a\r---\rb'), ['a\r---\rb']);
  });

  it('are parsed again only where the text changed', () => {
    const before = readStream('a: 1\n---\nb: 2\n---\nc: 3\n');
    const trees = before.slices.map((slice) => slice.tree());
    const after = readStream('a: 1\n---\nb: 2345\n---\nc: 3\n', before);
    const again = after.slices.map((slice) => slice.tree());
    assert.equal(again[0], trees[0]);
    assert.notEqual(again[1], trees[1]);
    assert.equal(again[2], trees[2]);
    assert.deepEqual(
      after.slices.map((slice) => slice.span.start),
      [0, 5, 17],
    );
  });

  it('stop at the limit and say where', () => {
    const stream = readStream('---\n'.repeat(maxDocuments + 2));
    assert.equal(stream.slices.length, maxDocuments);
    assert.deepEqual(stream.beyondLimit, { start: maxDocuments * 4, end: maxDocuments * 4 + 4 });
  });
});

const rootOf = (text: string) => {
  const slice = readStream(text).slices[0];
  assert.ok(slice);
  return new YamlDocument('file', slice).root;
};

const under = (text: string, value: YamlValue) => text.slice(placeOf(value).span.start, placeOf(value).span.end);

/** The value at a path, with the text it is written as and its hops. */
function look(text: string, ...path: readonly (string | number)[]) {
  let value: YamlValue | undefined = rootOf(text);
  for (const part of path) {
    if (value === undefined) return undefined;
    value = typeof part === 'number' ? items(value)[part] : get(value, part);
  }
  if (value === undefined) return undefined;
  const via = value.via.map(({ kind, at }) => `${kind} ${text.slice(at.span.start, at.span.end)}@${at.span.start}`);
  return { text: under(text, value), at: placeOf(value).span.start, via };
}

describe('yaml trees', () => {
  it('ignore a YAML version, which would change how the rest is read', () => {
    for (const text of [
      '%YAML 1.1\n---\na: yes\n',
      '\uFEFF%YAML 1.1\r\n---\r\na: yes\r\n',
      '# c\r\n\r\n%YAML 9.9\n---\na: yes\n',
    ]) {
      const tree = parseTree(text);
      assert.deepEqual(tree.errors, []);
      const { span } =
        tree.root?.kind === 'map' ? (tree.root.pairs[0]?.value ?? tree.root) : { span: { start: 0, end: 0 } };
      assert.equal(text.slice(span.start, span.end), 'yes');
    }
    assert.equal(look('a: |\n  %YAML 1.1\n', 'a')?.text, '|\n  %YAML 1.1');
  });

  it('mark no half of a line end where something is missing there', () => {
    const [error] = parseTree(':\n!\r\n#').errors;
    assert.deepEqual(error?.span, { start: 3, end: 3 });
  });

  it('do not take a byte order mark for indentation', () => {
    for (const text of ['\uFEFF- a: 1\n  b: 2\n- c\n', '\uFEFFa: 1\nb:\n  - c\n', '\uFEFF{a: 1}\n']) {
      const tree = parseTree(text);
      assert.deepEqual(tree.errors, []);
      assert.equal(tree.root?.span.start, 1);
    }
    assert.deepEqual(look('\uFEFF- a: 1\n  b: 2\n', 0, 'b'), { text: '2', at: 13, via: [] });
  });

  it('name the tab that indents', () => {
    const text = 'a:\n\tb: 1\n';
    assert.deepEqual(parseTree(text).errors.map(({ span, message }) => [span.start, message])[0], [
      3,
      'Tabs cannot indent YAML: use spaces.',
    ]);
  });

  it('read an alias as the last anchor of its name before it', () => {
    const text = 'a: &x 1\nb: *x\nc: &x 2\nd: *x\n';
    assert.deepEqual(look(text, 'b'), { text: '1', at: 6, via: ['alias *x@11'] });
    assert.deepEqual(look(text, 'd'), { text: '2', at: 20, via: ['alias *x@25'] });
  });

  it('report an alias before its anchor, at the alias', () => {
    const text = 'a: *x\nb: &x 1\n';
    assert.deepEqual(parseTree(text).errors, [
      { span: { start: 3, end: 5 }, message: "The alias 'x' has no anchor before it." },
    ]);
    assert.deepEqual(look(text, 'a'), { text: '*x', at: 3, via: ['alias *x@3'] });
  });

  it('read an alias inside its own anchor as that anchor', () => {
    const text = 'a: &x\n  b: 1\n  c: *x\n';
    assert.deepEqual(look(text, 'a', 'c', 'c', 'b'), { text: '1', at: 11, via: ['alias *x@18', 'alias *x@18'] });
  });

  it('count how often an anchor is used', () => {
    const tree = parseTree('a: &x 1\nb: *x\nc: [*x, *x]\nd: &y 2\n');
    assert.deepEqual(
      [...tree.uses].map(([node, count]) => [node.anchor, node.span.start, count]),
      [['x', 6, 3]],
    );
  });

  it('know where anchors and tags begin', () => {
    const tree = parseTree('a: &x !t\n  b: 1\nc: !reset []\n&k d: !u &v w\n');
    assert.ok(tree.root?.kind === 'map');
    const seen = tree.root.pairs.map(({ value }) => [value?.start, value?.span.start, value?.anchor, value?.tag]);
    assert.deepEqual(seen, [
      [3, 11, 'x', '!t'],
      [19, 26, undefined, '!reset'],
      [35, 41, 'v', '!u'],
    ]);
    assert.equal(tree.root.pairs[2]?.key?.start, 29);
  });

  const nestings: readonly (readonly [string, (depth: number) => string, number])[] = [
    ['closed brackets', (depth) => '['.repeat(depth) + ']'.repeat(depth), 200],
    ['open brackets', (depth) => '['.repeat(depth), 200],
    ['open braces', (depth) => '{a: '.repeat(depth), 800],
    ['compact lists', (depth) => '- '.repeat(depth), 400],
    ['explicit keys', (depth) => '? '.repeat(depth), 400],
  ];
  for (const [name, nest, at] of nestings) {
    it(`accept 200 levels of ${name} and refuse 201 or any more, twice`, () => {
      assert.equal(parseTree(nest(200)).tooDeep, undefined);
      for (const depth of [201, 100_000, 100_000]) {
        const tree = parseTree(nest(depth));
        assert.deepEqual(tree.tooDeep, { start: at, end: at + 1 });
        assert.equal(tree.root, undefined);
      }
    });
  }

  it('refuse deep indentation that ends at once, without recursion', () => {
    let text = '';
    for (let depth = 0; depth < 2000; depth++) text += `${' '.repeat(depth)}a:\n`;
    const at = text.split('\n', 200).join('\n').length + 1 + 200;
    assert.deepEqual(parseTree(`${text}b: 1\n`).tooDeep, { start: at, end: at + 1 });
  });

  it('read thousands of aliases and keys', () => {
    const aliases = parseTree(`a: &x 1\nl:\n${'  - *x\n'.repeat(5000)}`);
    assert.deepEqual([...aliases.uses.values()], [5000]);
    assert.equal(aliases.leaves.at(-1)?.start, 8 + 3 + 4999 * 7 + 4);
    const keys = Array.from({ length: 20_000 }, (_, i) => `k${i}: ${i}\n`).join('');
    assert.equal(look(keys, 'k19999')?.at, keys.length - 6);
  });

  it('never throw on the beginning of a document, and stay inside it', () => {
    const text = `# top\n%YAML 1.1\n---\na: &x [b, {"c": 'd'}] # e\n? f\n: - |+\n    g\n\n  - "\\u0041\\\n    h"\n<<: *x\ni: !t >-\n  j\n...\n--- k\n`;
    for (let end = 0; end <= text.length; end++) {
      const prefix = text.slice(0, end);
      for (const slice of readStream(prefix).slices) assertInside(slice.tree(), slice.span.end - slice.span.start);
    }
  });
});

function assertInside(tree: YamlTree, length: number): void {
  const inside = ({ start, end }: { readonly start: number; readonly end: number }) =>
    assert.ok(0 <= start && start <= end && end <= length, `${start}..${end} of ${JSON.stringify(tree.text)}`);
  for (const leaf of tree.leaves) inside(leaf);
  for (const error of tree.errors) inside(error.span);
  const visit = (node: YamlNode | undefined): void => {
    if (node === undefined) return;
    inside(node.span);
    assert.ok(node.start <= node.span.start);
    if (node.kind === 'map') {
      for (const pair of node.pairs) {
        inside(pair.span);
        visit(pair.key);
        visit(pair.value);
      }
    } else if (node.kind === 'sequence') {
      for (const item of node.items) {
        inside(item.span);
        visit(item.value);
      }
    }
  };
  visit(tree.root);
}

describe('yaml documents', () => {
  const bases = 'a: &a {x: 1, y: 1}\nb: &b {x: 2, z: 2}\n';

  it('let an own key win over a merged one, whatever the order', () => {
    for (const map of ['{<<: *a, x: 9}', '{x: 9, <<: *a}']) {
      const text = `${bases}c: ${map}\n`;
      assert.deepEqual(look(text, 'c', 'x'), { text: '9', at: text.lastIndexOf('9'), via: [] });
      assert.deepEqual(look(text, 'c', 'y'), { text: '1', at: 16, via: [`merge-key *a@${text.lastIndexOf('*a')}`] });
    }
  });

  it('let the first of several merged maps win', () => {
    const text = `${bases}c: {<<: [*a, *b]}\n`;
    assert.deepEqual(look(text, 'c', 'x'), { text: '1', at: 10, via: [`merge-key *a@${text.lastIndexOf('*a')}`] });
    assert.deepEqual(look(text, 'c', 'z'), { text: '2', at: 35, via: [`merge-key *b@${text.lastIndexOf('*b')}`] });
  });

  it('merge an alias to a list of maps, and name that alias', () => {
    const text = `${bases}l: &l [*b, *a]\nc: {<<: *l}\n`;
    assert.deepEqual(look(text, 'c', 'x'), { text: '2', at: 29, via: [`merge-key *l@${text.lastIndexOf('*l')}`] });
  });

  it('merge a map that is written in place', () => {
    const text = 'c:\n  <<: {x: 1}\n  y: 2\n';
    assert.deepEqual(look(text, 'c', 'x'), { text: '1', at: 13, via: [] });
  });

  it('name every merge from the user to the writer', () => {
    const text = 'a: &a {x: 1}\nb: &b {<<: *a}\nc: {<<: *b}\n';
    assert.deepEqual(look(text, 'c', 'x'), { text: '1', at: 10, via: ['merge-key *b@36', 'merge-key *a@24'] });
  });

  it('merge only a `<<` without quotes', () => {
    const text = `${bases}c: {"<<": *a}\n`;
    assert.equal(look(text, 'c', 'x'), undefined);
    assert.deepEqual(look(text, 'c', '<<', 'x'), { text: '1', at: 10, via: [`alias *a@${text.lastIndexOf('*a')}`] });
  });

  it('survive merges that are no maps, or the map itself', () => {
    assert.deepEqual(look('a: &a\n  <<: *a\n  x: 1\n', 'a', 'x'), { text: '1', at: 20, via: [] });
    assert.deepEqual(look('a: {<<: 1, x: 2}\n', 'a', 'x'), { text: '2', at: 14, via: [] });
    assert.deepEqual(look('a: {<<: , x: 2}\n', 'a', 'x'), { text: '2', at: 13, via: [] });
  });

  it('mark a key that stands there twice', () => {
    const root = rootOf('a: 1\nb: 2\na: 3\n');
    const seen = entries(root).map(({ key, keyAt, value }) => [key, keyAt.span.start, value.duplicate]);
    assert.deepEqual(seen, [
      ['a', 10, true],
      ['b', 5, false],
    ]);
  });

  it('place a key and a value of a later document in the file', () => {
    const text = 'a: 1\n---\nb: 2\n';
    const slice = readStream(text).slices[1];
    assert.ok(slice);
    const [entry] = entries(new YamlDocument('file', slice).root);
    assert.deepEqual(
      [entry?.keyAt, entry && placeOf(entry.value)],
      [
        { file: 'file', span: { start: 9, end: 10 } },
        { file: 'file', span: { start: 12, end: 13 } },
      ],
    );
  });

  it('place a missing value at its key', () => {
    assert.deepEqual(look('a: 1\nbcd:\n', 'bcd'), { text: 'bcd', at: 5, via: [] });
  });

  it('do not multiply merges of merges', () => {
    let text = 'a0: &a0 {x: 1}\n';
    for (let i = 1; i < 40; i++)
      text += `a${i}: &a${i} {<<: [${Array(9)
        .fill(`*a${i - 1}`)
        .join(', ')}], k${i}: 1}\n`;
    const root = rootOf(text);
    const last = get(root, 'a39');
    assert.deepEqual(
      last &&
        entries(last)
          .map(({ key }) => key)
          .slice(0, 3),
      ['k39', 'k38', 'k37'],
    );
    assert.equal(root.document.exhausted, false);
  });

  it('stop a chain of thousands of merges and say so', () => {
    let text = 'a0: &a0 {x: 1}\n';
    for (let i = 1; i < 5000; i++) text += `a${i}: &a${i} {<<: *a${i - 1}, k${i}: 1}\n`;
    const root = rootOf(text);
    const last = get(root, 'a4999');
    assert.deepEqual(last && entries(last).map(({ key }) => key), ['k4999']);
    assert.equal(root.document.exhausted, true);
  });
});
