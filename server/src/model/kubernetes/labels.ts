// Labels of Kubernetes objects, and their syntax.

import type { Fields } from '../fields.js';
import type { Known, Located } from '../located.js';

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

const longestName = 63;
const longestPrefix = 253;

function isLabelName(text: string): boolean {
  return text.length <= longestName && /^[A-Za-z\d]/.test(text) && /^[\w.-]*$/.test(text) && /[A-Za-z\d]$/.test(text);
}

/** A name, or one behind a domain in lower case: `app`, `app.kubernetes.io/name`. */
export function isLabelKey(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash < 0) return isLabelName(text);
  const prefix = text.slice(0, slash);
  if (prefix.length > longestPrefix || !isLabelName(text.slice(slash + 1))) return false;
  return prefix.split('.').every((part) => /^[a-z\d-]+$/.test(part) && !part.startsWith('-') && !part.endsWith('-'));
}

export function isLabelValue(text: string): boolean {
  return text === '' || isLabelName(text);
}

/** What is wrong with the value of a label, in words that follow it; undefined for a good one. */
export function labelValueFault(value: string): string | undefined {
  if (isLabelValue(value)) return undefined;
  if (value.length > longestName) return 'is longer than 63 characters';
  if (!/^[\w.-]+$/.test(value)) return "may have letters, digits, '-', '_' and '.' only";
  return 'has to begin and end with a letter or digit';
}
