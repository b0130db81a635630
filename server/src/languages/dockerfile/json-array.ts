// The JSON form of arguments, with the place of every string.
import { escaped, MappedText } from '../../text/mapped-text.js';
import type { Span } from '../../text/span.js';

export interface JsonItem {
  /** With its quotes, in the line. */
  readonly span: Span;
  /** Its place is that of the string with its quotes. */
  readonly value: MappedText;
}

export interface JsonArray {
  readonly items: readonly JsonItem[];
  /** False where something else than strings is in it, which BuildKit refuses. */
  readonly onlyStrings: boolean;
}

/** Reads a part of a line as a JSON array; undefined where it is none, which makes it shell form. */
export function readJsonArray(line: MappedText, span: Span): JsonArray | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line.value.slice(span.start, span.end));
  } catch {
    // Not JSON: BuildKit takes the text as shell form.
    return undefined;
  }
  if (!Array.isArray(parsed)) return undefined;
  if (!parsed.every((item) => typeof item === 'string')) return { items: [], onlyStrings: false };
  const items: JsonItem[] = [];
  const text = line.value;
  let at = text.indexOf('"', span.start);
  for (const value of parsed) {
    const end = endOfString(text, at, span.end);
    items.push({ span: { start: at, end }, value: decode(line, at, end, value) });
    at = text.indexOf('"', end);
  }
  return { items, onlyStrings: true };
}

function endOfString(text: string, start: number, limit: number): number {
  let at = start + 1;
  while (at < limit && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function decode(line: MappedText, start: number, end: number, value: string): MappedText {
  const place = line.part(start, end);
  if (value.length === end - start - 2) return MappedText.join([line.slice(start + 1, end - 1)], place);
  const text = line.value;
  const pieces: (MappedText | string)[] = [];
  let at = start + 1;
  while (at < end - 1) {
    const escape = text.indexOf('\\', at);
    const stop = escape < 0 || escape >= end - 1 ? end - 1 : escape;
    if (stop > at) pieces.push(line.slice(at, stop));
    at = stop;
    if (stop === end - 1) break;
    const length = text[at + 1] === 'u' ? 6 : 2;
    // A part that begins or ends at an escape takes all of it.
    const written = text.slice(at, at + length);
    pieces.push(escaped(String(JSON.parse(`"${written}"`)), line.part(at, at + length)));
    at += length;
  }
  return MappedText.join(pieces, place);
}
