import type { BlankLine } from '../../model/dockerfile/instruction.js';
import { skipBlanks } from './characters.js';
import type { RawInstruction, Split } from './split.js';

/** The lines without text between the lines of an instruction; those of a heredoc belong to its text. */
export function blankLinesOf({ text, file }: Split, { span, headEnd }: RawInstruction): readonly BlankLine[] {
  const found: BlankLine[] = [];
  for (let newline = text.indexOf('\n', span.start); newline >= 0 && newline < headEnd; ) {
    const next = text.indexOf('\n', newline + 1);
    const start = newline + 1;
    let end = next < 0 ? text.length : next;
    if (end > start && text[end - 1] === '\r') end--;
    if (end <= headEnd && skipBlanks(text, start, end) >= end) {
      const whole = { start, end: next < 0 ? text.length : next + 1 };
      found.push({ at: { file, span: { start, end } }, whole: { file, span: whole } });
    }
    newline = next;
  }
  return found;
}
