// Values that know where they were written, how they got to their user, and where a change to them would go.
import type { FileId, Place } from '../text/span.js';

/** One step from the thing that uses a value to the text that wrote it. */
export interface Hop {
  readonly kind: 'alias' | 'merge-key' | 'extends' | 'include' | 'override' | 'pod-default';
  /** The token in the user's text that brings the value in, e.g. the alias `*common`. */
  readonly at: Place;
}

/**
 * The address of a field: its owner and the way to it, whether or not it is there. Made by a language room, which alone
 * knows what is inside; everybody else only carries it into a change.
 */
export interface Slot {
  readonly language: 'yaml' | 'dockerfile';
  readonly file: FileId;
}

export interface Known<T> {
  readonly kind: 'known';
  readonly value: T;
  /** The token that wrote the value. */
  readonly at: Place;
  /** From the user to the writer; empty when the value is written in place. */
  readonly via: readonly Hop[];
  readonly slot: Slot;
}

/** Something is written, but what it comes to cannot be told: a variable, a template, a wrong type. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly at: Place;
  readonly via: readonly Hop[];
  readonly slot: Slot;
}

export interface Absent {
  readonly kind: 'absent';
  /** The name of the thing that lacks the field, never a whole block. */
  readonly at: Place;
  readonly slot: Slot;
}

/** A field of the model. `unknown` neither convicts nor acquits. */
export type Located<T> = Known<T> | Unknown | Absent;

/** Whether the field is known to hold exactly `value`. False for unknown and absent. */
export function is<T extends string | number | boolean>(field: Located<T>, value: T): field is Known<T> {
  return field.kind === 'known' && field.value === value;
}

/** The value of a known field, else undefined. */
export function valueOf<T>(field: Located<T>): T | undefined {
  return field.kind === 'known' ? field.value : undefined;
}

/** The same field with another value; unknown and absent stay what they are. */
export function mapLocated<T, U>(field: Located<T>, change: (value: T) => U): Located<U> {
  return field.kind === 'known' ? { ...field, value: change(field.value) } : field;
}

/** The known items of a list field; none when the list itself is unknown or absent. */
export function knownItems<T>(list: Located<readonly Located<T>[]>): readonly Known<T>[] {
  return list.kind === 'known' ? list.value.filter((item) => item.kind === 'known') : [];
}
