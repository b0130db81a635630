// A value that is about to be written: plain data, or a copy of what stands elsewhere in the document.
import type { Change, Data } from '../../model/change.js';
import type { Path, YamlDocument } from './document.js';
import type { YamlNode } from './node.js';

/** Larger values are not copied: the reader would not see what the fix changed. */
const maxCopiedNodes = 50;

export type Draft =
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  /** A scalar as it is written elsewhere, so that its type stays. */
  | { readonly kind: 'source'; readonly text: string; readonly value: string }
  | {
      readonly kind: 'map';
      /** The alias that the map merges. */
      readonly merge?: string;
      readonly pairs: readonly (readonly [string, Draft])[];
    }
  | { readonly kind: 'list'; readonly items: readonly Draft[] };

export function draftOf(data: Data): Draft {
  if (data === null || typeof data !== 'object') return { kind: 'value', value: data };
  if (isList(data)) return { kind: 'list', items: data.map(draftOf) };
  return { kind: 'map', pairs: Object.entries(data).map(([key, value]) => [key, draftOf(value)] as const) };
}

function isList(data: readonly Data[] | { readonly [key: string]: Data }): data is readonly Data[] {
  return Array.isArray(data);
}

/** The value inside maps with these keys. */
export function nested(keys: readonly string[], value: Draft): Draft {
  return keys.reduceRight<Draft>((inner, key) => ({ kind: 'map', pairs: [[key, inner]] }), value);
}

/** A copy of a node; undefined where it is large, or its tags, aliases or odd keys would not survive. */
export function copyOf(document: YamlDocument, node: YamlNode | undefined): Draft | undefined {
  let left = maxCopiedNodes;
  const copy = (from: YamlNode | undefined): Draft | undefined => {
    left--;
    if (left < 0) return undefined;
    if (from === undefined) return { kind: 'value', value: null };
    if (from.tag !== undefined) return undefined;
    switch (from.kind) {
      case 'alias':
        return undefined;
      case 'scalar': {
        const text = document.tree.text.slice(from.span.start, from.span.end);
        const block = from.style === 'literal' || from.style === 'folded';
        if (block || /[\r\n]/.test(text)) return { kind: 'value', value: from.value };
        return text === '' ? { kind: 'value', value: null } : { kind: 'source', text, value: from.value };
      }
      case 'sequence': {
        const items = from.items.map((item) => copy(item.value));
        return items.every((item) => item !== undefined) ? { kind: 'list', items } : undefined;
      }
      case 'map': {
        const pairs = new Map<string, Draft>();
        for (const pair of from.pairs) {
          const value = copy(pair.value);
          const { name } = pair;
          if (value === undefined || name === undefined || pairs.has(name)) return undefined;
          if (pair.merge || pair.key?.kind !== 'scalar' || pair.key.tag !== undefined) return undefined;
          pairs.set(name, value);
        }
        return { kind: 'map', pairs: [...pairs] };
      }
    }
  };
  return copy(node);
}

/** The changes that end at a slot. */
export type SlotChange = Exclude<Change, { readonly kind: 'replaceText' | 'removeWords' | 'embedded' | 'createFile' }>;

/** A copied value with a change made at a path inside it; undefined where that cannot be done. */
export function changed(draft: Draft | undefined, path: Path, change: SlotChange): Draft | undefined {
  const [part, ...rest] = path;
  if (part === undefined) return changedHere(draft, change);
  if (typeof part === 'number') {
    if (draft?.kind !== 'list' || draft.items[part] === undefined) return undefined;
    if (rest.length === 0 && change.kind === 'remove')
      return { kind: 'list', items: draft.items.filter((_, i) => i !== part) };
    const item = changed(draft.items[part], rest, change);
    return item && { kind: 'list', items: draft.items.map((old, i) => (i === part ? item : old)) };
  }
  if (draft !== undefined && draft.kind !== 'map' && !isNullDraft(draft)) return undefined;
  const pairs = draft?.kind === 'map' ? draft.pairs : [];
  const value = changed(pairs.find(([key]) => key === part)?.[1], rest, change);
  if (value === undefined) return undefined;
  if (!pairs.some(([key]) => key === part)) return { kind: 'map', pairs: [...pairs, [part, value]] };
  return { kind: 'map', pairs: pairs.map(([key, old]) => [key, key === part ? value : old] as const) };
}

function changedHere(draft: Draft | undefined, change: SlotChange): Draft | undefined {
  switch (change.kind) {
    case 'set':
      return draftOf(change.value);
    case 'remove':
      return change.otherwise === undefined ? undefined : draftOf(change.otherwise);
    case 'append': {
      const item = draftOf(change.item);
      if (draft === undefined || isNullDraft(draft)) return { kind: 'list', items: [item] };
      return draft.kind === 'list' ? { kind: 'list', items: [...draft.items, item] } : undefined;
    }
    case 'join':
      return undefined;
    case 'ending': {
      const value = draft?.kind === 'source' ? withEnding(draft.value, change.from, change.to) : undefined;
      return value === undefined ? undefined : { kind: 'value', value };
    }
    case 'prefix':
      return draft?.kind === 'source' ? { kind: 'value', value: change.text + draft.value } : undefined;
  }
}

/** The text with another end; undefined where it does not end so. */
export function withEnding(text: string, from: string, to: string): string | undefined {
  return text.endsWith(from) ? text.slice(0, text.length - from.length) + to : undefined;
}

function isNullDraft(draft: Draft): boolean {
  return draft.kind === 'value'
    ? draft.value === null
    : draft.kind === 'source' && /^(?:~|null|Null|NULL)$/.test(draft.text);
}
