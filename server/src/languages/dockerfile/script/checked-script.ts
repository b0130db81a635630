// The scripts of instructions as ShellCheck is given them, and the way back into the file.
import type { ScriptFinding, ShellFinding, ShellReplacement } from '../../../model/dockerfile/shell-script.js';
import type { MappedText } from '../../../text/mapped-text.js';
import type { Place } from '../../../text/span.js';
import { baseName } from './interpreter.js';
import { placeholderNames, withoutPlaceholders } from './placeholders.js';

/** The shell of BusyBox. */
const busybox = 'ash';

/** The shells that ShellCheck reads, by their names: what it calls their dialect. */
const dialects: ReadonlyMap<string, string> = new Map([
  ['sh', 'sh'],
  ['bash', 'bash'],
  ['dash', 'dash'],
  // Only newer versions of ShellCheck know it by a name of its own.
  [busybox, 'dash'],
  ['ksh', 'ksh'],
]);

/** The builder hands these on though no file declares them; names in capitals ShellCheck takes for set anyhow. */
const inherited: readonly string[] = ['http_proxy', 'https_proxy', 'ftp_proxy', 'no_proxy', 'all_proxy'];

const repeatedBlanks = 'SC2291';
const unassigned = 'SC2154';

/**
 * What dash does not have and BusyBox does: process substitution, `$'…'`, `[[`, `==`, `++` and `**` in arithmetic, `&>`, options of
 * `echo`, `let`, `source`, signals that begin with SIG, parts of a variable, and replacement in one.
 */
const onlyOfDash: readonly string[] = [
  ...['SC3001', 'SC3003', 'SC3010', 'SC3014', 'SC3018', 'SC3019', 'SC3020', 'SC3036', 'SC3039', 'SC3046', 'SC3048'],
  ...['SC3057', 'SC3060'],
];

export interface ScriptSurroundings {
  /** The words of the SHELL in force; undefined where none is. */
  readonly shell: readonly string[] | undefined;
  /** The variables that are set when it runs; of those that nobody knows the value is undefined. */
  readonly variables: ReadonlyMap<string, string | undefined>;
  /** Whether the script is a string of JSON. */
  readonly isJson: boolean;
}

export interface CheckedScript {
  /** All that ShellCheck is given: its first line names the dialect. */
  readonly input: string;
  readonly text: MappedText;
  /** What stands in front of the text, and what is put into it: where, and how long it is. */
  readonly before: number;
  readonly inserted: { readonly at: number; readonly length: number };
  /** Codes that would be wrong here. */
  readonly untold: readonly string[];
  readonly isJson: boolean;
}

/** Undefined where ShellCheck does not read the language. */
export function checkedScript(script: MappedText, surroundings: ScriptSurroundings): CheckedScript | undefined {
  const text = withoutPlaceholders(script);
  const own = ownShell(text.value);
  const [program = 'sh', ...options] = own ?? surroundings.shell ?? [];
  const name = baseName(program);
  const dialect = dialects.get(name);
  if (dialect === undefined) return undefined;
  const first = `#!/bin/${dialect}${options.some(stopsAtErrors) ? ' -e' : ''}\n`;
  // A second first line would be a fault.
  const shebang = own === undefined ? 0 : lineEnd(text.value, 0);
  const body = `${' '.repeat(shebang)}${text.value.slice(shebang)}`;
  const at = firstCommand(body);
  const declarations = declared(body, surroundings.variables);
  const input = `${first}${body.slice(0, at)}${declarations}${body.slice(at)}\n`;
  return {
    input,
    text,
    before: first.length,
    inserted: { at, length: declarations.length },
    untold: [...(options.some(readsProfile) ? [unassigned] : []), ...(name === busybox ? onlyOfDash : [])],
    isJson: surroundings.isJson,
  };
}

/** The words of a first line that names a shell. */
function ownShell(text: string): readonly string[] | undefined {
  if (!text.startsWith('#!')) return undefined;
  const words = text.slice(2, lineEnd(text, 0)).trim().split(/\s+/);
  const [first = '', ...others] = words;
  if (baseName(first) !== 'env') return words;
  const program = others.findIndex((word) => !/^-|=/.test(word));
  return program < 0 ? undefined : others.slice(program);
}

function stopsAtErrors(option: string): boolean {
  return /^-[a-z]*e/.test(option) || option === 'errexit';
}

/** The shell of a login, or one that a person talks to: what a profile sets stands in no file here. */
function readsProfile(option: string): boolean {
  return /^-[a-z]*[il]/i.test(option) || option === '--login';
}

/** What ShellCheck is told about a whole file stands in comments in front of its first command, and has to stay there. */
function firstCommand(text: string): number {
  let at = 0;
  while (at < text.length) {
    const end = lineEnd(text, at);
    if (!/^[ \t]*(?:#|$)/.test(text.slice(at, Math.min(end, at + 1000)))) break;
    at = end + 1;
  }
  return Math.min(at, text.length);
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline;
}

/**
 * A line that sets the variables of which the script speaks. Only what they hold that would be split or matched makes a
 * difference, so that scripts stay the same where values change.
 */
function declared(text: string, variables: ScriptSurroundings['variables']): string {
  const words: string[] = [];
  const add = (name: string, value: string | undefined) => {
    if (!/^[A-Za-z_]\w*$/.test(name) || !text.includes(name)) return;
    words.push(value !== undefined && /^[\w.,:/@%+=-]+$/.test(value) ? `${name}=1` : name);
  };
  for (const [name, value] of variables) add(name, value);
  // What a template fills in is taken for one word.
  for (const name of placeholderNames(text)) add(name, 'word');
  for (const name of inherited) if (!variables.has(name)) add(name, undefined);
  return words.length === 0 ? '' : `export ${words.sort().join(' ')}\n`;
}

/** Remarks about a script where they belong in the file. Those about what was added to it belong nowhere. */
export function placed(script: CheckedScript, findings: readonly ShellFinding[]): readonly ScriptFinding[] {
  return findings.flatMap((finding): readonly ScriptFinding[] => {
    const start = back(script, finding.start);
    const end = back(script, finding.end);
    if (start === undefined || end === undefined) return [];
    const { code, level, message } = finding;
    if (script.untold.includes(code)) return [];
    const at = visible(script.text, Math.min(start, end), Math.max(start, end));
    // The blanks in front of a continued line are no repeated ones.
    if (code === repeatedBlanks && at.span.end - at.span.start !== end - start) return [];
    return [{ code, level, message, at, replacements: replacementsIn(script, finding.replacements) }];
  });
}

/** From an offset of the input to one of the text; undefined for what was added. */
function back({ text, before, inserted }: CheckedScript, offset: number): number | undefined {
  const at = offset - before;
  if (at < 0) return undefined;
  if (at < inserted.at || inserted.length === 0) return Math.min(at, text.value.length);
  return at < inserted.at + inserted.length ? undefined : Math.min(at - inserted.length, text.value.length);
}

/** A remark about a point is shown on a character beside it. */
function visible(text: MappedText, start: number, end: number): Place {
  if (start < end) return text.part(start, end);
  const isShown = (offset: number) => offset >= 0 && /\S/.test(text.value.charAt(offset));
  let at = start;
  while (at > 0 && !isShown(at)) at--;
  return isShown(at) ? text.part(at, at + 1) : text.part(start, start);
}

/** All of them or none: where one cannot be told exactly, or would end the instruction, the fix is not known. */
function replacementsIn(
  script: CheckedScript,
  replacements: readonly ShellReplacement[],
): readonly ScriptFinding['replacements'][number][] {
  const known = replacements.flatMap((replacement) => {
    const at = replacement.text.includes('\n') ? undefined : exactly(script, replacement);
    if (at === undefined) return [];
    return [{ at, text: script.isJson ? JSON.stringify(replacement.text).slice(1, -1) : replacement.text }];
  });
  return known.length === replacements.length ? known : [];
}

function exactly(script: CheckedScript, { start, end, belongsTo }: ShellReplacement): Place | undefined {
  const [from, to] = [back(script, start), back(script, end)];
  if (from === undefined || to === undefined || to < from) return undefined;
  const { text } = script;
  if (from < to) {
    const at = text.exactPart(from, to);
    return at !== undefined && at.span.end - at.span.start === to - from ? at : undefined;
  }
  const neighbour = belongsTo === 'before' ? text.exactPart(from - 1, from) : text.exactPart(from, from + 1);
  if (neighbour === undefined || (belongsTo === 'before' && from === 0)) return undefined;
  const offset = belongsTo === 'before' ? neighbour.span.end : neighbour.span.start;
  return { file: neighbour.file, span: { start: offset, end: offset } };
}
