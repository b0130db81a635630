// Comments as tools find them that search lines for a `#` and a word, whatever the line is a part of.
import type { Span } from '../../text/span.js';
import { lineAt } from './lines.js';

export interface Remark {
  /** From the `#` before the word to the end of the line. */
  readonly text: string;
  readonly line: Span;
  /** Whether nothing else stands before the first `#` of the line. */
  readonly alone: boolean;
}

/** One for each line that has a word behind a `#`, from top to bottom. `word` needs the flag `g`. */
export function remarksWith(text: string, word: RegExp): readonly Remark[] {
  const found: Remark[] = [];
  let past = 0;
  for (const match of text.matchAll(word)) {
    if (match.index < past) continue;
    const line = lineAt(text, match.index);
    past = line.end;
    const whole = text.slice(line.start, line.end);
    const sign = whole.lastIndexOf('#', match.index - line.start);
    if (sign >= 0) found.push({ text: whole.slice(sign), line, alone: /^[ \t\uFEFF]*#/.test(whole) });
  }
  return found;
}
