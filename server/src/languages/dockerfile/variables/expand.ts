// Quotes, escapes and variables of instruction words, as BuildKit's shell package (Lex) processes them.
import { MappedText } from '../../../text/mapped-text.js';
import type { Span } from '../../../text/span.js';
import type { Escape } from '../statement.js';
import { isPattern, replacePattern, trimPattern } from './pattern.js';
import type { Lookup, Variable } from './scope.js';

/** Defaults in defaults: deeper ones make the word unknown. */
const maxDepth = 20;
/** A longer value is unknown. */
const maxLength = 100_000;
/** So is one of which variables bring more: those that name each other twice, or that each line adds to, grow without end. */
const maxBrought = 10_000;

/** For words that BuildKit leaves to a shell: every variable makes them unknown. */
export const noVariables: Lookup = () => ({ kind: 'unknown' });

/** Why BuildKit refuses a word, whatever its variables are. */
export interface WordTrouble {
  /** In the word. */
  readonly span: Span;
  /** A sentence. */
  readonly message: string;
}

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
  const reader = { ...startReader(source, escape, lookup), missing };
  const { pieces } = readWord(reader, undefined, 0);
  return reader.known && reader.trouble === undefined ? MappedText.join(pieces, source.place) : undefined;
}

/** What BuildKit refuses about a word; `quotes` is false for the body of a heredoc, where they stand for themselves. */
export function findTrouble(source: MappedText, escape: Escape, quotes = true): WordTrouble | undefined {
  if (isLiteral(source.value)) return undefined;
  const reader = startReader(source, escape, noVariables, quotes);
  readWord(reader, undefined, 0);
  return reader.trouble;
}

/** The offset behind the `$…` at `at`; undefined where BuildKit refuses it. */
export function skipDollar(line: MappedText, at: number): number | undefined {
  const reader = startReader(line, '\\', noVariables);
  reader.at = at;
  readDollar(reader, 0);
  return reader.trouble === undefined ? reader.at : undefined;
}

interface Reader {
  readonly source: MappedText;
  readonly escape: Escape;
  readonly lookup: Lookup;
  readonly missing: 'unknown' | 'empty';
  readonly quotes: boolean;
  at: number;
  length: number;
  /** How much of that variables brought. */
  brought: number;
  /** Whether escape characters stay in the value: in patterns they do. */
  raw: boolean;
  known: boolean;
  /** Whether the rest is not read, since there is too much of it. */
  stopped: boolean;
  trouble: WordTrouble | undefined;
}

type Piece = MappedText | string;

/** What a part of the word comes to, so long as the reader says that it is known. */
interface Read {
  readonly pieces: readonly Piece[];
  /** Whether it ends with the sign that ends it. */
  readonly closed?: boolean;
}

const nothing: Read = { pieces: [] };

function startReader(source: MappedText, escape: Escape, lookup: Lookup, quotes = true): Reader {
  return {
    source,
    escape,
    lookup,
    missing: 'unknown',
    quotes,
    at: 0,
    length: 0,
    brought: 0,
    raw: false,
    known: true,
    stopped: false,
    trouble: undefined,
  };
}

/** Ends the reading: BuildKit does so too. */
function refuse(reader: Reader, start: number, end: number, message: string): Read {
  const last = reader.source.value.length;
  reader.trouble ??= { span: { start, end: Math.min(end, last) }, message };
  return giveUp(reader);
}

function giveUp(reader: Reader): Read {
  reader.known = false;
  reader.stopped = true;
  reader.at = reader.source.value.length;
  return nothing;
}

function unknown(reader: Reader): Read {
  reader.known = false;
  return nothing;
}

/** Reads until `stop`, which is read too, or to the end. */
function readWord(reader: Reader, stop: '}' | '/' | undefined, depth: number): Read {
  const text = reader.source.value;
  const pieces: Piece[] = [];
  let run = reader.at;
  const flush = (): void => {
    if (reader.at > run) add(reader, pieces, reader.source.slice(run, reader.at));
  };
  const include = (read: Read): void => {
    for (const piece of read.pieces) add(reader, pieces, piece);
    run = reader.at;
  };
  while (reader.at < text.length) {
    const char = text[reader.at];
    if (char === stop) {
      flush();
      reader.at++;
      return { pieces, closed: true };
    }
    if (char === '$') {
      flush();
      include(readDollar(reader, depth));
    } else if (char === "'" && reader.quotes) {
      flush();
      include(readSingleQuotes(reader));
    } else if (char === '"' && reader.quotes) {
      flush();
      include(readDoubleQuotes(reader, depth));
    } else if (char === reader.escape) {
      if (!reader.raw) flush();
      if (!reader.raw) run = reader.at + 1;
      reader.at = Math.min(reader.at + 2, text.length);
    } else {
      reader.at++;
    }
  }
  flush();
  return { pieces };
}

function add(reader: Reader, pieces: Piece[], piece: Piece): void {
  pieces.push(piece);
  const size = typeof piece === 'string' ? piece.length : piece.value.length;
  reader.length += size;
  if (typeof piece === 'string') reader.brought += size;
  if (reader.length > maxLength || reader.brought > maxBrought) giveUp(reader);
}

function readSingleQuotes(reader: Reader): Read {
  const start = reader.at;
  const close = reader.source.value.indexOf("'", start + 1);
  if (close < 0) return refuse(reader, start, start + 1, 'A quote is opened and never closed.');
  reader.at = close + 1;
  return { pieces: close === start + 1 ? [] : [reader.source.slice(start + 1, close)] };
}

function readDoubleQuotes(reader: Reader, depth: number): Read {
  const { source, escape } = reader;
  const text = source.value;
  const start = reader.at++;
  const pieces: Piece[] = [];
  let run = reader.at;
  const flush = (): void => {
    if (reader.at > run) pieces.push(source.slice(run, reader.at));
  };
  while (reader.at < text.length) {
    const char = text[reader.at];
    if (char === '"') {
      flush();
      reader.at++;
      return { pieces };
    }
    if (char === '$') {
      flush();
      pieces.push(...readDollar(reader, depth).pieces);
      run = reader.at;
    } else if (char === escape) {
      const next = text[reader.at + 1];
      const isEscape = next === '"' || next === '$' || next === escape;
      if (isEscape && !reader.raw) {
        flush();
        run = reader.at + 1;
      }
      reader.at += isEscape ? 2 : 1;
    } else {
      reader.at++;
    }
  }
  return refuse(reader, start, start + 1, 'A quote is opened and never closed.');
}

function readDollar(reader: Reader, depth: number): Read {
  const text = reader.source.value;
  const start = reader.at++;
  if (text[reader.at] === '{') return readBraces(reader, start, depth);
  const name = readName(reader);
  return name === '' ? { pieces: [reader.source.slice(start, start + 1)] } : variable(reader, name);
}

/** A name, the digits of a parameter (`$1`), or one special parameter (`$?`). */
function readName(reader: Reader): string {
  const text = reader.source.value;
  const start = reader.at;
  const first = text[start] ?? '';
  if (/[@*#?\-$!0]/.test(first)) reader.at++;
  else if (/\d/.test(first)) while (/\d/.test(text[reader.at] ?? '')) reader.at++;
  else while (isNamePart(text, reader.at)) reader.at++;
  return text.slice(start, reader.at);
}

function isNamePart(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  // A word character; any other letter is rare.
  if (unit < 128) return /\w/.test(text.charAt(at));
  return /[\p{L}\p{Nd}]/u.test(text.charAt(at));
}

function variable(reader: Reader, name: string): Read {
  const { found, isSet } = lookUp(reader, name);
  if (isSet) return { pieces: found.kind === 'set' ? [found.value] : [] };
  return reader.missing === 'empty' && found.kind !== 'unknown' ? nothing : unknown(reader);
}

/** Parameters of a shell (`$1`, `$?`), and what has no name, are variables that nobody sets: they come to nothing. */
function lookUp(reader: Reader, name: string): { readonly found: Variable; readonly isSet: boolean } {
  if (name === '' || /^[\d@*#?\-$!]/.test(name)) return { found: { kind: 'undeclared' }, isSet: true };
  const found = reader.lookup(name);
  return { found, isSet: found.kind === 'set' };
}

/** `${…}`: NAME alone, or with one of `-`, `+`, `?` (also behind a colon), `#`, `%` and `/`. */
function readBraces(reader: Reader, start: number, depth: number): Read {
  const text = reader.source.value;
  reader.at++;
  const first = text[reader.at];
  if (first === undefined) return refuse(reader, start, start + 2, "The '${' is never closed.");
  if (first === '{' || first === '}' || first === ':') {
    return refuse(reader, start, reader.at + 1, `'${text.slice(start, reader.at + 1)}' names no variable.`);
  }
  if (depth >= maxDepth) return giveUp(reader);
  const name = readName(reader);
  const operatorAt = reader.at;
  const operator = text[reader.at++];
  // BuildKit takes it for one that nobody sets, where an operator follows.
  if (name === '' && !/^[-+?#%/]$/.test(operator ?? '')) {
    return refuse(reader, start, start + 2, "'${' names no variable.");
  }
  if (operator === '}') return variable(reader, name);
  if (operator === undefined || /["'\s]/.test(operator))
    return refuse(reader, start, start + 2, "The '${' is never closed.");
  if (operator === '/') return replace(reader, start, name, depth);
  const colon = operator === ':';
  const kind = colon ? (text[reader.at++] ?? '') : operator;
  const trims = kind === '#' || kind === '%';
  if (!/[-+?#%]/.test(kind) || (colon && trims)) {
    const what = text.slice(operatorAt, Math.max(reader.at, operatorAt + 1));
    return refuse(reader, operatorAt, reader.at, `The builder knows no operator '${what}' for variables.`);
  }
  const part = readPart(reader, start, '}', trims, depth);
  if (reader.stopped) return nothing;
  return trims ? trim(reader, { start, end: reader.at }, name, kind, part) : choose(reader, name, kind, colon, part);
}

/** A part inside `${…}`, which does not count before it is taken. */
interface Part extends Read {
  readonly known: boolean;
}

function readPart(reader: Reader, start: number, stop: '}' | '/', raw: boolean, depth: number): Part {
  const { raw: outerRaw, known: outerKnown, length, brought } = reader;
  reader.raw = raw;
  reader.known = true;
  const { pieces, closed } = readWord(reader, stop, depth + 1);
  const part = { pieces, known: reader.known };
  if (reader.stopped) return part;
  if (closed !== true) refuse(reader, start, start + 2, "The '${' is never closed.");
  reader.raw = outerRaw;
  reader.known = outerKnown && reader.trouble === undefined;
  reader.length = length;
  reader.brought = brought;
  return part;
}

function taken(reader: Reader, { pieces, known }: Part): Read {
  return known ? { pieces } : unknown(reader);
}

/** What `-`, `+` and `?` come to. A part that is not taken need not be known. */
function choose(reader: Reader, name: string, kind: string, colon: boolean, part: Part): Read {
  const { found, isSet } = lookUp(reader, name);
  const isMissing = found.kind === 'unset' || found.kind === 'undeclared' || (colon && isEmpty(found));
  if (kind === '-' && isMissing) return taken(reader, part);
  if (kind === '+' && isSet) return isMissing ? nothing : taken(reader, part);
  if (found.kind !== 'set' || kind === '+' || (kind === '?' && isMissing)) return unknown(reader);
  return { pieces: [found.value] };
}

function isEmpty(found: Variable): boolean {
  return found.kind === 'set' && found.value === '';
}

function trim(reader: Reader, span: Span, name: string, kind: string, part: Part): Read {
  const pattern = textOf(part);
  if (part.known && !isPattern(pattern)) return refusePattern(reader, span);
  const value = variable(reader, name);
  if (!reader.known || !part.known) return unknown(reader);
  return pieceOf(reader, trimPattern(textOf(value), kind === '#' ? 'start' : 'end', pattern));
}

function replace(reader: Reader, start: number, name: string, depth: number): Read {
  const all = reader.source.value[reader.at] === '/';
  if (all) reader.at++;
  const part = readPart(reader, start, '/', true, depth);
  if (reader.stopped) return nothing;
  const replacement = readPart(reader, start, '}', true, depth);
  if (reader.stopped) return nothing;
  const pattern = textOf(part);
  if (part.known && !isPattern(pattern)) return refusePattern(reader, { start, end: reader.at });
  const value = variable(reader, name);
  if (!reader.known || !part.known || !replacement.known) return unknown(reader);
  return pieceOf(reader, replacePattern(textOf(value), pattern, textOf(replacement), all));
}

function refusePattern(reader: Reader, { start, end }: Span): Read {
  return refuse(reader, start, end, 'The pattern escapes a character that needs no escape.');
}

function pieceOf(reader: Reader, result: string | undefined): Read {
  return result === undefined ? unknown(reader) : { pieces: [result] };
}

function textOf({ pieces }: Read): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : piece.value)).join('');
}
