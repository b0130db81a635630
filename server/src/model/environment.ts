import type { Place } from '../text/span.js';
import type { Change } from './change.js';
import type { Located, Slot } from './located.js';

/** One environment variable: Compose `environment`, Kubernetes `env`, Dockerfile ENV. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly nameAt: Place;
  /**
   * The literal value. Absent when none is written (passed through from outside); unknown when it is taken from
   * elsewhere (`valueFrom`, an interpolated variable).
   */
  readonly value: Located<string>;
  /** False where a variable decides the value or a part of it, also one whose value is known. */
  readonly literal: boolean;
  /** Where the same list of Compose sets it again: the last one counts. What another document sets is no repetition. */
  readonly repeatedAt?: Place;
  /** A template decides about this variable or another one of its list: they may not be there together. */
  readonly conditional?: true;
  /** The whole entry: the list item, the pair, or the assignment. */
  readonly slot: Slot;
  /** How the value can be made to come from outside the file; undefined where the format has no such way. */
  readonly externalise: ExternalValue | undefined;
}

/** What the value of an environment variable would be replaced by, so that it comes from outside the file. */
export interface ExternalValue {
  readonly kind: 'interpolation' | 'secret-reference';
  readonly change: Change | readonly Change[];
}
