// A Compose project written out in long form, with the place that each value comes from.
import type { Place } from '../../text/span.js';
import type { Hop } from '../located.js';

export interface Origin {
  /** Where it is written; undefined for what nobody wrote. */
  readonly at: Place | undefined;
  readonly via: readonly Hop[];
  /** Where stands what it replaces, the last one first. */
  readonly replaces: readonly Place[];
}

export type Effective = EffectiveScalar | EffectiveMap | EffectiveList;

export interface EffectiveScalar {
  readonly kind: 'scalar';
  /** After interpolation. A variable that is not known stands there as it is written. */
  readonly value: string | number | boolean | null;
  /** Whether all of it is known. */
  readonly known: boolean;
  readonly origin: Origin;
}

export interface EffectiveMap {
  readonly kind: 'map';
  readonly entries: readonly EffectiveEntry[];
  readonly origin: Origin;
}

export interface EffectiveEntry {
  readonly key: string;
  readonly value: Effective;
}

export interface EffectiveList {
  readonly kind: 'list';
  readonly items: readonly Effective[];
  readonly origin: Origin;
}
