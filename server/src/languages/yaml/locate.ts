// Reads fields of the effective document as the `Located` values of the model.
import type { Located } from '../../model/located.js';
import type { Place } from '../../text/span.js';
import { get, items, placeOf, slotBelow, slotOf, type YamlValue } from './document.js';
import { isNull } from './node.js';

/** What a decoder says of a value that is written: the value, or undefined where it cannot be told. */
export type Decode<T> = (value: YamlValue) => { readonly value: T; readonly at?: Place } | undefined;

export type Lookup =
  | { readonly kind: 'found'; readonly value: YamlValue }
  /** Not there, or null. */
  | { readonly kind: 'missing' }
  /** A step on the way is no map, or its key stands there twice. */
  | { readonly kind: 'blocked'; readonly by: YamlValue };

/** Follows keys down from a value. */
export function lookup(owner: YamlValue, path: readonly string[]): Lookup {
  let value = owner;
  for (const key of path) {
    if (isNull(value.node) && value !== owner) return { kind: 'missing' };
    if (value.node?.kind !== 'map') return isNull(value.node) ? { kind: 'missing' } : { kind: 'blocked', by: value };
    const next = get(value, key);
    if (next === undefined) return { kind: 'missing' };
    if (next.duplicate) return { kind: 'blocked', by: next };
    value = next;
  }
  return isNull(value.node) ? { kind: 'missing' } : { kind: 'found', value };
}

/** The field at `path` below `owner`. `nameAt` is where its absence is reported. */
export function locate<T>(owner: YamlValue, path: readonly string[], nameAt: Place, decode: Decode<T>): Located<T> {
  const found = lookup(owner, path);
  if (found.kind === 'found') return located(found.value, decode);
  const slot = slotBelow(owner, ...path);
  if (found.kind === 'missing') return { kind: 'absent', at: nameAt, slot };
  return { kind: 'unknown', at: placeOf(found.by), via: found.by.via, slot };
}

/** A value that is there, decoded. */
export function located<T>(value: YamlValue, decode: Decode<T>): Located<T> {
  const slot = slotOf(value);
  const decoded = value.duplicate ? undefined : decode(value);
  if (decoded === undefined) return { kind: 'unknown', at: placeOf(value), via: value.via, slot };
  return { kind: 'known', value: decoded.value, at: decoded.at ?? placeOf(value), via: value.via, slot };
}

/** A list field, each item decoded by itself. Null items are left out. */
export function locateList<T>(
  owner: YamlValue,
  path: readonly string[],
  nameAt: Place,
  decode: Decode<T>,
): Located<readonly Located<T>[]> {
  return locate(owner, path, nameAt, (value) => {
    if (value.node?.kind !== 'sequence') return undefined;
    return {
      value: items(value)
        .filter((item) => !isNull(item.node))
        .map((item) => located(item, decode)),
    };
  });
}
