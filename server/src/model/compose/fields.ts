// What Compose writes in more than one form, beside what every map has.
import type { MappedText } from '../../text/mapped-text.js';
import type { Place } from '../../text/span.js';
import type { Fields } from '../fields.js';
import type { Located, Slot } from '../located.js';

/** `KEY=value` in a list, or `KEY: value` in a map. */
export interface Assignment {
  readonly name: string;
  readonly nameAt: Place;
  /** Absent where only the name is written: the value is that of the shell. */
  readonly value: Located<string>;
  /** False where a variable decides the value or a part of it, also one whose value is known. */
  readonly literal: boolean;
  /** The whole entry. */
  readonly slot: Slot;
}

/** What YAML takes a scalar for: `1000` and `0x1F` are numbers, `"1000"`, `1000:1000` and `${ID:-1000}` are texts. */
export type ScalarType = 'text' | 'number' | 'boolean';

/**
 * Scalars are read as Compose reads them: after interpolation, whatever their quotes. `string` and `scalar` are the same
 * here; `boolean` takes `"yes"`, too, and `number` takes texts that are numbers.
 */
export interface ComposeFields extends Fields {
  /** The type that a scalar has before Compose casts it: where a text is wanted, it casts nothing. */
  scalarType(...path: readonly string[]): Located<ScalarType>;
  fields(...path: readonly string[]): Located<ComposeFields>;
  list(...path: readonly string[]): Located<readonly ComposeFields[]>;
  /** The entries of a map or of a list of assignments: `environment`, `labels`, `sysctls`, `args`, `extra_hosts`. */
  assignments(...path: readonly string[]): Located<readonly Assignment[]>;
  /** One text, or each text of a list: `tmpfs`, `dns`, `env_file`. Items of other types are left out. */
  texts(...path: readonly string[]): Located<readonly Located<string>[]>;
  /** The same with the places of their parts. */
  mappedTexts(...path: readonly string[]): Located<readonly Located<MappedText>[]>;
}
