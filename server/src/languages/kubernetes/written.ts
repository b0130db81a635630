// A value of the tree as rules see it that look at all of an object.
import type { Written } from '../../model/written.js';
import type { YamlValue } from '../yaml/document.js';
import { isNull } from '../yaml/node.js';
import { mappedText, plainBoolean, plainInteger } from '../yaml/scalar.js';
import { type Reading, writtenValue } from '../yaml/written.js';
import { holdsAction } from './template.js';
import { isString } from './values.js';

const reading: Reading = {
  kindOf,
  textOf: (_value, node) => node.value,
  mappedTextOf: mappedText,
  isTemplate: holdsAction,
};

/** The whole of an object; unknown where its document does not parse, since its keys may belong elsewhere then. */
export function writtenObject(value: YamlValue): Written {
  return value.document.tree.errors.length === 0
    ? writtenValue(reading, value)
    : writtenValue(reading, value, 'unknown');
}

function kindOf(value: YamlValue): Written['kind'] {
  const { node, duplicate } = value;
  if (duplicate) return 'unknown';
  // Nothing is written there, or an alias leads nowhere.
  if (node === undefined) return value.via.length === 0 ? 'null' : 'unknown';
  if (node.kind === 'map') return 'map';
  if (node.kind === 'sequence') return 'list';
  if (holdsAction(node.value)) return 'unknown';
  // Nearly all: no word of another type is longer than `false`.
  if (node.tag === undefined && (node.style !== 'plain' || /^[A-Za-z].{5}/.test(node.value))) return 'string';
  if (isNull(node)) return 'null';
  if (plainBoolean(node) !== undefined) return 'boolean';
  if (plainInteger(node) !== undefined) return 'integer';
  if (isString(value)) return 'string';
  // Readers disagree about exponents.
  return node.tag === undefined && /^[-+]?\d+\.\d*$|^[-+]?\.\d+$/.test(node.value) ? 'number' : 'unknown';
}
