// What silences findings from inside a file: comments and annotations, ours and those of other tools.
import type { Span } from '../../text/span.js';
import type { Suppressed } from '../finding.js';

export interface Ignore {
  readonly ids: readonly IgnoreId[];
  readonly reason: string;
  /** Where a finding has to begin for the ignore to speak of it. Undefined: the whole file. */
  readonly scope: Span | undefined;
}

export interface IgnoreId {
  /** The rules that it means, or single checks of one: see {@link checkOf}. None: nothing that we know of. */
  readonly rules: readonly string[];
}

/** The name of one check of those that a rule passes on. */
export function checkOf(rule: string, check: string): string {
  return `${rule} ${check}`;
}

/** What another tool would not tell. It is honoured, and never judged itself. */
export interface ForeignIgnore extends Ignore {
  readonly by: Extract<Suppressed['by'], 'comment' | 'annotation'>;
  /** As rules name it among their `peers`. */
  readonly tool: string;
  /** The check as it is written; undefined where none is named and all are meant. */
  readonly check: string | undefined;
}
