// Merges what a later file, a later document or an extending service says onto what lies below it, key by key, as
// compose-go does (override/merge.go). Values keep where they were written; what is merged knows where a change goes.
import type { Hop } from '../../../model/located.js';
import {
  entries,
  items,
  placeOf,
  slotBelow,
  slotOf,
  type YamlDocument,
  type YamlEntry,
  type YamlSlot,
  type YamlValue,
} from '../../yaml/document.js';
import { isNull } from '../../yaml/node.js';
import { hole } from '../interpolation.js';
import { type ComposeValues, field, isReset } from '../values.js';
import { type MergeManner, mannerAt } from './manners.js';
import { resolvePath } from './resolve-path.js';

/** What tells items apart. */
export interface Reading {
  readonly values: ComposeValues;
  /** The folder that paths in a document count from. */
  readonly folderOf: (document: YamlDocument) => string;
}

export interface Merging extends Reading {
  /** Which side changes are made to: the file that others override, or the service that extends another one. */
  readonly anchor: 'below' | 'above';
  /** A value was taken away by `!reset`, or replaced by `!override`. */
  readonly onTag: (tagged: YamlValue) => void;
  /** `!reset` took a value away, whose key has this path. */
  readonly onRemoval: (removed: YamlValue, tagged: YamlValue, path: readonly string[]) => void;
  /** Two values of which one cannot be merged onto the other: Compose refuses them. */
  readonly onMismatch: (below: YamlValue, above: YamlValue) => void;
}

/** `path` leads from the root of the project to the value. */
export function mergeValues(merging: Merging, below: YamlValue, above: YamlValue, path: readonly string[]): YamlValue {
  if (isNothing(above)) {
    // A command is replaced whole, also by none.
    const isCleared = mannerAt(path) === 'replace' && path.length === 3 && above.node?.tag === undefined;
    return isCleared ? replacing(below, above) : below;
  }
  if (isOverride(above) && !isNothing(below)) merging.onTag(above);
  // What is for other programs is merged with nothing.
  if (isNothing(below) || path.at(-1)?.startsWith('x-')) return atHome(merging, below, above);
  if (below.duplicate || above.duplicate || isOverride(above)) return replacing(below, atHome(merging, below, above));
  const manner = mannerAt(path);
  if (manner === 'replace') return replacing(below, above);
  const kinds = `${below.node?.kind} ${above.node?.kind}`;
  if (manner === 'logging' && !sameDriver(merging.values, below, above)) {
    return replacing(below, atHome(merging, below, above));
  }
  if (manner === 'hosts') return mergeLists(merging, below, above, manner);
  if (kinds === 'map map') return mergeMaps(merging, below, above, path, ofMap);
  if (manner === 'names' && kinds !== 'sequence sequence') return mergeMaps(merging, below, above, path, ofNames);
  if (manner === 'conditions') return mergeMaps(merging, below, above, path, ofNames);
  if (manner === 'build') {
    return kinds === 'scalar scalar' ? replacing(below, above) : mergeMaps(merging, below, above, path, ofBuild);
  }
  if (kinds === 'sequence sequence' || manner === 'assignments' || manner === 'texts' || manner === 'files') {
    return mergeLists(merging, below, above, manner === 'names' ? 'set' : manner);
  }
  if (kinds !== 'scalar scalar') merging.onMismatch(below, above);
  return replacing(below, above);
}

function replacing(below: YamlValue, above: YamlValue): YamlValue {
  return { ...above, replaces: below };
}

function isNothing(value: YamlValue): boolean {
  return (isNull(value.node) && value.merged === undefined) || isReset(value);
}

function isOverride({ node }: YamlValue): boolean {
  return node?.tag === '!override';
}

/** A value of one side only. Where that is not the side of changes, what is missing in it is still added there. */
function atHome({ anchor }: Merging, below: YamlValue, above: YamlValue): YamlValue {
  return anchor === 'above' ? above : withHome(above, slotOf(below));
}

function withHome(value: YamlValue, home: YamlSlot): YamlValue {
  return value.node?.kind === 'scalar' || value.node === undefined ? value : { ...value, home };
}

/** The entries of a value as those of a map. */
type Entries = (values: ComposeValues, value: YamlValue) => readonly YamlEntry[];

const ofMap: Entries = (_, value) => entries(value);

/** A list of names stands for a map without values. */
const ofNames: Entries = (values, value) => {
  if (value.node?.kind !== 'sequence') return entries(value);
  return items(value).flatMap((item) => {
    const name = values.known(item)?.value;
    if (name === undefined) return [];
    return [{ key: name, keyAt: placeOf(item), value: { ...item, node: undefined } }];
  });
};

/** `build: ./dir` stands for its context. */
const ofBuild: Entries = (_, value) =>
  value.node?.kind === 'scalar' ? [{ key: 'context', keyAt: placeOf(value), value }] : entries(value);

function mergeMaps(
  merging: Merging,
  below: YamlValue,
  above: YamlValue,
  path: readonly string[],
  entriesOf: Entries,
): YamlValue {
  const { values, anchor } = merging;
  const [own, other] = anchor === 'below' ? [below, above] : [above, below];
  const merged = new Map<string, YamlEntry>();
  for (const entry of entriesOf(values, below)) {
    if (!isReset(entry.value)) merged.set(entry.key, entry);
  }
  const isNamed = path.length === 1;
  const manner = mannerAt(path);
  for (const entry of entriesOf(values, above)) {
    const { key } = entry;
    const before = merged.get(key);
    if (before !== undefined && isPlainAgain(path, above, entry)) {
      merged.set(key, { ...entry, value: withoutCondition(before.value, entry.value) });
      continue;
    }
    if (isReset(entry.value)) {
      if (before === undefined) continue;
      merged.delete(key);
      merging.onTag(entry.value);
      merging.onRemoval(before.value, entry.value, [...path, key]);
    } else if (manner === 'assignments' && isNothing(entry.value)) merged.set(key, entry);
    else if (before === undefined) merged.set(key, entry);
    else {
      const upper = isNamed && anchor === 'below' ? reachedBy(entry.value, overrideOf(before)) : entry.value;
      const value = mergeValues(merging, before.value, upper, [...path, key]);
      const kept = value === before.value || (value.merged !== undefined && anchor === 'below');
      merged.set(key, { key, keyAt: kept ? before.keyAt : entry.keyAt, value });
    }
  }
  const home = slotOf(own);
  // What only the other side has is changed there, but completed here; a whole service is the matter of its own file.
  for (const entry of isNamed ? [] : entriesOf(values, other)) {
    const now = merged.get(entry.key);
    if (now === undefined || now.value !== entry.value) continue;
    merged.set(entry.key, { ...now, value: withHome(now.value, slotBelow(own, entry.key)) });
  }
  const face = [own, other].find(({ node }) => node?.kind === 'map') ?? asMap(own);
  return { ...face, via: own.via, home, merged: { kind: 'map', entries: merged } };
}

/** Two lists of names are a map of both. */
function asMap(value: YamlValue): YamlValue {
  const { node } = value;
  return node === undefined ? value : { ...value, node: { ...node, kind: 'map', flow: true, pairs: [] } };
}

/** A name in a list of dependencies takes the condition of the map below away, and nothing else. */
function isPlainAgain(path: readonly string[], above: YamlValue, { value }: YamlEntry): boolean {
  return mannerAt(path) === 'conditions' && above.node?.kind === 'sequence' && !isReset(value);
}

function withoutCondition(below: YamlValue, above: YamlValue): YamlValue {
  const kept = entries(below).filter(({ key }) => key !== 'condition' && key !== 'required');
  if (kept.length === 0) return { ...above, replaces: below };
  const merged = { kind: 'map', entries: new Map(kept.map((entry) => [entry.key, entry])) } as const;
  return { ...below, home: slotOf(below), merged };
}

function overrideOf({ keyAt }: YamlEntry): Hop {
  return { kind: 'override', at: keyAt };
}

/** The same value at the end of one more hop. */
export function reachedBy(value: YamlValue, hop: Hop): YamlValue {
  const { merged } = value;
  const via = [hop, ...value.via].slice(0, 20);
  if (merged === undefined) return { ...value, via };
  // Whatever was merged carries its hops in its parts.
  if (merged.kind === 'sequence') {
    return { ...value, via, merged: { kind: 'sequence', items: merged.items.map((item) => reachedBy(item, hop)) } };
  }
  const reached = new Map<string, YamlEntry>();
  for (const [key, entry] of merged.entries) reached.set(key, { ...entry, value: reachedBy(entry.value, hop) });
  return { ...value, via, merged: { kind: 'map', entries: reached } };
}

function mergeLists(merging: Merging, below: YamlValue, above: YamlValue, manner: MergeManner): YamlValue {
  const { anchor } = merging;
  if (manner === 'subnets') return mergeSubnets(merging, below, above);
  const reset = new Set(entries(above).flatMap(({ key, value }) => (isReset(value) ? key : [])));
  const kept = partsOf(below, manner).filter(({ pair }) => pair === undefined || !reset.has(pair.key));
  const parts = [...kept, ...partsOf(above, manner)];
  const own = anchor === 'below' ? below : above;
  const face = [own, below, above].find(({ node }) => node?.kind === 'sequence');
  const merged = { kind: 'sequence', items: distinct(merging, parts, manner) } as const;
  if (face !== undefined) return { ...face, via: own.via, home: slotOf(own), merged };
  // Two texts are a list of both.
  const { node } = own;
  const sequence = node === undefined ? undefined : ({ ...node, kind: 'sequence', flow: true, items: [] } as const);
  return { ...own, node: sequence, home: slotOf(own), merged };
}

function mergeSubnets(merging: Merging, below: YamlValue, above: YamlValue): YamlValue {
  const subnetOf = (item: YamlValue) => {
    const subnet = field(item, 'subnet');
    return subnet === undefined ? undefined : merging.values.known(subnet)?.value;
  };
  const merged = [...items(below)];
  for (const item of items(above)) {
    const subnet = subnetOf(item);
    const index = merged.findIndex((one) => subnet !== undefined && subnetOf(one) === subnet);
    const same = merged[index];
    if (same === undefined) merged.push(item);
    else merged[index] = mergeValues(merging, same, item, ['networks', '', 'ipam', 'config', '']);
  }
  return { ...below, home: slotOf(below), merged: { kind: 'sequence', items: merged } };
}

/** The items of a list; the pairs of a map, or a text alone, as items. */
function partsOf(value: YamlValue, manner: MergeManner): readonly YamlValue[] {
  if (value.node?.kind === 'sequence') return items(value);
  if (value.node?.kind === 'map' && (manner === 'assignments' || manner === 'hosts')) {
    return entries(value).flatMap((pair) => (isReset(pair.value) ? [] : { ...pair.value, pair }));
  }
  return [value];
}

/** Of items with one key the last one counts, in the place of the first. */
export function distinct(reading: Reading, parts: readonly YamlValue[], manner: MergeManner): readonly YamlValue[] {
  if (manner === 'append') return parts;
  const kept: YamlValue[] = [];
  const known = new Map<string, number>();
  for (const part of parts) {
    const key = keyOf(reading, part, manner);
    const index = key === undefined ? undefined : known.get(key);
    const before = index === undefined ? undefined : kept[index];
    // Twice in one list is a mistake, which a rule tells of.
    const isRepeated = manner === 'assignments' && before?.document === part.document;
    if (index !== undefined && before !== undefined && !isRepeated) kept[index] = replacingItem(before, part);
    else {
      if (key !== undefined) known.set(key, kept.length);
      kept.push(part);
    }
  }
  return kept;
}

function replacingItem(below: YamlValue, above: YamlValue): YamlValue {
  const { pair } = above;
  if (pair === undefined) return { ...above, replaces: below };
  return { ...above, replaces: below, pair: { ...pair, value: { ...pair.value, replaces: below } } };
}

/** Undefined where it cannot be told, so that the item stands for itself. */
function keyOf({ values, folderOf }: Reading, part: YamlValue, manner: MergeManner): string | undefined {
  const whole = (value: YamlValue | undefined) => (value === undefined ? undefined : values.known(value)?.value);
  if (part.pair !== undefined) {
    return manner === 'hosts' ? `${part.pair.key}=${whole(part.pair.value) ?? hole}` : part.pair.key;
  }
  if (part.node?.kind === 'map') {
    const keys = keysOfMaps[manner] ?? [];
    const written = keys.flatMap((key) => {
      const text = whole(field(part, key));
      return text === undefined ? [] : { key, text };
    })[0];
    if (written === undefined) return undefined;
    if (manner === 'files') return resolvePath(folderOf(part.document), written.text) ?? written.text;
    return placeOfItem(manner, written.text, written.key === 'target');
  }
  const text = values.withHoles(part)?.value;
  if (text === undefined) return undefined;
  if (manner === 'assignments') {
    const [name = ''] = text.split('=', 1);
    return name.includes(hole) ? undefined : name;
  }
  if (text.includes(hole)) return undefined;
  if (manner === 'files') return resolvePath(folderOf(part.document), text) ?? text;
  if (manner !== 'devices') return placeOfItem(manner, text, false);
  const [source = '', target] = text.split(':');
  return target ?? source;
}

const keysOfMaps: { readonly [manner in MergeManner]?: readonly string[] } = {
  files: ['path'],
  secrets: ['target', 'source'],
  configs: ['target', 'source'],
  devices: ['target', 'source'],
};

/** Where a secret or a config goes when nobody says. */
function placeOfItem(manner: MergeManner, text: string, isTarget: boolean): string {
  if (isTarget) return text;
  if (manner === 'secrets') return `/run/secrets/${text}`;
  return manner === 'configs' ? `/${text}` : text;
}

function sameDriver(values: ComposeValues, below: YamlValue, above: YamlValue): boolean {
  const driverOf = (value: YamlValue) => {
    const driver = entries(value).find(({ key }) => key === 'driver')?.value;
    return driver === undefined || isNull(driver.node) ? undefined : (values.withHoles(driver)?.value ?? '');
  };
  const [first, second] = [driverOf(below), driverOf(above)];
  return first === undefined || second === undefined || first === second;
}
