import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Path, YamlDocument, type YamlSlot } from '../../../src/languages/yaml/document.js';
import { yamlEdits } from '../../../src/languages/yaml/edit.js';
import { readStream } from '../../../src/languages/yaml/stream.js';
import { append, type Change, join, prefix, remove, replaceEnding, set } from '../../../src/model/change.js';
import { applyEdits } from '../../../src/text/edit.js';

type Make = (slot: YamlSlot) => Change;

interface Case {
  readonly title: string;
  readonly before: string;
  readonly path: Path;
  readonly floor?: number;
  readonly change: Make;
  /** Undefined where the change cannot be made. */
  readonly after: string | undefined;
}

function slotIn(text: string, index: number, path: Path, floor: number): YamlSlot {
  const slice = readStream(text).slices[index];
  assert.ok(slice);
  return { language: 'yaml', file: 'file', document: new YamlDocument('file', slice), path, floor };
}

function applied(text: string, index: number, { path, floor = 0, change }: Case): string | undefined {
  const edits = yamlEdits(change(slotIn(text, index, path, floor)), text);
  return edits && applyEdits(text, edits);
}

const gone: Make = (slot) => remove(slot);
const goneOr =
  (otherwise: boolean): Make =>
  (slot) =>
    remove(slot, otherwise);

const removals: readonly Case[] = [
  {
    title: 'takes the whole line of a pair with its trailing comment',
    before: 'a: 1\nb: 2 # why\nc: 3\n',
    path: ['b'],
    change: gone,
    after: 'a: 1\nc: 3\n',
  },
  {
    title: 'leaves a comment above the pair',
    before: 'a: 1\n# about b\nb: 2\nc: 3\n',
    path: ['b'],
    change: gone,
    after: 'a: 1\n# about b\nc: 3\n',
  },
  {
    title: 'takes the last pair of a map',
    before: 'a:\n  b: 1\n  c: 2\n',
    path: ['a', 'c'],
    change: gone,
    after: 'a:\n  b: 1\n',
  },
  {
    title: 'takes a value of many lines, and the deeper comments below it',
    before: 'a:\n  - 1\n  # two\n  - 2\n  # end\nb: |\n  x\n\n  y\nc: 3\n',
    path: ['a'],
    change: gone,
    after: 'b: |\n  x\n\n  y\nc: 3\n',
  },
  {
    title: 'takes a block scalar',
    before: 'a: 1\nb: |\n  x # no comment\n\n  y\nc: 3\n',
    path: ['b'],
    change: gone,
    after: 'a: 1\nc: 3\n',
  },
  {
    title: 'does not let a comment of the pair fall into a block scalar above',
    before: 'a: |\n  x\nb:\n  c: 1\n  # about c\nd: 1\n',
    path: ['b'],
    change: gone,
    after: 'a: |\n  x\nd: 1\n',
  },
  {
    title: 'does not add blank lines to a block scalar above that keeps them',
    before: 'a: |+\n  x\n\nb: 1\n\nc: 1\n',
    path: ['b'],
    change: gone,
    after: 'a: |+\n  x\n\nc: 1\n',
  },
  {
    title: 'moves the next pair of a list item up to the dash',
    before: 'l:\n  - privileged: true # why\n    name: x\n  - name: y\n',
    path: ['l', 0, 'privileged'],
    change: gone,
    after: 'l:\n  - name: x\n  - name: y\n',
  },
  {
    title: 'keeps a comment between the first pair of a list item and the next',
    before: 'l:\n  - privileged: true # why\n    # about name\n    name: x\n',
    path: ['l', 0, 'privileged'],
    change: gone,
    after: 'l:\n  -\n    # about name\n    name: x\n',
  },
  {
    title: 'takes a list item',
    before: 'l:\n- a # 1\n- b # 2\n- c # 3\n',
    path: ['l', 1],
    change: gone,
    after: 'l:\n- a # 1\n- c # 3\n',
  },
  {
    title: 'moves the next item of a compact nested list up',
    before: '- - a\n  - b\n- c\n',
    path: [0, 0],
    change: gone,
    after: '- - b\n- c\n',
  },
  {
    title: 'takes the later item of a compact nested list',
    before: '- - a\n  - b\n- c\n',
    path: [0, 1],
    change: gone,
    after: '- - a\n- c\n',
  },
  {
    title: 'takes the parent that becomes empty',
    before: 'web:\n  securityContext:\n    privileged: true # why\n  image: x\n',
    path: ['web', 'securityContext', 'privileged'],
    change: gone,
    after: 'web:\n  image: x\n',
  },
  {
    title: 'takes several parents that become empty, but not the owner',
    before: 'web:\n  a:\n    b:\n      - c\n',
    path: ['web', 'a', 'b', 0],
    floor: 1,
    change: gone,
    after: 'web: {}\n',
  },
  {
    title: 'leaves an empty list where the owner is one',
    before: 'web: # the web\n  - c\nx: 1\n',
    path: ['web', 0],
    floor: 1,
    change: gone,
    after: 'web: [] # the web\nx: 1\n',
  },
  {
    title: 'keeps a parent with a comment inside',
    before: 'web:\n  securityContext:\n    # because\n    privileged: true\n  image: x\n',
    path: ['web', 'securityContext', 'privileged'],
    change: gone,
    after: 'web:\n  securityContext: {}\n    # because\n  image: x\n',
  },
  {
    title: 'keeps a parent with a comment below the removed pair',
    before: 'securityContext:\n  privileged: true # why\n  # readOnly: true\nimage: x\n',
    path: ['securityContext', 'privileged'],
    change: gone,
    after: 'securityContext: {}\n  # readOnly: true\nimage: x\n',
  },
  {
    title: 'keeps a parent with a comment on its key line',
    before: 'securityContext: # ours\n  privileged: true\nimage: x\n',
    path: ['securityContext', 'privileged'],
    change: gone,
    after: 'securityContext: {} # ours\nimage: x\n',
  },
  {
    title: 'keeps a parent with an anchor that nobody uses',
    before: 'a: &sc\n  privileged: true\nb: 1\n',
    path: ['a', 'privileged'],
    change: gone,
    after: 'a: &sc {}\nb: 1\n',
  },
  {
    title: 'keeps a parent with a tag',
    before: 'a: !override\n  - x\nb: 1\n',
    path: ['a', 0],
    change: gone,
    after: 'a: !override []\nb: 1\n',
  },
  {
    title: 'takes the only pair of a list item with the item',
    before: 'l:\n  - a: 1\n  - b: 1\n',
    path: ['l', 0, 'a'],
    change: gone,
    after: 'l:\n  - b: 1\n',
  },
  {
    title: 'leaves an empty map behind the dash of an owner',
    before: 'l:\n  - a: 1 # gone\n  - b: 1\n',
    path: ['l', 0, 'a'],
    floor: 2,
    change: gone,
    after: 'l:\n  - {}\n  - b: 1\n',
  },
  {
    title: 'leaves an empty root',
    before: '# top\na: 1\n# end\n',
    path: ['a'],
    change: gone,
    after: '# top\n{}\n# end\n',
  },
  {
    title: 'takes a pair with an explicit key',
    before: '? a\n: 1\n? b\n: 2\nc: 3\n',
    path: ['b'],
    change: gone,
    after: '? a\n: 1\nc: 3\n',
  },
  {
    title: 'takes the first pair behind the colon of an explicit key',
    before: '? a\n: b: 1\n  c: 2\n',
    path: ['a', 'b'],
    change: gone,
    after: '? a\n: c: 2\n',
  },
  { title: 'takes a pair without value', before: 'a:\nb:\nc: 1\n', path: ['b'], change: gone, after: 'a:\nc: 1\n' },
  {
    title: 'takes a pair whose value is a tag',
    before: 'a: 1\nb: !reset\nc: 1\n',
    path: ['b'],
    change: gone,
    after: 'a: 1\nc: 1\n',
  },
  {
    title: 'takes the first item of a flow list',
    before: 'l: [a, b, c]\n',
    path: ['l', 0],
    change: gone,
    after: 'l: [b, c]\n',
  },
  {
    title: 'takes the middle item of a flow list',
    before: 'l: [ a, b, c ]\n',
    path: ['l', 1],
    change: gone,
    after: 'l: [ a, c ]\n',
  },
  {
    title: 'takes the last item of a flow list',
    before: 'l: [ a, b, c ]\n',
    path: ['l', 2],
    change: gone,
    after: 'l: [ a, b ]\n',
  },
  { title: 'keeps a trailing comma', before: 'l: [a, b, ]\n', path: ['l', 1], change: gone, after: 'l: [a, ]\n' },
  {
    title: 'takes a flow parent that becomes empty',
    before: 'w: {sc: {privileged: true}, image: x}\n',
    path: ['w', 'sc', 'privileged'],
    change: gone,
    after: 'w: {image: x}\n',
  },
  {
    title: 'leaves an empty flow owner',
    before: 'w: { sc: true }\n',
    path: ['w', 'sc'],
    floor: 1,
    change: gone,
    after: 'w: {}\n',
  },
  {
    title: 'takes a line of a flow map',
    before: '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}\n',
    path: ['b'],
    change: gone,
    after: '{\n  "a": 1,\n  "c": 3\n}\n',
  },
  {
    title: 'takes the last line of a flow map and the comma before it',
    before: '{\n  "a": 1,\n  "b": 2, # keep\n  "c": 3\n}\n',
    path: ['c'],
    change: gone,
    after: '{\n  "a": 1,\n  "b": 2 # keep\n}\n',
  },
  {
    title: 'takes a line of a flow list with a trailing comma and a comment',
    before: 'l: [\n  a, # 1\n  b, # 2\n]\n',
    path: ['l', 1],
    change: gone,
    after: 'l: [\n  a, # 1\n]\n',
  },
  {
    title: 'keeps a comment inside a flow map that becomes empty',
    before: 'l: { # ours\n  a: 1,\n}\n',
    path: ['l', 'a'],
    change: gone,
    after: 'l: { # ours\n}\n',
  },
  {
    title: 'keeps a comment between the items of a flow list',
    before: 'l: [a, # 1\n  b]\n',
    path: ['l', 1],
    change: gone,
    after: 'l: [a # 1\n  ]\n',
  },
  {
    title: 'takes a pair whose value is an alias',
    before: 'x: &x 1\ny: *x\nz: 2\n',
    path: ['y'],
    change: gone,
    after: 'x: &x 1\nz: 2\n',
  },
  { title: 'has nothing to do where nothing is', before: 'a: 1\n', path: ['b', 'c'], change: gone, after: 'a: 1\n' },
  {
    title: 'refuses a key that stands there twice',
    before: 'a: 1\na: 2\n',
    path: ['a'],
    change: gone,
    after: undefined,
  },
  {
    title: 'refuses an anchored value that is used elsewhere',
    before: 'x: &x 1\ny: *x\n',
    path: ['x'],
    change: gone,
    after: undefined,
  },
  {
    title: 'refuses to edit inside an anchored value that is used elsewhere',
    before: 'x: &x\n  a: 1\n  b: {c: 1, d: 2}\ny: *x\n',
    path: ['x', 'b', 'c'],
    change: gone,
    after: undefined,
  },
  {
    title: 'refuses a value that holds an anchor used elsewhere',
    before: 'x:\n  a: &a 1\ny: *a\n',
    path: ['x'],
    change: gone,
    after: undefined,
  },
  { title: 'refuses a broken document', before: 'a: 1\nb: [\n', path: ['a'], change: gone, after: undefined },
  {
    title: 'refuses where a merge would bring the value back',
    before: 'c: &c\n  p: 1\nw:\n  <<: *c\n  p: 2\n',
    path: ['w', 'p'],
    change: gone,
    after: undefined,
  },
  {
    title: 'writes the other value where a merge would bring one back',
    before: 'c: &c\n  p: true\nw:\n  <<: *c\n  p: true # x\n',
    path: ['w', 'p'],
    change: goneOr(false),
    after: 'c: &c\n  p: true\nw:\n  <<: *c\n  p: false # x\n',
  },
  {
    title: 'leaves an empty map where a merge would bring a full one back',
    before: 'c: &c\n  s: {a: 1}\nw:\n  <<: *c\n  s: {p: 1}\n',
    path: ['w', 's', 'p'],
    change: gone,
    after: 'c: &c\n  s: {a: 1}\nw:\n  <<: *c\n  s: {}\n',
  },
];

const elsewhere: readonly Case[] = [
  {
    title: 'writes an own key beside a merge',
    before: 'c: &c\n  privileged: true\nweb:\n  <<: *c\n  image: x\n\ndb: {}\n',
    path: ['web', 'privileged'],
    change: goneOr(false),
    after: 'c: &c\n  privileged: true\nweb:\n  <<: *c\n  image: x\n  privileged: false\n\ndb: {}\n',
  },
  {
    title: 'writes an own key beside a merge in flow style',
    before: 'c: &c {p: true}\nweb: {<<: *c}\n',
    path: ['web', 'p'],
    change: goneOr(false),
    after: 'c: &c {p: true}\nweb: {<<: *c, p: false}\n',
  },
  {
    title: 'refuses to take a merged key away without another value',
    before: 'c: &c {p: true}\nweb: {<<: *c}\n',
    path: ['web', 'p'],
    change: gone,
    after: undefined,
  },
  {
    title: 'replaces an alias by a map that merges it',
    before: 'sc: &sc\n  privileged: true\nweb:\n  securityContext: *sc # ours\n  image: x\n',
    path: ['web', 'securityContext', 'privileged'],
    change: goneOr(false),
    after:
      'sc: &sc\n  privileged: true\nweb:\n  securityContext: # ours\n    <<: *sc\n    privileged: false\n  image: x\n',
  },
  {
    title: 'replaces an alias in flow style by a map that merges it',
    before: 'sc: &sc {privileged: true}\nweb: {sc: *sc, image: x}\n',
    path: ['web', 'sc', 'privileged'],
    change: goneOr(false),
    after: 'sc: &sc {privileged: true}\nweb: {sc: {<<: *sc, privileged: false}, image: x}\n',
  },
  {
    title: 'replaces an alias behind a dash by a map that merges it',
    before: 'c: &c {p: true}\nl:\n  - *c # ours\n  - x\n',
    path: ['l', 0, 'p'],
    change: goneOr(false),
    after: 'c: &c {p: true}\nl:\n  - <<: *c\n    p: false # ours\n  - x\n',
  },
  {
    title: 'copies what lies between a merge and the key',
    before: 'c: &c\n  s:\n    p: true\n    user: 0755\nweb:\n  <<: *c\n',
    path: ['web', 's', 'p'],
    change: goneOr(false),
    after: 'c: &c\n  s:\n    p: true\n    user: 0755\nweb:\n  <<: *c\n  s:\n    p: false\n    user: 0755\n',
  },
  {
    title: 'refuses to copy a value with a tag',
    before: 'c: &c {s: {p: true, t: !x y}}\nweb: {<<: *c}\n',
    path: ['web', 's', 'p'],
    change: goneOr(false),
    after: undefined,
  },
  {
    title: 'writes the remaining items of a merged list',
    before: 'c: &c\n  caps:\n    - ALL\n    - "NET"\n    - 0x1\nweb:\n  <<: *c\n',
    path: ['web', 'caps', 0],
    change: gone,
    after: 'c: &c\n  caps:\n    - ALL\n    - "NET"\n    - 0x1\nweb:\n  <<: *c\n  caps: ["NET", 0x1]\n',
  },
  {
    title: 'writes the remaining items of an aliased list, also when none remains',
    before: 'l: &l [a]\nweb:\n  caps: *l\n',
    path: ['web', 'caps', 0],
    change: gone,
    after: 'l: &l [a]\nweb:\n  caps: []\n',
  },
  {
    title: 'copies the items of an aliased list that are maps',
    before: 'l: &l\n  - a\n  - k: 1\n    m: 2\nweb:\n  caps: *l\n',
    path: ['web', 'caps', 0],
    change: gone,
    after: 'l: &l\n  - a\n  - k: 1\n    m: 2\nweb:\n  caps:\n    - k: 1\n      m: 2\n',
  },
  {
    title: 'puts a set value in the place of an alias',
    before: 'p: &p true\nweb:\n  p: *p # x\n',
    path: ['web', 'p'],
    change: (slot) => set(slot, false),
    after: 'p: &p true\nweb:\n  p: false # x\n',
  },
  {
    title: 'appends to a copy of an aliased list',
    before: 'l: &l [a]\nweb:\n  caps: *l\n',
    path: ['web', 'caps'],
    change: (slot) => append(slot, 'b'),
    after: 'l: &l [a]\nweb:\n  caps: [a, b]\n',
  },
  {
    title: 'prefixes a copy of a merged value',
    before: 'c: &c {image: nginx}\nweb: {<<: *c}\n',
    path: ['web', 'image'],
    change: (slot) => prefix(slot, 'reg/'),
    after: 'c: &c {image: nginx}\nweb: {<<: *c, image: reg/nginx}\n',
  },
];

const settings: readonly Case[] = [
  {
    title: 'replaces a scalar and nothing else',
    before: 'a: true   # why\n',
    path: ['a'],
    change: (slot) => set(slot, false),
    after: 'a: false   # why\n',
  },
  {
    title: 'keeps double quotes',
    before: 'a: "x" # why\n',
    path: ['a'],
    change: (slot) => set(slot, 'y"z'),
    after: 'a: "y\\"z" # why\n',
  },
  {
    title: 'keeps single quotes',
    before: "a: 'x'\n",
    path: ['a'],
    change: (slot) => set(slot, "it's"),
    after: "a: 'it''s'\n",
  },
  {
    title: 'writes behind the colon of a null',
    before: 'a: # why\nb: 1\n',
    path: ['a'],
    change: (slot) => set(slot, true),
    after: 'a: true # why\nb: 1\n',
  },
  {
    title: 'writes behind the dash of a null',
    before: '- a\n-\n',
    path: [1],
    change: (slot) => set(slot, 'b'),
    after: '- a\n- b\n',
  },
  {
    title: 'replaces a block scalar and keeps the comment of its header',
    before: 'a: |- # why\n  x\n  y\nb: 1\n',
    path: ['a'],
    change: (slot) => set(slot, 'z'),
    after: 'a: z # why\nb: 1\n',
  },
  {
    title: 'replaces a block map by a scalar',
    before: 'a: # why\n  b: 1\n  c: 2\nd: 1\n',
    path: ['a'],
    change: (slot) => set(slot, 3),
    after: 'a: 3 # why\nd: 1\n',
  },
  {
    title: 'replaces a scalar by a block map',
    before: 'a: 1 # why\nd: 1\n',
    path: ['a'],
    change: (slot) => set(slot, { b: { c: true }, l: ['x'], m: [] }),
    after: 'a: # why\n  b:\n    c: true\n  l: [x]\n  m: []\nd: 1\n',
  },
  {
    title: 'replaces a block map by another one',
    before: 'a:\n  b: 1\nd: 1\n',
    path: ['a'],
    change: (slot) => set(slot, { c: 1 }),
    after: 'a:\n  c: 1\nd: 1\n',
  },
  {
    title: 'replaces a list item by a map behind its dash',
    before: 'l:\n  - old # why\n  - x\n',
    path: ['l', 0],
    change: (slot) => set(slot, { b: 1, c: 2 }),
    after: 'l:\n  - b: 1\n    c: 2 # why\n  - x\n',
  },
  {
    title: 'keeps an anchor that nobody uses',
    before: 'a: &x 1\n',
    path: ['a'],
    change: (slot) => set(slot, 2),
    after: 'a: &x 2\n',
  },
  {
    title: 'refuses a tagged value',
    before: 'a: !t 1\n',
    path: ['a'],
    change: (slot) => set(slot, 2),
    after: undefined,
  },
  {
    title: 'adds a pair behind the last one, before what belongs to the next',
    before: 'web:\n    image: x # y\n    # note\n\n# about db\ndb:\n    image: z\n',
    path: ['web', 'read_only'],
    change: (slot) => set(slot, true),
    after: 'web:\n    image: x # y\n    read_only: true\n    # note\n\n# about db\ndb:\n    image: z\n',
  },
  {
    title: 'adds missing parents in the indentation of the file',
    before: 'web:\n    image: x\n',
    path: ['web', 'a', 'b', 'c'],
    change: (slot) => set(slot, 'on'),
    after: 'web:\n    image: x\n    a:\n        b:\n            c: "on"\n',
  },
  {
    title: 'adds a pair to the map of a list item',
    before: 'l:\n- name: x\n  image: y\n- name: z\n',
    path: ['l', 0, 'a', 'b'],
    change: (slot) => set(slot, false),
    after: 'l:\n- name: x\n  image: y\n  a:\n    b: false\n- name: z\n',
  },
  {
    title: 'adds a pair behind a block scalar that keeps its blank lines',
    before: 'w:\n  a: |+\n    x\n\n\nb: 1\n',
    path: ['w', 'c'],
    change: (slot) => set(slot, 1),
    after: 'w:\n  a: |+\n    x\n\n\n  c: 1\nb: 1\n',
  },
  {
    title: 'adds to a flow map',
    before: 'w: { a: 1 } # x\n',
    path: ['w', 'b', 'c'],
    change: (slot) => set(slot, 'd, e'),
    after: 'w: { a: 1, b: {c: "d, e"} } # x\n',
  },
  {
    title: 'adds to a flow map with a trailing comma',
    before: 'w: {a: 1,}\n',
    path: ['w', 'b'],
    change: (slot) => set(slot, 2),
    after: 'w: {a: 1, b: 2,}\n',
  },
  {
    title: 'adds a line to JSON in its manner',
    before: '{\n  "a": "x",\n  "b": "y"\n}\n',
    path: ['c'],
    change: (slot) => set(slot, { d: 'e' }),
    after: '{\n  "a": "x",\n  "b": "y",\n  "c": {"d": "e"}\n}\n',
  },
  {
    title: 'adds a line to a flow map with comments',
    before: 'w: {\n  a: 1, # one\n  b: 2 # two\n}\n',
    path: ['w', 'c'],
    change: (slot) => set(slot, 3),
    after: 'w: {\n  a: 1, # one\n  b: 2, # two\n  c: 3\n}\n',
  },
  {
    title: 'fills an empty map in block style',
    before: 'w:\n  r: {} # none\n  x: 1\n',
    path: ['w', 'r', 'limits', 'memory'],
    change: (slot) => set(slot, '128Mi'),
    after: 'w:\n  r: # none\n    limits:\n      memory: 128Mi\n  x: 1\n',
  },
  {
    title: 'fills an empty map in flow style',
    before: 'w: {r: {}}\n',
    path: ['w', 'r', 'a'],
    change: (slot) => set(slot, 1),
    after: 'w: {r: {a: 1}}\n',
  },
  {
    title: 'fills a null owner',
    before: 'w:\n  db: # later\n  x: 1\n',
    path: ['w', 'db', 'a'],
    floor: 2,
    change: (slot) => set(slot, 1),
    after: 'w:\n  db: # later\n    a: 1\n  x: 1\n',
  },
  {
    title: 'fills a null list item',
    before: '- x\n-\n',
    path: [1, 'a', 'b'],
    change: (slot) => set(slot, 1),
    after: '- x\n- a:\n    b: 1\n',
  },
  {
    title: 'fills an empty root',
    before: '{}\n',
    path: ['a', 'b'],
    change: (slot) => set(slot, 1),
    after: 'a:\n  b: 1\n',
  },
  {
    title: 'sets behind an explicit key',
    before: '? a\n: 1\n? b\n: x\n',
    path: ['b'],
    change: (slot) => set(slot, { c: 1 }),
    after: '? a\n: 1\n? b\n:\n  c: 1\n',
  },
  {
    title: 'sets a key without colon in flow style',
    before: 'w: {a, b}\n',
    path: ['w', 'a'],
    change: (slot) => set(slot, 1),
    after: 'w: {a: 1, b}\n',
  },
  {
    title: 'refuses to add a pair below a key whose value may still come',
    before: 'a:\n    b: 0\n    ? 0\n    -\n',
    path: ['a', 'c'],
    change: (slot) => set(slot, 1),
    after: undefined,
  },
  {
    title: 'refuses to set below a scalar',
    before: 'a: 1\n',
    path: ['a', 'b'],
    change: (slot) => set(slot, 1),
    after: undefined,
  },
  {
    title: 'refuses to set an item that is not there',
    before: 'a: [1]\n',
    path: ['a', 4],
    change: (slot) => set(slot, 1),
    after: undefined,
  },
  {
    title: 'refuses to edit a map without braces',
    before: 'a: [b: 1]\n',
    path: ['a', 0, 'c'],
    change: (slot) => set(slot, 1),
    after: undefined,
  },
];

const additions: readonly Case[] = [
  {
    title: 'appends to a block list in its indentation',
    before: 'l:\n- a # 1\n# end\nx: 1\n',
    path: ['l'],
    change: (slot) => append(slot, 'b'),
    after: 'l:\n- a # 1\n- b\n# end\nx: 1\n',
  },
  {
    title: 'appends a map to a block list',
    before: 'l:\n  - a: 1\n',
    path: ['l'],
    change: (slot) => append(slot, { b: 1, c: { d: 2 } }),
    after: 'l:\n  - a: 1\n  - b: 1\n    c:\n      d: 2\n',
  },
  {
    title: 'appends to a compact nested list',
    before: '- - a\n- c\n',
    path: [0],
    change: (slot) => append(slot, 'b'),
    after: '- - a\n  - b\n- c\n',
  },
  {
    title: 'appends in the quotes of the list',
    before: "l: ['a', 'b']\n",
    path: ['l'],
    change: (slot) => append(slot, 'c'),
    after: "l: ['a', 'b', 'c']\n",
  },
  {
    title: 'appends to a flow list',
    before: 'l: [ a ]\n',
    path: ['l'],
    change: (slot) => append(slot, 'b: c'),
    after: 'l: [ a, "b: c" ]\n',
  },
  {
    title: 'appends a line to a flow list',
    before: 'l: [\n  a, # 1\n]\n',
    path: ['l'],
    change: (slot) => append(slot, 'b'),
    after: 'l: [\n  a, # 1\n  b,\n]\n',
  },
  {
    title: 'appends to an empty list',
    before: 'l: [] # none\n',
    path: ['l'],
    change: (slot) => append(slot, 'b'),
    after: 'l: [b] # none\n',
  },
  {
    title: 'appends to a null list',
    before: 'l:\nx: 1\n',
    path: ['l'],
    change: (slot) => append(slot, 'b'),
    after: 'l: [b]\nx: 1\n',
  },
  {
    title: 'appends to a missing list',
    before: 'w:\n  x: 1\n',
    path: ['w', 'caps', 'drop'],
    change: (slot) => append(slot, 'ALL'),
    after: 'w:\n  x: 1\n  caps:\n    drop: [ALL]\n',
  },
  {
    title: 'refuses to append to a scalar',
    before: 'l: x\n',
    path: ['l'],
    change: (slot) => append(slot, 'b'),
    after: undefined,
  },
  {
    title: 'puts a plain value in quotes to prefix it',
    before: 'p:\n  - 8080:80 # web\n',
    path: ['p', 0],
    change: (slot) => prefix(slot, '127.0.0.1:'),
    after: 'p:\n  - "127.0.0.1:8080:80" # web\n',
  },
  {
    title: 'takes single quotes where the file does',
    before: "a: 'x'\np: 80\n",
    path: ['p'],
    change: (slot) => prefix(slot, "it's "),
    after: "a: 'x'\np: 'it''s 80'\n",
  },
  {
    title: 'prefixes inside double quotes',
    before: 'p: "8\\u0030" # x\n',
    path: ['p'],
    change: (slot) => prefix(slot, 'a"'),
    after: 'p: "a\\"8\\u0030" # x\n',
  },
  {
    title: 'prefixes inside single quotes',
    before: "p: 'it''s'\n",
    path: ['p'],
    change: (slot) => prefix(slot, "a'"),
    after: "p: 'a''it''s'\n",
  },
  {
    title: 'refuses to prefix a block scalar',
    before: 'p: |\n  x\n',
    path: ['p'],
    change: (slot) => prefix(slot, 'a'),
    after: undefined,
  },
  {
    title: 'refuses to prefix nothing',
    before: 'p:\n',
    path: ['p'],
    change: (slot) => prefix(slot, 'a'),
    after: undefined,
  },
];

const endings: readonly Case[] = [
  {
    title: 'adds to a plain value and nothing else',
    before: 'v:\n  - ~/.aws:/aws # mine\n  - b\n',
    path: ['v', 0],
    change: (slot) => replaceEnding(slot, '', ':ro'),
    after: 'v:\n  - ~/.aws:/aws:ro # mine\n  - b\n',
  },
  {
    title: 'changes the end inside quotes',
    before: `v: ["\\x2fa:/b:z", '/c:/d:z']\n`,
    path: ['v', 0],
    change: (slot) => replaceEnding(slot, ':z', ':z,ro'),
    after: `v: ["\\x2fa:/b:z,ro", '/c:/d:z']\n`,
  },
  {
    title: 'writes a value anew whose end is written with an escape',
    before: 'v: "/a\\x3az"\n',
    path: ['v'],
    change: (slot) => replaceEnding(slot, ':z', ''),
    after: 'v: "/a"\n',
  },
  {
    title: 'puts a plain value in quotes where the new end needs them',
    before: 'v: [/a:/b:z, /c]\n',
    path: ['v', 0],
    change: (slot) => replaceEnding(slot, ':z', ':z,ro'),
    after: 'v: ["/a:/b:z,ro", /c]\n',
  },
  {
    title: 'keeps a value a string',
    before: 'v: 1:z\n',
    path: ['v'],
    change: (slot) => replaceEnding(slot, ':z', ''),
    after: 'v: "1"\n',
  },
  {
    title: 'refuses an end that is not written there',
    before: 'v: /a:/b$' + '{OPTIONS:-:z}\n',
    path: ['v'],
    change: (slot) => replaceEnding(slot, ':z', ''),
    after: undefined,
  },
  {
    title: 'refuses to change the end of a block scalar',
    before: 'v: |-\n  /a:/b\n',
    path: ['v'],
    change: (slot) => replaceEnding(slot, '', ':ro'),
    after: undefined,
  },
  {
    title: 'refuses to change the end of a value that an alias brings to others',
    before: 'v: &v /a:/b\nw: *v\n',
    path: ['v'],
    change: (slot) => replaceEnding(slot, '', ':ro'),
    after: undefined,
  },
  {
    title: 'changes the end in a copy of what an alias stands for',
    before: 'v: &v [/a:/a, /b:/b]\nw: *v\n',
    path: ['w', 1],
    change: (slot) => replaceEnding(slot, '', ':ro'),
    after: 'v: &v [/a:/a, /b:/b]\nw: [/a:/a, /b:/b:ro]\n',
  },
];

const joined: Make = (slot) => join(slot);

const joins: readonly Case[] = [
  {
    title: 'puts a block item into the one before it, with every comment',
    before: 'l: # list\n  - a: 1 # a\n  # between\n  - b: # b\n      # inner\n      c: 2 # c\n  - d: 3\n',
    path: ['l', 1],
    change: joined,
    after: 'l: # list\n  - a: 1 # a\n  # between\n    b: # b\n      # inner\n      c: 2 # c\n  - d: 3\n',
  },
  {
    title: 'leaves anchors, aliases and block scalars as they are',
    before: '- a: &x |\n    text\n- b: &y {c: *x}\n- *y\n',
    path: [1],
    change: joined,
    after: '- a: &x |\n    text\n  b: &y {c: *x}\n- *y\n',
  },
  {
    title: 'joins maps in braces, over lines too',
    before: 'l: [\n  { a: 1 },\n  { &k b: 2, c: 3 }, # end\n]\n',
    path: ['l', 1],
    change: joined,
    after: 'l: [\n  { a: 1, &k b: 2, c: 3 }, # end\n]\n',
  },
  {
    title: 'joins maps in braces that are items of a block',
    before: '- {a: 1}\n- {b: 2}\n',
    path: [1],
    change: joined,
    after: '- {a: 1, b: 2}\n',
  },
  {
    title: 'joins no maps in braces with a comment between them',
    before: '- {a: 1} # one\n- {b: 2}\n',
    path: [1],
    change: joined,
    after: undefined,
  },
  { title: 'joins no maps with the same key', before: '- a: 1\n- a: 2\n', path: [1], change: joined, after: undefined },
  {
    title: 'joins no block map with one in braces',
    before: '- a: 1\n- {b: 2}\n',
    path: [1],
    change: joined,
    after: undefined,
  },
  {
    title: 'joins no maps with keys in different columns',
    before: '- a: 1\n-   b: 2\n',
    path: [1],
    change: joined,
    after: undefined,
  },
  {
    title: 'joins no map with an anchor of its own',
    before: '- a: 1\n- &x\n  b: 2\n',
    path: [1],
    change: joined,
    after: undefined,
  },
  {
    title: 'joins the first item with nothing',
    before: '- a: 1\n- b: 2\n',
    path: [0],
    change: joined,
    after: undefined,
  },
  { title: 'joins no empty map', before: '- {}\n- {b: 2}\n', path: [1], change: joined, after: undefined },
  { title: 'joins nothing but maps', before: '- a\n- b: 2\n', path: [1], change: joined, after: undefined },
  { title: 'joins no field of a map', before: 'a: {b: 1}\nc: {d: 2}\n', path: ['c'], change: joined, after: undefined },
  {
    title: 'joins nothing through an alias',
    before: 'l: &l [{a: 1}, {b: 2}]\nm: *l\n',
    path: ['m', 1],
    change: joined,
    after: undefined,
  },
];

const groups: readonly (readonly [string, readonly Case[]])[] = [
  ['remove', removals],
  ['values from elsewhere', elsewhere],
  ['set', settings],
  ['replaceEnding', endings],
  ['append and prefix', additions],
  ['join', joins],
];

const crlf = (text: string) => text.replaceAll('\n', '\r\n');
const withoutEnd = (text: string) => text.replace(/\n$/, '');

describe('yaml edits', () => {
  for (const [group, cases] of groups) {
    describe(group, () => {
      for (const one of cases) {
        it(one.title, () => {
          const check = (index: number, vary: (text: string) => string, how: string) =>
            assert.equal(
              applied(vary(one.before), index, one),
              one.after === undefined ? undefined : vary(one.after),
              how,
            );
          check(0, (text) => text, 'as it stands');
          check(0, crlf, 'with CRLF');
          check(0, withoutEnd, 'without final line end');
          // Where there is no line end, nothing says what a new one is.
          if (withoutEnd(one.before).includes('\n'))
            check(0, (text) => crlf(withoutEnd(text)), 'with CRLF, without final line end');
          check(0, (text) => `\uFEFF${text}`, 'with a byte order mark');
          check(1, (text) => `# é\na: 1\n---\n${text}`, 'as second document');
          check(1, (text) => `first: 1\n---\n${text}---\na: [\n`, 'before a broken document');
          check(1, (text) => crlf(`first: 1\n...\n${text}...\n`), 'between document ends');
        });
      }
    });
  }

  it('replaces exactly the text of a place', () => {
    const place = { file: 'file', span: { start: 3, end: 4 } };
    assert.deepEqual(yamlEdits({ kind: 'replaceText', place, text: 'x' }, 'a: 1\n'), [
      { span: place.span, newText: 'x' },
    ]);
    assert.equal(yamlEdits({ kind: 'replaceText', place, text: 'x' }, 'a:'), undefined);
  });

  it('makes no files', () => {
    assert.equal(yamlEdits({ kind: 'createFile', file: 'x', text: 'y' }, ''), undefined);
  });

  it('refuses a slot of another language, another file or another text', () => {
    const slot = slotIn('a: 1\nb: 2\n', 0, ['a'], 0);
    assert.equal(yamlEdits(remove({ language: 'dockerfile', file: 'file' }), 'a: 1\nb: 2\n'), undefined);
    assert.equal(yamlEdits(remove({ ...slot, file: 'other' } as YamlSlot), 'a: 1\nb: 2\n'), undefined);
    assert.equal(yamlEdits(remove(slot), 'a: 2\nb: 2\n'), undefined);
    assert.notEqual(yamlEdits(remove(slot), 'a: 1\nb: 2\n'), undefined);
  });

  it('refuses an indentation that a tab makes unclear', () => {
    const text = '{"a":\n\t{"b": 1}}\n';
    const edits = yamlEdits(set(slotIn(text, 0, ['a', 'c'], 0), 1), text);
    assert.equal(edits && applyEdits(text, edits), '{"a":\n\t{"b": 1, "c": 1}}\n');
  });

  it('quotes every string that would read as something else', () => {
    const special = [
      '',
      ' x',
      'x ',
      'yes',
      'No',
      'ON',
      'y',
      'null',
      '~',
      '1',
      '-1',
      '+1',
      '0x1F',
      '0o7',
      '0b1',
      '1_000',
      '1.5',
      '.5',
      '1e3',
    ];
    special.push(
      '.inf',
      '-.INF',
      '.NaN',
      '22:22',
      '1:20:30',
      '2024-01-02',
      '2024-1-2T00:00:00Z',
      'a: b',
      'a #b',
      '#a',
      '&a',
      '*a',
      '!a',
      '|',
      '>',
    );
    special.push(
      '%a',
      '@a',
      '`a',
      '"a',
      "'a",
      '-',
      '- a',
      '?',
      ': a',
      'a:',
      '[a',
      '{a',
      ',a',
      '=',
      '<<',
      '---',
      '...',
      'a\nb',
      'a\tb',
      '\u0085',
      '\u2028',
      '\uD800',
    );
    for (const value of special) {
      const text = 'a: b\n';
      const edits = yamlEdits(set(slotIn(text, 0, ['a'], 0), value), text);
      const after = edits && applyEdits(text, edits);
      assert.match(after ?? '', /^a: ["'].*["']\n$/, JSON.stringify(value));
      assert.equal(slotIn(after ?? '', 0, [], 0).document.root.node?.kind, 'map');
    }
    for (const value of [
      'nginx:1.27',
      '128Mi',
      '--flag',
      '/tmp:/x',
      'a-b',
      'a#b',
      '100m',
      '10.0.0.0/8',
      '$HOME',
      'ALL',
    ]) {
      const text = 'a: b\n';
      const edits = yamlEdits(set(slotIn(text, 0, ['a'], 0), value), text);
      assert.equal(edits && applyEdits(text, edits), `a: ${value}\n`);
    }
  });
});
