// A value of the tree as rules see it that look at all of an object.
import type { Written } from '../../model/written.js';
import { entries, items, placeOf, slotBelow, slotOf, type YamlValue } from '../yaml/document.js';
import { isNull } from '../yaml/node.js';
import { plainBoolean, plainInteger } from '../yaml/scalar.js';
import { holdsAction } from './template.js';
import { isString } from './values.js';

/** The whole of an object; unknown where its document does not parse, since its keys may belong elsewhere then. */
export function writtenObject(value: YamlValue): Written {
  const all = written(value);
  return value.document.tree.errors.length === 0
    ? all
    : { ...all, kind: 'unknown', entries: () => [], items: () => [] };
}

function written(value: YamlValue): Written {
  return {
    kind: kindOf(value),
    text: value.node?.kind === 'scalar' ? value.node.value : '',
    at: placeOf(value),
    via: value.via,
    slot: slotOf(value),
    slotBelow: (...path) => slotBelow(value, ...path),
    entries() {
      if (value.duplicate) return [];
      return entries(value)
        .filter(({ key }) => !holdsAction(key))
        .map(({ key, keyAt, value: below }) => ({ key, keyAt, value: written(below) }));
    },
    items: () => (value.duplicate ? [] : items(value).map(written)),
  };
}

function kindOf(value: YamlValue): Written['kind'] {
  const { node, duplicate } = value;
  if (duplicate) return 'unknown';
  // Nothing is written there, or an alias leads nowhere.
  if (node === undefined) return value.via.length === 0 ? 'null' : 'unknown';
  if (node.kind === 'map') return 'map';
  if (node.kind === 'sequence') return 'list';
  if (holdsAction(node.value)) return 'unknown';
  if (isNull(node)) return 'null';
  if (plainBoolean(node) !== undefined) return 'boolean';
  if (plainInteger(node) !== undefined) return 'integer';
  if (isString(value)) return 'string';
  // Readers disagree about exponents.
  return node.tag === undefined && /^[-+]?\d+\.\d*$|^[-+]?\.\d+$/.test(node.value) ? 'number' : 'unknown';
}
