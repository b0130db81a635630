// Instructions that an earlier one takes in: its line goes on by mistake, or its heredoc is not ended.
import { isKeyword } from '../../model/dockerfile/keywords.js';
import type { RawInstruction, Split } from './split.js';

const none: ReadonlySet<string> = new Set();

/** The keywords, in capitals and without a blank in front, that begin a later line of an instruction. */
export function swallowedBy({ text }: Split, { span, headEnd, heredocs }: RawInstruction): ReadonlySet<string> {
  const open = heredocs.at(-1)?.terminated === false ? heredocs.at(-1)?.body : undefined;
  const newline = text.indexOf('\n', span.start);
  if (open === undefined && (newline < 0 || newline >= headEnd)) return none;
  const found = new Set<string>();
  for (const { start, end } of [{ start: span.start, end: headEnd }, ...(open === undefined ? [] : [open])]) {
    for (const [, word = ''] of text.slice(start, end).matchAll(/(?<=\n)([A-Z]{3,11})[ \t]/g)) {
      if (isKeyword(word)) found.add(word);
    }
  }
  if (open !== undefined) {
    const [first = ''] = /^[A-Z]{3,11}(?=[ \t])/.exec(text.slice(open.start, open.start + 20)) ?? [];
    if (isKeyword(first)) found.add(first);
  }
  return found;
}
