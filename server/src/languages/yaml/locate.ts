// Reads fields of the effective document as the `Located` values of the model.
import type { Located } from '../../model/located.js';
import type { Place } from '../../text/span.js';
import { get, items, placeOf, slotBelow, slotOf, type YamlValue } from './document.js';
import { isNull } from './node.js';

/** What a decoder says of a value that is written: the value, or undefined where it cannot be told. */
export type Decode<T> = (value: YamlValue) => { readonly value: T; readonly at?: Place } | undefined;

export type Lookup =
  | { readonly kind: 'found'; readonly value: YamlValue }
  /** Not there, or null, or reset (Compose's `!reset`). The last thing on the way that is there, and the keys that are left. */
  | { readonly kind: 'missing'; readonly in: YamlValue; readonly rest: readonly string[] }
  /** A step on the way is no map, or its key stands there twice. */
  | { readonly kind: 'blocked'; readonly by: YamlValue };

/** Follows keys down from a value. */
export function lookup(owner: YamlValue, path: readonly string[]): Lookup {
  let value = owner;
  for (const [depth, key] of path.entries()) {
    const missing = { kind: 'missing', in: value, rest: path.slice(depth) } as const;
    if (isNothing(value)) return missing;
    if (value.node?.kind !== 'map') return { kind: 'blocked', by: value };
    const next = get(value, key);
    if (next === undefined) return missing;
    if (next.duplicate) return { kind: 'blocked', by: next };
    value = next;
  }
  return isNothing(value) ? { kind: 'missing', in: value, rest: [] } : { kind: 'found', value };
}

function isNothing({ node }: YamlValue): boolean {
  return isNull(node) || node?.tag === '!reset';
}

/** The field at `path` below `owner`. `nameAt` is where its absence is reported. */
export function locate<T>(owner: YamlValue, path: readonly string[], nameAt: Place, decode: Decode<T>): Located<T> {
  const found = lookup(owner, path);
  if (found.kind === 'found') return located(found.value, decode);
  if (found.kind === 'missing') return { kind: 'absent', at: nameAt, slot: slotBelow(found.in, ...found.rest) };
  return { kind: 'unknown', at: placeOf(found.by), via: found.by.via, slot: slotBelow(owner, ...path) };
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
