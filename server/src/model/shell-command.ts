// Shell code as rules see it, whoever runs it: RUN, `command`, `args`, a probe, a lifecycle hook.
import type { Place } from '../text/span.js';
import type { Format } from './format.js';
import type { Slot } from './located.js';

export interface ShellWord {
  /** The word without its quotes; undefined where an expansion or a substitution decides. */
  readonly text: string | undefined;
  /** As written. */
  readonly raw: string;
  readonly at: Place;
  /** The list item that it is; undefined in a script, and where the format has no such items. */
  readonly slot?: Slot | undefined;
  /** It is a string of a list, whose quotes are in its place only. */
  readonly isListItem?: true;
  /** A variable that was filled in before any shell saw the word, as Compose does, brought a part of it. */
  readonly filledIn?: true;
  /** `$( … )`, backquotes and `<( … )` inside the word. */
  readonly substitutions: readonly ShellSubstitution[];
}

export interface ShellSubstitution {
  readonly kind: 'command' | 'process';
  readonly commands: readonly ShellCommand[];
}

export interface ShellRedirect {
  /** `>`, `>>`, `<`, `<<<` … */
  readonly operator: string;
  readonly target: ShellWord | undefined;
}

/** One simple command. */
export interface ShellCommand {
  readonly format: Format;
  /** The base name of the first word (`/usr/bin/curl` → `curl`); undefined where it is not static. */
  readonly name: string | undefined;
  readonly nameAt: Place;
  /** The whole command, without the operators around it. */
  readonly at: Place;
  /** Its words, the name first; assignments and redirections are not among them. */
  readonly words: readonly ShellWord[];
  readonly assignments: readonly { readonly name: string; readonly value: ShellWord | undefined }[];
  readonly redirects: readonly ShellRedirect[];
  /**
   * What stands between it and the command in front of it in the same list: `;` also for a new line or `&`. Undefined for
   * the first one of a list. A command that another one runs has that of the other one.
   */
  readonly connection: '&&' | '||' | ';' | '|' | undefined;
  /** Whether a group, a subshell, a condition, a loop or a function stands around it in its script. */
  readonly enclosed: boolean;
  /**
   * Whether all goes on where it fails: `|| true` or `|| echo …` stands behind it or what it is a part of, or it is in a
   * substitution that is no assignment's, so that only the command around it is asked how it ended.
   */
  readonly mayFail: boolean;
  /** The command whose output is piped into this one. */
  readonly pipedFrom: ShellCommand | undefined;
  /** The command that this one runs: `sudo`, `env`, `exec`, `time`, `nohup`, `xargs` … in front of another command. */
  readonly runs: ShellCommand | undefined;
  /** The script that `sh -c '…'`, `eval '…'` or `su -c '…'` runs, where its text is static. */
  readonly script: readonly ShellCommand[] | undefined;
  /** The commands of the same script that stand before this one, in the order of the text. */
  readonly earlier: readonly ShellCommand[];
  /** Those that stand behind it. */
  readonly later: readonly ShellCommand[];
}

/** Whether a script says by `||` what is to be done where a command fails. */
export function hasFallback({ later }: ShellCommand): boolean {
  for (const { connection, enclosed } of later) {
    if (connection === '||') return true;
    if (connection === ';' && !enclosed) return false;
  }
  return false;
}

/**
 * Where the end of a word stands that begins at an offset of its text: the value of `--name=value`. The whole word where
 * quotes or escapes inside it leave that open.
 */
export function restOfWord({ text, raw, at, isListItem }: ShellWord, start: number): Place {
  if (text === undefined) return at;
  const rest = text.slice(start);
  // More may also be a line that goes on inside the word.
  const outside = at.span.end - at.span.start - raw.length;
  const isQuoted =
    raw.length === text.length + 2 &&
    (raw.slice(1, -1) === text || (raw.startsWith(text.slice(0, start)) && raw.slice(start + 1, -1) === rest));
  if ((outside !== 0 && (outside !== 2 || !isListItem)) || (raw !== text && !isQuoted)) return at;
  const from = at.span.start + outside / 2 + (isQuoted ? 1 : 0) + start;
  return { file: at.file, span: { start: from, end: from + rest.length } };
}
