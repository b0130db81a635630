// A reference to a variable of Compose, where it is written: `$NAME`, `${NAME}`, `${NAME:-default}`.
import type { Place } from '../../text/span.js';

export interface VariableReference {
  readonly name: string;
  /** All of it, with the `$` and the braces. */
  readonly at: Place;
  /**
   * What stands behind the name: nothing; a default (`-`), a message of what is wrong without it (`?`), what to write where
   * it is set (`+`). With a colon, an empty value counts as none.
   */
  readonly operator: '' | '-' | ':-' | '?' | ':?' | '+' | ':+';
  /** What stands behind the operator, `$$` read as `$`; undefined where nothing does, or another reference is in it. */
  readonly operand: { readonly text: string; readonly at: Place } | undefined;
  /** What its value is called besides: the key that it is the whole value of, references that it is the default of. */
  readonly alsoCalled: readonly string[];
  /** False where it stands in another reference that may do without it. */
  readonly counts: boolean;
  /** Whether the `.env` file sets it, or another reference demands it, so that nothing starts without. */
  readonly isSet: boolean;
  /** Which one it is of those that count and refer to its variable without an operator; undefined where it has one. */
  readonly bare: 'only' | 'first' | 'later' | undefined;
  /** Whether it is the whole value of a key that Compose takes no empty text for: a boolean, a number. */
  readonly mayNotBeEmpty: boolean;
  /** Where a reference with braces can be written in its place; undefined where it cannot. */
  readonly replaceAt: Place | undefined;
  /** The operator and what stands behind it; undefined where it has none, or cannot be replaced. */
  readonly operatorAt: Place | undefined;
}
