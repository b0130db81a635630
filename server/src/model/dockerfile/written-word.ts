// Where parts of a word stand, though a rule does not see how the word is written.
import type { Place } from '../../text/span.js';
import type { Known } from '../located.js';

/** Whether a word is its own value: no quotes, escapes, variables or continuation lines. */
export function standsAsItIs({ value, at: { span } }: Known<string>): boolean {
  return span.end - span.start === value.length;
}

/** The place of `value.slice(start, end)` where the word stands as its value, else that of the word. */
export function partOfWord(word: Known<string>, start: number, end: number): Place {
  if (!standsAsItIs(word)) return word.at;
  const from = word.at.span.start;
  return { file: word.at.file, span: { start: from + start, end: from + end } };
}
