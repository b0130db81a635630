// A value of a Compose file as rules see it that look at all that is written there.
import type { Written } from '../../model/written.js';
import type { YamlDocument, YamlValue } from '../yaml/document.js';
import { isNull, type YamlMap, type YamlScalar } from '../yaml/node.js';
import { type Reading, writtenValue } from '../yaml/written.js';
import { type ComposeValues, isReset } from './values.js';

/** What Jinja and its kin leave in a file that is only going to be one of Compose. */
const template = /\{\{|\{%/;

const isNothing = /^(?:~|null|Null|NULL)?$/;

/**
 * The whole of a document; unknown where it does not parse, since its keys may belong elsewhere then, and where statements
 * of a template decide what becomes of it.
 */
export function writtenDocument(values: ComposeValues, { root, tree }: YamlDocument): Written {
  const reading: Reading = {
    kindOf: (value) => kindOf(values, value),
    textOf: (value, node) => (node.value.includes('$') ? (values.known(value)?.value ?? '') : node.value),
    mappedTextOf: (value) => values.known(value),
    isTemplate: (key) => template.test(key),
  };
  const isTold = tree.errors.length === 0 && !tree.text.includes('{%');
  return isTold ? writtenValue(reading, root) : writtenValue(reading, root, 'unknown');
}

function kindOf(values: ComposeValues, value: YamlValue): Written['kind'] {
  const { node } = value;
  if (value.duplicate || isReset(value)) return 'unknown';
  // Nothing is written there, or an alias leads nowhere.
  if (node === undefined) return value.via.length === 0 ? 'null' : 'unknown';
  if (node.kind === 'map') return isPlaceholder(node) ? 'unknown' : 'map';
  if (node.kind === 'sequence') return 'list';
  return scalarKind(values, value, node);
}

/** `{{ name }}`, which YAML takes for a map in a map. */
function isPlaceholder(map: YamlMap): boolean {
  return map.flow && map.pairs.some((pair) => pair.name === undefined && !pair.merge);
}

function scalarKind(values: ComposeValues, value: YamlValue, node: YamlScalar): Written['kind'] {
  const { tag } = node;
  if (tag !== undefined && tag !== '!!str' && (tag !== '!override' || isNothing.test(node.value))) return 'unknown';
  if (node.value.includes('$') || template.test(node.value)) {
    // What a variable comes to is a text, whatever it looks like; an empty one is left to be set by somebody.
    const text = values.known(value);
    return text === undefined || text.value === '' ? 'unknown' : 'string';
  }
  // A value with a tag is a text, until it is cast.
  if (node.style !== 'plain' || tag !== undefined) return 'string';
  return isNull(node) ? 'null' : plainKind(node.value);
}

/** The type of a plain scalar, as the YAML library of Compose tells it: `yes` and `on` are texts until they are cast. */
function plainKind(text: string): Written['kind'] {
  if (!/^[-+.\dtTfF]/.test(text)) return 'string';
  if (/^(?:true|True|TRUE|false|False|FALSE)$/.test(text)) return 'boolean';
  const number = text.replaceAll('_', '');
  if (/^[-+]?(?:0|[1-9]\d*|0o?[0-7]+|0x[\da-fA-F]+|0b[01]+)$/.test(number)) return 'integer';
  if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(number)) return 'number';
  // Infinity and its like, and days: some versions take them for texts.
  return /^[-+]?\.(?:inf|nan)$|^\d{4}-\d/i.test(text) ? 'unknown' : 'string';
}
