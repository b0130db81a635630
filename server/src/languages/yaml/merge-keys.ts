// Maps with several merge keys, which some readers refuse and others merge one after the other.
import { type Change, type Fix, remove, replaceText } from '../../model/change.js';
import type { Span } from '../../text/span.js';
import { type Path, resolve, type YamlDocument, type YamlSlot } from './document.js';
import type { YamlNode, YamlPair } from './node.js';

export interface MultipleMergeKeys {
  /** The second `<<` of the map. Offsets of both count from the start of the file. */
  readonly span: Span;
  readonly first: Span;
  /** Joins them into one, which merges the same in the same order; undefined where one of them is no alias. */
  readonly fix: Fix | undefined;
}

/** In the order of the text, one for each map. */
export function multipleMergeKeys(document: YamlDocument): readonly MultipleMergeKeys[] {
  const { root, text } = document.tree;
  if (text.indexOf('<<') === text.lastIndexOf('<<')) return [];
  const found: MultipleMergeKeys[] = [];
  const open: { readonly node: YamlNode | undefined; readonly path: Path }[] = [{ node: root, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, path } = next;
    if (node?.kind === 'sequence') {
      for (const [index, { value }] of node.items.entries()) open.push({ node: value, path: [...path, index] });
    } else if (node?.kind === 'map') {
      const merges: Merge[] = [];
      for (const [index, pair] of node.pairs.entries()) {
        open.push({ node: pair.value, path: [...path, index] });
        if (pair.merge) merges.push({ index, pair });
      }
      const [first, second] = merges;
      if (first === undefined || second === undefined) continue;
      found.push({
        span: keySpan(document, second),
        first: keySpan(document, first),
        fix: join(document, path, merges),
      });
    }
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

/**
 * What stands behind a merge key and is neither a map nor a list of maps, in the order of the text: the values, or the keys
 * of those that have none.
 */
export function faultyMerges(document: YamlDocument): readonly Span[] {
  const { root, text } = document.tree;
  if (!text.includes('<<')) return [];
  const found: Span[] = [];
  const open: (YamlNode | undefined)[] = [root];
  for (let node = open.pop(); open.length > 0 || node !== undefined; node = open.pop()) {
    if (node?.kind === 'sequence') {
      for (const { value } of node.items) open.push(value);
    } else if (node?.kind === 'map') {
      for (const pair of node.pairs) {
        open.push(pair.value);
        if (pair.merge) found.push(...faultyMerge(pair).map((span) => document.place(span).span));
      }
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function faultyMerge({ value, key, span }: YamlPair): readonly Span[] {
  const { node, alias } = resolve(value);
  // An alias without an anchor is a fault by itself.
  if (node === undefined && alias !== undefined) return [];
  if (node?.kind === 'map') return [];
  if (node?.kind !== 'sequence') return [value === undefined || isEmpty(value.span) ? (key?.span ?? span) : value.span];
  const faulty = node.items.filter((item) => {
    const one = resolve(item.value);
    return one.node?.kind !== 'map' && (one.node !== undefined || one.alias === undefined);
  });
  // In the user's text: the alias to a list, not those inside the list.
  if (alias !== undefined) return faulty.length > 0 ? [alias.span] : [];
  return faulty.map((item) => item.value?.span ?? item.span);
}

function isEmpty({ start, end }: Span): boolean {
  return start === end;
}

interface Merge {
  readonly index: number;
  readonly pair: YamlPair;
}

function keySpan(document: YamlDocument, { pair }: Merge): Span {
  return document.place(pair.key?.span ?? pair.span).span;
}

function join(document: YamlDocument, path: Path, merges: readonly Merge[]): Fix | undefined {
  const [first, ...others] = merges;
  const value = first?.pair.value;
  if (first === undefined || value === undefined || value.tag !== undefined || value.anchor !== undefined)
    return undefined;
  const names: string[] = [];
  for (const { pair } of merges) {
    for (const alias of pair.value?.kind === 'sequence' ? pair.value.items.map((item) => item.value) : [pair.value]) {
      // What is anchored in between cannot be used further up; a list would be one in a list.
      if (alias?.kind !== 'alias' || alias.target?.kind !== 'map') return undefined;
      if (alias.target.start > first.pair.span.start) return undefined;
      names.push(`*${alias.name}`);
    }
  }
  const changes: readonly Change[] = [
    replaceText(document.place(value.span), `[${names.join(', ')}]`),
    ...others.map(({ index }) => remove(slotAt(document, [...path, index]))),
  ];
  return { title: 'Join them into one', safety: 'unsafe', changes };
}

function slotAt(document: YamlDocument, path: Path): YamlSlot {
  return { language: 'yaml', file: document.file, document, path, floor: path.length - 1 };
}
