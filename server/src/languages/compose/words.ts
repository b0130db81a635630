// Splits a command that is written as one text, as Compose does (mattn/go-shellwords): no shell ever sees it.
import { MappedText } from '../../text/mapped-text.js';

/**
 * The words without their quotes and backslashes. They end at an operator (`;`, `&`, `|`, `<`, `>`): what stands behind
 * it is dropped. Undefined where Compose refuses the text: an open quote, a parenthesis.
 */
export function splitWords(text: MappedText): readonly MappedText[] | undefined {
  const { value } = text;
  const words: MappedText[] = [];
  let pieces: MappedText[] = [];
  let start: number | undefined;
  let from = 0;
  let quote: string | undefined;
  /** Ends a run of characters that belong to the word as they are. */
  const keep = (end: number) => {
    if (end > from) pieces.push(text.slice(from, end));
  };
  const finish = (end: number) => {
    if (start === undefined) return;
    keep(end);
    words.push(MappedText.join(pieces, text.part(start, end)));
    pieces = [];
    start = undefined;
  };
  for (let i = 0; i < value.length; i++) {
    const unit = value[i] ?? '';
    if (start === undefined) from = i;
    if (unit === '\\' && quote !== "'") {
      if (i + 1 >= value.length) return undefined;
      start ??= i;
      keep(i);
      from = i + 1;
      i++;
    } else if (quote !== undefined) {
      if (unit !== quote) continue;
      if (quote === '"' || quote === "'") {
        keep(i);
        from = i + 1;
      }
      quote = undefined;
    } else if (unit === '"' || unit === "'") {
      start ??= i;
      keep(i);
      from = i + 1;
      quote = unit;
    } else if (/[ \t\r\n]/.test(unit)) {
      finish(i);
    } else if (/[;&|<>]/.test(unit)) {
      finish(i);
      return words;
    } else if (unit === '`') {
      start ??= i;
      quote = '`';
    } else if (unit === '(' || unit === ')') {
      if (unit === ')' || value[i - 1] !== '$') return undefined;
      quote = ')';
    } else {
      start ??= i;
    }
  }
  if (quote !== undefined) return undefined;
  finish(value.length);
  return words;
}
