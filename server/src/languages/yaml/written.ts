// A value of a YAML file as rules see it that look at all that is written there.
import type { Hop, Slot } from '../../model/located.js';
import type { Written, WrittenEntry } from '../../model/written.js';
import type { MappedText } from '../../text/mapped-text.js';
import type { Place } from '../../text/span.js';
import { entries, items, placeOf, slotBelow, slotOf, type YamlValue } from './document.js';
import type { YamlScalar } from './node.js';

/** How a format takes what is written. */
export interface Reading {
  kindOf(value: YamlValue): Written['kind'];
  /** What a scalar says; empty where that is not known. */
  textOf(value: YamlValue, node: YamlScalar): string;
  mappedTextOf(value: YamlValue): MappedText | undefined;
  /** Whether a key is one only when somebody has filled in a template. */
  isTemplate(key: string): boolean;
}

/** `kind`: where that is known better than by the value itself. */
export function writtenValue(reading: Reading, value: YamlValue, kind = reading.kindOf(value)): Written {
  return new WrittenValue(reading, value, kind);
}

/**
 * A class, since there is one for every value of a file: places and slots are made when somebody asks, and rules have
 * something to say of few values.
 */
class WrittenValue implements Written {
  readonly kind: Written['kind'];
  readonly #reading: Reading;
  readonly #value: YamlValue;

  constructor(reading: Reading, value: YamlValue, kind: Written['kind']) {
    this.#reading = reading;
    this.#value = value;
    this.kind = kind;
  }

  get text(): string {
    const { node } = this.#value;
    return node?.kind === 'scalar' ? this.#reading.textOf(this.#value, node) : '';
  }

  mapped(): MappedText | undefined {
    return this.#reading.mappedTextOf(this.#value);
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
      if (!this.#reading.isTemplate(key)) found.push({ key, keyAt, value: writtenValue(this.#reading, value) });
    }
    return found;
  }

  items(): readonly Written[] {
    return this.kind === 'list' ? items(this.#value).map((item) => writtenValue(this.#reading, item)) : [];
  }
}
