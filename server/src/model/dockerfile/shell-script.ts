// What ShellCheck says about the script of an instruction.
import type { Place } from '../../text/span.js';

/** The levels of ShellCheck. */
export type ShellCheckLevel = 'error' | 'warning' | 'info' | 'style';

/** A remark about a script as ShellCheck was given it. Offsets are those of that text. */
export interface ShellFinding {
  /** `SC2086`. */
  readonly code: string;
  readonly level: ShellCheckLevel;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** What would mend it, all or nothing; none where nothing is known to. */
  readonly replacements: readonly ShellReplacement[];
}

export interface ShellReplacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Which of its neighbours an insertion belongs to. */
  readonly belongsTo: 'before' | 'behind';
}

/** What is known of a script, by the whole text that ShellCheck is given; undefined where nobody has asked yet. */
export type ShellFindings = (script: string) => readonly ShellFinding[] | undefined;

/** A remark about the script of an instruction, in the file. */
export interface ScriptFinding {
  readonly code: string;
  readonly level: ShellCheckLevel;
  readonly message: string;
  readonly at: Place;
  /** What would mend it, all or nothing; none where nothing is known to, or not exactly where it goes. */
  readonly replacements: readonly { readonly at: Place; readonly text: string }[];
}
