// The arguments of an instruction, one span a word, cut as BuildKit cuts them for each keyword.
import type { Span } from '../../text/span.js';
import { isBlank, isSpace, skipBlanks } from './characters.js';
import type { Escape, Statement } from './statement.js';

/** These take all that follows as one argument. */
const single: ReadonlySet<string> = new Set(['MAINTAINER', 'STOPSIGNAL', 'USER', 'WORKDIR']);
/** These are cut at every blank, quotes or not. */
const cutAtBlanks: ReadonlySet<string> = new Set(['ADD', 'COPY', 'EXPOSE', 'FROM', 'VOLUME']);
const keyValue: ReadonlySet<string> = new Set(['ENV', 'LABEL']);

/** The spans of the arguments in the line: strings of the JSON form, else words. */
export function argumentSpans(statement: Statement): readonly Span[] {
  const { json, rest, keyword, escape, line } = statement;
  const inner = json === undefined ? [] : json.items.map((item) => item.span);
  const before = statement.subcommand === undefined ? [] : [statement.subcommand];
  if (json?.onlyStrings === true) return [...before, ...inner];
  const text = line.value;
  if (rest.start >= rest.end) return before;
  if (single.has(keyword)) return [rest];
  if (cutAtBlanks.has(keyword)) return blankSeparated(text, rest);
  if (keyValue.has(keyword)) {
    const words = quotedWords(text, rest, escape);
    const first = words[0];
    if (first === undefined || text.slice(first.start, first.end).includes('=')) return words;
    // The old form `ENV NAME the whole value`.
    const name = blankSeparated(text, rest)[0] ?? first;
    const value = { start: skipBlanks(text, name.end, rest.end), end: rest.end };
    return value.start < value.end ? [name, value] : [name];
  }
  return [...before, ...quotedWords(text, rest, keyword === 'ARG' ? escape : '\\')];
}

/** Whether ENV or LABEL is written without `=`: the name, a blank, and all the rest as the value. */
export function isOldForm({ keyword, line, rest, escape }: Statement, spans: readonly Span[]): boolean {
  const first = spans[0];
  if (!keyValue.has(keyword) || first === undefined) return false;
  const text = line.value;
  if (!text.slice(first.start, first.end).includes('=')) return true;
  // A blank that parts words only may stand in front of the `=`.
  const word = first.start === rest.start ? quotedWords(text, first, escape)[0] : undefined;
  return word !== undefined && !text.slice(word.start, word.end).includes('=');
}

function blankSeparated(text: string, span: Span): readonly Span[] {
  const words: Span[] = [];
  let at = skipBlanks(text, span.start, span.end);
  while (at < span.end) {
    const start = at;
    while (at < span.end && !isSpace(text, at)) at++;
    words.push({ start, end: at });
    while (at < span.end && isSpace(text, at)) at++;
  }
  return words;
}

function quotedWords(text: string, span: Span, escape: Escape): readonly Span[] {
  const words: Span[] = [];
  let at = skipBlanks(text, span.start, span.end);
  while (at < span.end) {
    const start = at;
    let quote = '';
    while (at < span.end && (quote !== '' || !isBlank(text, at))) {
      const char = text[at] ?? '';
      if (char === escape && quote !== "'") at++;
      else if (char === quote) quote = '';
      else if (quote === '' && (char === '"' || char === "'")) quote = char;
      at++;
    }
    at = Math.min(at, span.end);
    // An escape character that nothing follows is no word.
    if (at > start + 1 || at < span.end || text[start] !== escape) words.push({ start, end: at });
    at = skipBlanks(text, at, span.end);
  }
  return words;
}
