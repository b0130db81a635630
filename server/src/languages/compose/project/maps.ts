// Maps that differ from what is written in one key.
import { entries, slotOf, type YamlValue } from '../../yaml/document.js';

/** A map without one of its keys. */
export function without(value: YamlValue, key: string): YamlValue {
  const kept = new Map(entries(value).flatMap((entry) => (entry.key === key ? [] : [[entry.key, entry] as const])));
  return { ...value, home: slotOf(value), merged: { kind: 'map', entries: kept } };
}

/** A map with another value of one of its keys. */
export function replaced(root: YamlValue, key: string, value: YamlValue): YamlValue {
  const all = new Map(
    entries(root).map((entry) => [entry.key, entry.key === key ? { ...entry, value } : entry] as const),
  );
  return { ...root, home: slotOf(root), merged: { kind: 'map', entries: all } };
}
