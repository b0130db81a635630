// Labels of Kubernetes objects.
import { isLabelValue } from './label-selector.js';
import type { Known, Located } from './located.js';
import type { Fields } from './manifest.js';

export interface Label {
  readonly key: string;
  readonly value: Located<string>;
}

/** The labels of a map, or none where there is no map that can be told. */
export function labelsAt(owner: Fields, ...path: readonly string[]): readonly Label[] {
  const map = owner.fields(...path);
  return map.kind === 'known' ? labelsOf(map) : [];
}

function labelsOf(map: Known<Fields>): readonly Label[] {
  const keys = map.value.keys();
  if (keys.kind !== 'known') return [];
  return keys.value.map(({ name }) => ({ key: name, value: map.value.string(name) }));
}

/** What is wrong with the value of a label, in words that follow it; undefined for a good one. */
export function labelValueFault(value: string): string | undefined {
  if (isLabelValue(value)) return undefined;
  if (value.length > 63) return 'is longer than 63 characters';
  if (!/^[\w.-]+$/.test(value)) return "may have letters, digits, '-', '_' and '.' only";
  return 'has to begin and end with a letter or digit';
}
