// The effective contents of a document: aliases followed, merge keys looked through, every step remembered.
import type { Hop, Slot } from '../../model/located.js';
import type { FileId, Place, Span } from '../../text/span.js';
import type { YamlAlias, YamlItem, YamlMap, YamlNode, YamlPair } from './node.js';
import type { Slice } from './stream.js';
import type { YamlTree } from './tree.js';

/** Merging and reading through aliases stop here; a document that wants more is an attack or a mistake. */
const maxExpanded = 100_000;
const maxMergeDepth = 100;

export type Path = readonly (string | number)[];

/** The address of a field of a YAML document. */
export interface YamlSlot extends Slot {
  readonly language: 'yaml';
  readonly document: YamlDocument;
  /** From the root of the document: keys, and the index of an item; the index of a pair whose key another one has too. */
  readonly path: Path;
  /** As many leading parts of the path belong to the owner, which a change never takes away. */
  readonly floor: number;
}

/** A step through an alias or a merge key, relative to the slice. */
interface Step {
  readonly kind: 'alias' | 'merge-key';
  readonly span: Span;
}

/** A pair of the effective map and how it got there. */
interface Entry {
  readonly pair: YamlPair;
  readonly steps: readonly Step[];
  /** The same map writes the key twice: its consumers disagree about which one counts. */
  readonly duplicate: boolean;
}

/** The effective maps of a tree, which outlasts its document while others are typed in. */
class EffectiveMaps {
  readonly known = new Map<YamlMap, ReadonlyMap<string, Entry>>();
  /** Those that are being made. */
  readonly busy = new Set<YamlMap>();
  /** How many pairs were merged. */
  merged = 0;
}

const effectiveMaps = new WeakMap<YamlTree, EffectiveMaps>();

function effectiveMapsOf(tree: YamlTree): EffectiveMaps {
  const known = effectiveMaps.get(tree);
  if (known !== undefined) return known;
  const maps = new EffectiveMaps();
  effectiveMaps.set(tree, maps);
  return maps;
}

export class YamlDocument {
  readonly file: FileId;
  readonly tree: YamlTree;
  /** Where the slice begins in the file. */
  readonly base: number;
  readonly #maps: EffectiveMaps;
  /** How many values were read through aliases. */
  #expanded = 0;

  constructor(file: FileId, slice: Slice) {
    this.file = file;
    this.tree = slice.tree();
    this.base = slice.span.start;
    this.#maps = effectiveMapsOf(this.tree);
  }

  /** The place of a span of the slice. */
  place(span: Span): Place {
    return { file: this.file, span: { start: span.start + this.base, end: span.end + this.base } };
  }

  /** True where merging or reading through aliases was stopped at the limit. */
  get exhausted(): boolean {
    return this.#expanded + this.#maps.merged >= maxExpanded;
  }

  /** Whether the children of a value may be read. Those that many users share through aliases are counted each time. */
  admits(value: YamlValue, children: number): boolean {
    if (!isShared(value)) return true;
    this.#expanded += children;
    return !this.exhausted;
  }

  get root(): YamlValue {
    return valueAt(this, this.tree.root, [], 0, [], this.tree.root?.span ?? { start: 0, end: 0 });
  }

  /**
   * The pairs of a map by name: its own first, then those of its `<<` sources from left to right, first one wins. Shallow,
   * and an own key wins wherever it stands (YAML merge key type; Compose and Kubernetes agree).
   */
  effective(map: YamlMap): ReadonlyMap<string, Entry> {
    const known = this.#maps.known.get(map);
    if (known !== undefined) return known;
    const entries = new Map<string, Entry>();
    for (const pair of map.pairs) {
      if (pair.name === undefined || pair.merge) continue;
      entries.set(pair.name, { pair, steps: [], duplicate: entries.has(pair.name) });
    }
    // A map that merges itself, or an attack with ever more merges, ends here.
    const { known: made, busy } = this.#maps;
    busy.add(map);
    if (busy.size > maxMergeDepth) this.#maps.merged = maxExpanded;
    for (const pair of map.pairs) if (pair.merge) this.#merge(entries, pair.value);
    busy.delete(map);
    made.set(map, entries);
    return entries;
  }

  #merge(entries: Map<string, Entry>, source: YamlNode | undefined): void {
    const own = resolve(source);
    const sources = own.node?.kind === 'sequence' ? own.node.items.map((item) => item.value) : [source];
    for (const one of sources) {
      const { node, alias } = resolve(one);
      if (node?.kind !== 'map' || this.#maps.busy.has(node) || this.exhausted) continue;
      // In the user's text: the alias to a list, not those inside the list.
      const from = own.alias ?? alias;
      const steps: readonly Step[] = from === undefined ? [] : [{ kind: 'merge-key', span: from.span }];
      for (const [name, entry] of this.effective(node)) {
        if (this.exhausted) return;
        this.#maps.merged++;
        if (!entries.has(name)) entries.set(name, { ...entry, steps: [...steps, ...entry.steps].slice(0, 20) });
      }
    }
  }
}

export function resolve(node: YamlNode | undefined): {
  readonly node: Exclude<YamlNode, YamlAlias> | undefined;
  readonly alias: YamlAlias | undefined;
} {
  return node?.kind === 'alias' ? { node: node.target, alias: node } : { node, alias: undefined };
}

/** A value of the effective document. */
export interface YamlValue {
  readonly document: YamlDocument;
  /** Never an alias; undefined where nothing is written, or an alias leads nowhere. */
  readonly node: Exclude<YamlNode, YamlAlias> | undefined;
  readonly path: Path;
  readonly floor: number;
  readonly via: readonly Hop[];
  /** Where the value is written; where nothing is, its key. Relative to the slice. */
  readonly span: Span;
  /** True where its map writes the key twice, so that its value cannot be told. */
  readonly duplicate: boolean;
  /**
   * What it holds, where several values were merged into it, of other documents too: it counts, and not what stands in
   * `node`, which is one of them and has the same kind.
   */
  readonly merged?: Merged | undefined;
  /** Where a change to it goes, where that is not where it is written. */
  readonly home?: YamlSlot | undefined;
  /** What would count if this were not there: the value of another document that it was merged onto. */
  readonly replaces?: YamlValue | undefined;
  /** The pair of a map that this item of a list was made of: `KEY: value` beside `KEY=value` of another document. */
  readonly pair?: YamlEntry | undefined;
}

export type Merged =
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, YamlEntry> }
  | { readonly kind: 'sequence'; readonly items: readonly YamlValue[] };

/** A key with its value, from a map or from one that it merges. */
export interface YamlEntry {
  readonly key: string;
  readonly keyAt: Place;
  readonly value: YamlValue;
}

function valueAt(
  document: YamlDocument,
  node: YamlNode | undefined,
  path: Path,
  floor: number,
  via: readonly Hop[],
  fallback: Span,
  duplicate = false,
): YamlValue {
  const { node: target, alias } = resolve(node);
  const hops: readonly Hop[] = alias === undefined ? via : [...via, { kind: 'alias', at: document.place(alias.span) }];
  return { document, node: target, path, floor, via: hops, span: target?.span ?? alias?.span ?? fallback, duplicate };
}

/** Whether it is reached through an anchor, which others may use too. */
export function isShared({ via }: YamlValue): boolean {
  return via.some(({ kind }) => kind === 'alias' || kind === 'merge-key');
}

/** Where the value is written. */
export function placeOf(value: YamlValue): Place {
  return value.document.place(value.span);
}

export function slotOf(value: YamlValue): YamlSlot {
  if (value.home !== undefined) return value.home;
  return {
    language: 'yaml',
    file: value.document.file,
    document: value.document,
    path: value.path,
    floor: value.floor,
  };
}

/** The slot of a field below a value, whether or not it is there. */
export function slotBelow(value: YamlValue, ...path: Path): YamlSlot {
  const slot = slotOf(value);
  return { ...slot, path: [...slot.path, ...path] };
}

/** The same value as the owner of what is below it: a change to a field never takes it away. */
export function asOwner(value: YamlValue): YamlValue {
  const { home, path } = value;
  return {
    ...value,
    floor: path.length,
    ...(home === undefined ? {} : { home: { ...home, floor: home.path.length } }),
  };
}

/** The value of a key; undefined where the map does not have it, or the value is no map. */
export function get(value: YamlValue, key: string): YamlValue | undefined {
  return entryAt(value, key)?.value;
}

/** A key with its value; undefined where the map does not have it, or the value is no map. */
export function entryAt(value: YamlValue, key: string): YamlEntry | undefined {
  if (value.merged !== undefined) return value.merged.kind === 'map' ? value.merged.entries.get(key) : undefined;
  if (value.node?.kind !== 'map') return undefined;
  const entry = value.document.effective(value.node).get(key);
  return entry === undefined ? undefined : yamlEntry(value, key, entry);
}

/** The pairs of a map, merged ones included. None for anything else. */
export function entries(value: YamlValue): readonly YamlEntry[] {
  if (value.merged !== undefined) return value.merged.kind === 'map' ? [...value.merged.entries.values()] : [];
  if (value.node?.kind !== 'map') return [];
  const { document } = value;
  const effective = document.effective(value.node);
  if (!document.admits(value, effective.size)) return [];
  return [...effective].map(([key, entry]) => yamlEntry(value, key, entry));
}

/** The items of a sequence. None for anything else. */
export function items(value: YamlValue): readonly YamlValue[] {
  if (value.merged !== undefined) return value.merged.kind === 'sequence' ? value.merged.items : [];
  if (value.node?.kind !== 'sequence' || !value.document.admits(value, value.node.items.length)) return [];
  return value.node.items.map((item: YamlItem, index) =>
    valueAt(value.document, item.value, [...value.path, index], value.floor, value.via, item.span),
  );
}

function yamlEntry(owner: YamlValue, key: string, entry: Entry): YamlEntry {
  const keyAt = owner.document.place(entry.pair.key?.span ?? entry.pair.span);
  return { key, keyAt, value: entryValue(owner, key, entry) };
}

function entryValue(owner: YamlValue, key: string, entry: Entry): YamlValue {
  const { document } = owner;
  const hops = entry.steps.map((step): Hop => ({ kind: step.kind, at: document.place(step.span) }));
  const via = hops.length === 0 ? owner.via : [...owner.via, ...hops];
  const fallback = entry.pair.key?.span ?? entry.pair.span;
  const path = [...owner.path, key];
  const value = valueAt(document, entry.pair.value, path, owner.floor, via, fallback, entry.duplicate);
  const { home } = owner;
  if (home === undefined || value.node === undefined || value.node.kind === 'scalar') return value;
  return { ...value, home: { ...home, path: [...home.path, key] } };
}
