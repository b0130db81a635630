// A value of the tree as rules see it that look at all of an object.

import type { Hop, Slot } from '../../model/located.js';
import type { Written, WrittenEntry } from '../../model/written.js';
import type { MappedText } from '../../text/mapped-text.js';
import type { Place } from '../../text/span.js';
import { entries, items, placeOf, slotBelow, slotOf, type YamlValue } from '../yaml/document.js';
import { isNull } from '../yaml/node.js';
import { mappedText, plainBoolean, plainInteger } from '../yaml/scalar.js';
import { holdsAction } from './template.js';
import { isString } from './values.js';

/** The whole of an object; unknown where its document does not parse, since its keys may belong elsewhere then. */
export function writtenObject(value: YamlValue): Written {
  return new WrittenValue(value, value.document.tree.errors.length === 0 ? kindOf(value) : 'unknown');
}

/**
 * A class, since there is one for every value of a file: places and slots are made when somebody asks, and rules have
 * something to say of few values.
 */
class WrittenValue implements Written {
  readonly kind: Written['kind'];
  readonly #value: YamlValue;

  constructor(value: YamlValue, kind: Written['kind']) {
    this.#value = value;
    this.kind = kind;
  }

  get text(): string {
    const { node } = this.#value;
    return node?.kind === 'scalar' ? node.value : '';
  }

  mapped(): MappedText | undefined {
    return mappedText(this.#value);
  }

  get at(): Place {
    return placeOf(this.#value);
  }

  get via(): readonly Hop[] {
    return this.#value.via;
  }

  get slot(): Slot {
    return slotOf(this.#value);
  }

  slotBelow(...path: readonly string[]): Slot {
    return slotBelow(this.#value, ...path);
  }

  entries(): readonly WrittenEntry[] {
    if (this.kind !== 'map') return [];
    const found: WrittenEntry[] = [];
    for (const { key, keyAt, value } of entries(this.#value)) {
      if (!holdsAction(key)) found.push({ key, keyAt, value: new WrittenValue(value, kindOf(value)) });
    }
    return found;
  }

  items(): readonly Written[] {
    if (this.kind !== 'list') return [];
    return items(this.#value).map((item) => new WrittenValue(item, kindOf(item)));
  }
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
