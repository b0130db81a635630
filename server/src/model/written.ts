// What is written in an object, whatever it is: for rules that hold all of it against something.
import type { MappedText } from '../text/mapped-text.js';
import type { Place } from '../text/span.js';
import type { Data } from './change.js';
import type { Hop, Slot } from './located.js';

/** A value as its consumer reads it. Aliases are followed, merged keys are among the others. */
export interface Written {
  /** `unknown` where it cannot be told: a template has a part in it, or its key stands there twice. */
  readonly kind: 'map' | 'list' | 'string' | 'boolean' | 'integer' | 'number' | 'null' | 'unknown';
  /** The decoded text of a scalar, before its type is told; empty for anything else. */
  readonly text: string;
  /** The same with the places of its parts; undefined where not all of it is known. */
  mapped(): MappedText | undefined;
  readonly at: Place;
  /** From the user to the writer; empty when it is written in place. */
  readonly via: readonly Hop[];
  readonly slot: Slot;
  /** The slot of a field below, whether or not it is there. */
  slotBelow(...path: readonly string[]): Slot;
  /** The keys of a map in order, but for those that a template writes; none of anything else. */
  entries(): readonly WrittenEntry[];
  /** The items of a list; none of anything else. */
  items(): readonly Written[];
}

export interface WrittenEntry {
  readonly key: string;
  readonly keyAt: Place;
  readonly value: Written;
}

/** The value of a key; undefined where it is not written. */
export function writtenAt(map: Written, key: string): Written | undefined {
  return map.entries().find((entry) => entry.key === key)?.value;
}

/** A scalar, or a list or map of scalars, as a change can write it again; undefined where it cannot be told. */
export function dataOf(value: Written): Data | undefined {
  if (value.kind === 'list') {
    const items = value.items().map(scalarOf);
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  return value.kind === 'map' ? mapOf(value) : scalarOf(value);
}

function mapOf(value: Written): Data | undefined {
  const data: Record<string, Data> = {};
  for (const { key, value: field } of value.entries()) {
    const items = field.kind === 'list' ? field.items().map(scalarOf) : undefined;
    if (items?.some((item) => item === undefined)) return undefined;
    const one = items === undefined ? scalarOf(field) : items.filter((item) => item !== undefined);
    if (one === undefined) return undefined;
    Object.defineProperty(data, key, { value: one, enumerable: true });
  }
  return data;
}

function scalarOf(value: Written): Data | undefined {
  switch (value.kind) {
    case 'string':
      return value.text;
    case 'boolean':
      return /^[ty]|^on$/i.test(value.text);
    case 'integer':
      return /^-?(?:0|[1-9]\d*)$/.test(value.text) ? Number(value.text) : undefined;
    default:
      return undefined;
  }
}
