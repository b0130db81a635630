// One Kubernetes object, for rules about kinds that have no model of their own.
import type { MappedText } from '../../text/mapped-text.js';
import type { Place } from '../../text/span.js';
import type { Located, Slot } from '../located.js';
import type { HostMount } from '../workload.js';
import type { Written } from '../written.js';

/** A key of a map, merged ones included. */
export interface Key {
  readonly name: string;
  readonly at: Place;
}

/** Typed, located access to the fields of a map. A field of another type than the one asked for is unknown. */
export interface Fields {
  /** The whole map: a place for related information, never for a finding. */
  readonly at: Place;
  /** The address of the map itself. */
  readonly slot: Slot;
  /** Whether conditions and loops of a template decide about a part of it. */
  readonly conditional: boolean;
  string(...path: readonly string[]): Located<string>;
  /** A string with the places of its parts. */
  text(...path: readonly string[]): Located<MappedText>;
  boolean(...path: readonly string[]): Located<boolean>;
  number(...path: readonly string[]): Located<number>;
  /** A text, whatever its type: quantities, and ports that are numbers or names. */
  scalar(...path: readonly string[]): Located<string>;
  /** The keys of a map, in order; none of an empty one. */
  keys(...path: readonly string[]): Located<readonly Key[]>;
  /** One key, whatever it holds: it is known where the value is null, and absent where nobody wrote it. */
  key(path: readonly [string, ...string[]]): Located<Key>;
  /** A map. */
  fields(...path: readonly string[]): Located<Fields>;
  /** A list of maps; items of another type are left out. */
  list(...path: readonly string[]): Located<readonly Fields[]>;
  /** A list of maps, all items counted: one of another type, null too, and one that a template may add are unknown. */
  items(...path: readonly string[]): Located<readonly Located<Fields>[]>;
  /** A list of strings; items that are no strings are unknown. */
  strings(...path: readonly string[]): Located<readonly Located<string>[]>;
  /** A list of integers; items that are none are unknown. */
  numbers(...path: readonly string[]): Located<readonly Located<number>[]>;
}

export interface Manifest extends Fields {
  /** `apps/v1`; the core group has no slash. */
  readonly apiVersion: string;
  /** `apps`; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly kindAt: Place;
  /** Empty where it has none (`generateName`, a patch), or it cannot be told. */
  readonly name: string;
  /** The value of `metadata.name` or `generateName`; the kind where there is neither. */
  readonly nameAt: Place;
  readonly namespace: Located<string>;
  /** False for a patch, which another object completes: nothing may be called missing there. */
  readonly complete: boolean;
  /** The host paths that it offers itself: PersistentVolume `spec.hostPath` and `spec.local`. */
  readonly hostMounts: readonly HostMount[];
  /** All that is written in it. */
  readonly written: Written;
}
