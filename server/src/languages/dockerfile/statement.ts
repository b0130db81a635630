// The parts of one instruction: keyword, flags, arguments. All offsets are those of its line, continuations joined.
import { MappedText } from '../../text/mapped-text.js';
import type { Span } from '../../text/span.js';
import { isAsciiBlank, isFlagBlank, isSpace, skipBlanks, trimEnd } from './characters.js';
import { type JsonArray, readJsonArray } from './json-array.js';

export type Escape = '\\' | '`';

export interface RawFlag {
  readonly span: Span;
  /** Without the dashes, lower case. */
  readonly name: string;
  /** Without quotes; undefined where there is no `=`. */
  readonly value: MappedText | undefined;
}

export interface Statement {
  /** The whole line, its continuation lines joined as BuildKit joins them. */
  readonly line: MappedText;
  readonly escape: Escape;
  /** Upper case. */
  readonly keyword: string;
  readonly keywordSpan: Span;
  readonly flags: readonly RawFlag[];
  /** What stands behind the keyword and the flags; for HEALTHCHECK CMD, behind that. */
  readonly rest: Span;
  /** `CMD` or `NONE` of HEALTHCHECK. */
  readonly subcommand: Span | undefined;
  /** The array, where the arguments are in JSON form. */
  readonly json: JsonArray | undefined;
  /** What ONBUILD holds; undefined where nothing stands there. */
  readonly trigger: Statement | undefined;
}

const jsonKeywords: ReadonlySet<string> = new Set([
  'ADD',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'HEALTHCHECK',
  'RUN',
  'SHELL',
  'VOLUME',
]);

/** Reads a line; undefined for a blank one. */
export function readStatement(line: MappedText, escape: Escape): Statement | undefined {
  const end = trimEnd(line.value, 0, line.value.length);
  return readPart(line, skipBlanks(line.value, 0, end), end, escape, true);
}

function readPart(
  line: MappedText,
  start: number,
  end: number,
  escape: Escape,
  isOutermost: boolean,
): Statement | undefined {
  if (start >= end) return undefined;
  const text = line.value;
  let keywordEnd = start;
  while (keywordEnd < end && !isSpace(text, keywordEnd)) keywordEnd++;
  const keywordSpan = { start, end: keywordEnd };
  const keyword = text.slice(start, keywordEnd).toUpperCase();
  const { flags, next } = readFlags(line, escape, keywordEnd, end);
  let rest: Span = { start: next, end };
  let subcommand: Span | undefined;
  if (keyword === 'HEALTHCHECK' && next < end) {
    let subcommandEnd = next;
    while (subcommandEnd < end && !isAsciiBlank(text, subcommandEnd)) subcommandEnd++;
    subcommand = { start: next, end: subcommandEnd };
    rest = { start: skipBlanks(text, subcommandEnd, end), end };
  }
  const json = jsonKeywords.has(keyword) && text[rest.start] === '[' ? readJsonArray(line, rest) : undefined;
  // ONBUILD ONBUILD is refused by BuildKit, so one level is all there is.
  const trigger = keyword === 'ONBUILD' && isOutermost ? readPart(line, rest.start, end, escape, false) : undefined;
  return { line, escape, keyword, keywordSpan, flags, rest, subcommand, json, trigger };
}

/** Leading words with two dashes. A bare `--` ends them. */
function readFlags(
  line: MappedText,
  escape: Escape,
  start: number,
  end: number,
): { readonly flags: readonly RawFlag[]; readonly next: number } {
  const text = line.value;
  const flags: RawFlag[] = [];
  let at = skipAsciiBlanks(text, start, end);
  while (text.startsWith('--', at) && at < end) {
    const from = at;
    const pieces: MappedText[] = [];
    let quote = '';
    let run = at;
    const flush = (): void => {
      if (at > run) pieces.push(line.slice(run, at));
    };
    while (at < end && (quote !== '' || !isFlagBlank(text, at))) {
      const char = text[at] ?? '';
      const isEscape = char === escape;
      const isQuote = quote === '' ? char === '"' || char === "'" : char === quote;
      if (isQuote || isEscape) {
        flush();
        if (isQuote) quote = quote === '' ? char : '';
        run = at + 1;
        if (isEscape) at++;
      }
      at++;
    }
    at = Math.min(at, end);
    flush();
    const span = { start: from, end: at };
    const word = MappedText.join(pieces, line.part(from, at));
    // A character that ends a flag with its last byte is gone.
    at = skipAsciiBlanks(text, at < end && text.charCodeAt(at) >= 128 ? at + 1 : at, end);
    if (word.value === '--') break;
    const equals = word.value.indexOf('=');
    flags.push({
      span,
      name: word.value.slice(2, equals < 0 ? undefined : equals).toLowerCase(),
      value: equals < 0 ? undefined : word.slice(equals + 1, word.value.length),
    });
  }
  return { flags, next: skipBlanks(text, at, end) };
}

function skipAsciiBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isAsciiBlank(text, at)) at++;
  return at;
}
