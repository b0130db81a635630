// Reads fields with the types that the Kubernetes API machinery gives them.
import type { Located } from '../../model/located.js';
import type { MappedText } from '../../text/mapped-text.js';
import type { Place } from '../../text/span.js';
import { get, items, placeOf, slotBelow, type YamlValue } from '../yaml/document.js';
import { type Decode, locate, located, lookup } from '../yaml/locate.js';
import { isNull } from '../yaml/node.js';
import { mappedText, plainBoolean, plainInteger } from '../yaml/scalar.js';
import { holdsAction, isTemplate, mayHoldMore } from './template.js';

/** The items of a list. Null items are left out. */
export function itemsOf(list: YamlValue): readonly YamlValue[] {
  return items(list).filter((item) => !isNull(item.node));
}

/** The field at `path`. One that is not there is unknown where a template may yet write it. */
export function field<T>(owner: YamlValue, path: readonly string[], nameAt: Place, decode: Decode<T>): Located<T> {
  const found = locate(owner, path, nameAt, decode);
  if (found.kind !== 'absent' || !isTemplate(owner)) return found;
  let value: YamlValue | undefined = owner;
  for (const key of path) {
    if (value === undefined) break;
    if (mayHoldMore(value)) return { kind: 'unknown', at: nameAt, via: value.via, slot: found.slot };
    value = get(value, key);
  }
  return found;
}

/**
 * A list field, each item decoded by itself. Null items are left out; a template that may write more of them is an item
 * that cannot be known.
 */
export function listField<T>(
  owner: YamlValue,
  path: readonly string[],
  nameAt: Place,
  decode: Decode<T>,
): Located<readonly Located<T>[]> {
  return field(owner, path, nameAt, (value) => {
    if (value.node?.kind !== 'sequence') return undefined;
    const list = itemsOf(value);
    const known = list.map((item) => located(item, decode));
    if (!mayHoldMore(value)) return { value: known };
    const more = { kind: 'unknown', at: placeOf(value), via: value.via, slot: slotBelow(value, list.length) } as const;
    return { value: [...known, more] };
  });
}

/** The items of a list that is there and can be told. */
export function itemsAt(owner: YamlValue, path: readonly string[]): readonly YamlValue[] {
  const found = lookup(owner, path);
  return found.kind === 'found' ? itemsOf(found.value) : [];
}

/** A string. Plain words that are read as another type are refused by the cluster, thus unknown. */
export const asString: Decode<string> = (value) => {
  const text = stringOf(value);
  return text === undefined ? undefined : { value: text };
};

/** The text of any scalar that is not empty: a quantity, a number, a name. */
export const asText: Decode<string> = ({ node, duplicate }) => {
  if (node?.kind !== 'scalar' || duplicate || isNull(node) || holdsAction(node.value)) return undefined;
  return { value: node.value };
};

export const asBoolean: Decode<boolean> = ({ node }) => {
  const value = node?.kind === 'scalar' ? plainBoolean(node) : undefined;
  return value === undefined ? undefined : { value };
};

export const asInteger: Decode<number> = ({ node }) => {
  const value = node?.kind === 'scalar' ? plainInteger(node) : undefined;
  return value === undefined ? undefined : { value };
};

/** The text of a string value; undefined where it is none, or a template has a part in it. */
function stringOf({ node, duplicate }: YamlValue): string | undefined {
  if (node?.kind !== 'scalar' || duplicate || holdsAction(node.value)) return undefined;
  if (node.style !== 'plain' || node.tag === '!!str' || node.tag === '!') return node.value;
  if (node.tag !== undefined || isNull(node) || plainBoolean(node) !== undefined) return undefined;
  // Integers in all their spellings, and decimal fractions.
  if (plainInteger(node) !== undefined) return undefined;
  return /^[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.[\d_]+)(?:[eE][-+]?\d+)?$/.test(node.value) ? undefined : node.value;
}

/** The text of a string value with the places of its parts. */
export function mappedString(value: YamlValue): MappedText | undefined {
  return stringOf(value) === undefined ? undefined : mappedText(value);
}

/** The same as a decoder. */
export const asMappedText: Decode<MappedText> = (value) => {
  const text = mappedString(value);
  return text === undefined ? undefined : { value: text };
};

/** Whether the cluster reads a string. */
export function isString(value: YamlValue): boolean {
  return stringOf(value) !== undefined;
}

/** The string at a key. */
export function stringAt(owner: YamlValue, key: string): { readonly text: string; readonly at: Place } | undefined {
  const value = get(owner, key);
  const text = value === undefined ? undefined : stringOf(value);
  return value === undefined || text === undefined ? undefined : { text, at: placeOf(value) };
}
