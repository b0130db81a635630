// Quotes, escapes and variables of instruction words, as BuildKit's shlex package processes them.
import { MappedText } from '../../text/mapped-text.js';
import type { Lookup, Variable } from './scope.js';
import type { Escape } from './statement.js';

/** Defaults in defaults: deeper ones make the word unknown. */
const maxDepth = 20;
/** A longer value is unknown: variables that name each other twice grow without end. */
const maxLength = 100_000;

/** For words that BuildKit leaves to a shell: every variable makes them unknown. */
export const noVariables: Lookup = () => ({ kind: 'unknown' });

/** Whether a word is its own value. */
export function isLiteral(word: string): boolean {
  return !/["'$\\`]/.test(word);
}

/**
 * The value of a word; undefined where it cannot be told. `missing`: what a variable comes to that nobody has set, which
 * may yet be set from outside.
 */
export function expand(
  source: MappedText,
  escape: Escape,
  lookup: Lookup,
  missing: 'unknown' | 'empty' = 'unknown',
): MappedText | undefined {
  if (isLiteral(source.value)) return source;
  const reader: Reader = { source, escape, lookup, missing, pieces: [], length: 0, known: true };
  readWord(reader, 0, source.value.length, 0);
  return reader.known ? MappedText.join(reader.pieces, source.place) : undefined;
}

interface Reader {
  readonly source: MappedText;
  readonly escape: Escape;
  readonly lookup: Lookup;
  readonly missing: 'unknown' | 'empty';
  readonly pieces: (MappedText | string)[];
  length: number;
  known: boolean;
}

function add(reader: Reader, piece: MappedText | string): void {
  reader.pieces.push(piece);
  reader.length += typeof piece === 'string' ? piece.length : piece.value.length;
  if (reader.length > maxLength) reader.known = false;
}

function readWord(reader: Reader, start: number, end: number, depth: number): void {
  const text = reader.source.value;
  let quoted = false;
  let run = start;
  let at = start;
  const flush = (): void => {
    if (at > run) add(reader, reader.source.slice(run, at));
  };
  while (at < end && reader.known) {
    const char = text[at];
    if (char === "'" && !quoted) {
      flush();
      const close = text.indexOf("'", at + 1);
      // BuildKit refuses a quote that is not closed.
      if (close < 0 || close >= end) reader.known = false;
      run = at + 1;
      at = close;
      if (reader.known) flush();
      at++;
      run = at;
    } else if (char === '"') {
      flush();
      quoted = !quoted;
      at++;
      run = at;
    } else if (char === reader.escape && isEscaping(text[at + 1], quoted, reader.escape)) {
      flush();
      run = at + 1;
      at += 2;
    } else if (char === '$') {
      flush();
      at = readDollar(reader, at, end, depth);
      run = at;
    } else {
      at++;
    }
  }
  if (quoted) reader.known = false;
  at = Math.min(at, end);
  if (reader.known) flush();
}

function isEscaping(next: string | undefined, quoted: boolean, escape: Escape): boolean {
  return !quoted || next === '"' || next === '$' || next === escape;
}

/** Adds what stands for `$…` at `at`; the offset behind it. */
function readDollar(reader: Reader, at: number, end: number, depth: number): number {
  const text = reader.source.value;
  if (text[at + 1] === '{' && at + 1 < end) {
    const close = closingBrace(text, at + 2, end, reader.escape);
    if (close === undefined) reader.known = false;
    else readBraces(reader, at + 2, close, depth);
    return (close ?? end) + 1;
  }
  const nameEnd = endOfName(text, at + 1, end);
  if (nameEnd === at + 1) {
    // `$1`, `$?` and the like are variables that nobody sets; any other dollar is one.
    if (/[\w@*#?$!-]/.test(text.slice(nameEnd, Math.min(nameEnd + 1, end)))) reader.known = false;
    else add(reader, '$');
    return nameEnd;
  }
  addVariable(reader, reader.lookup(text.slice(at + 1, nameEnd)));
  return nameEnd;
}

function endOfName(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && /\w/.test(text.charAt(at)) && (at > start || !/\d/.test(text.charAt(at)))) at++;
  return at;
}

function closingBrace(text: string, start: number, end: number, escape: Escape): number | undefined {
  let open = 1;
  for (let at = start; at < end; at++) {
    const char = text[at];
    if (char === escape) at++;
    else if (char === '$' && text[at + 1] === '{') open++;
    else if (char === '}' && --open === 0) return at;
  }
  return undefined;
}

function addVariable(reader: Reader, variable: Variable): void {
  if (variable.kind === 'set') add(reader, variable.value);
  else if (reader.missing === 'unknown' || variable.kind === 'unknown') reader.known = false;
}

/** `NAME`, `NAME:-word`, `NAME-word`, `NAME:+word`, `NAME+word`, `NAME?message`; other operators make it unknown. */
function readBraces(reader: Reader, start: number, end: number, depth: number): void {
  const text = reader.source.value;
  const nameEnd = endOfName(text, start, end);
  if (nameEnd === start) {
    reader.known = false;
    return;
  }
  const variable = reader.lookup(text.slice(start, nameEnd));
  if (nameEnd === end) {
    addVariable(reader, variable);
    return;
  }
  const colon = text[nameEnd] === ':';
  const operatorAt = colon ? nameEnd + 1 : nameEnd;
  const operator = operatorAt < end ? text[operatorAt] : undefined;
  const isMissing =
    variable.kind === 'unset' ||
    variable.kind === 'undeclared' ||
    (colon && variable.kind === 'set' && variable.value === '');
  if (operator === '-' && isMissing) addDefault(reader, operatorAt + 1, end, depth);
  else if (operator === '?' && isMissing) reader.known = false;
  else if (operator === '-' || operator === '?') addVariable(reader, variable);
  else if (operator === '+' && variable.kind === 'set') {
    if (!isMissing) addDefault(reader, operatorAt + 1, end, depth);
  } else reader.known = false;
}

function addDefault(reader: Reader, start: number, end: number, depth: number): void {
  if (depth >= maxDepth) reader.known = false;
  else readWord(reader, start, end, depth + 1);
}
