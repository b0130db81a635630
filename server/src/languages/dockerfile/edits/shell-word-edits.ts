// Words of shell commands taken out, so that comments and the lines around them stay as they are.
import type { TextEdit } from '../../../text/edit.js';
import { leading } from '../../../text/leading.js';
import { lineStartAt } from '../../../text/line-start.js';
import type { Span } from '../../../text/span.js';
import { isBlank, skipBlanks } from '../characters.js';
import type { RawInstruction, Split } from '../split.js';

/** The edits that take words of a command out; undefined where that would touch something else. */
export function wordsRemoval(split: Split, { start, end }: Span): readonly TextEdit[] | undefined {
  const raw = split.instructions[leading(split.instructions, ({ span }) => span.end <= start)];
  if (raw === undefined || start >= end || raw.span.start >= start || raw.span.end < end) return undefined;
  const { text } = split;
  // In a string of a shell its quotes have escapes, which are no part of its place.
  if (text[start - 1] === '\\' || text[start - 1] === split.escape) return undefined;
  const item = itemAt(raw, start);
  if (item !== undefined) {
    const before = trimmedEnd(text, start);
    // The comma in front of it goes, too; a line break in between is for a person to look at.
    return text[before - 1] === ',' && !item.isFirst ? removal(trimmedEnd(text, before - 1), end) : undefined;
  }
  const lineStart = lineStartAt(text, start);
  if (skipBlanks(text, lineStart, start) < start) return removal(trimmedEnd(text, start), end);
  const lineEnd = endOfLine(text, end);
  const next = skipBlanks(text, end, lineEnd);
  const isContinued = next < lineEnd && endsInEscape(split, raw, next, lineEnd);
  if (isContinued && skipBlanks(text, next + 1, lineEnd) >= lineEnd) {
    return removal(lineStart, Math.min(text.indexOf('\n', lineEnd) + 1 || text.length, text.length));
  }
  if (next < lineEnd) return removal(start, next);
  return lastLineRemoval(split, raw, lineStart, lineEnd);
}

function removal(start: number, end: number): readonly TextEdit[] {
  return [{ span: { start, end }, newText: '' }];
}

/** A last line goes, and with it what makes the line above go on; comments in between stay. */
function lastLineRemoval(
  split: Split,
  raw: RawInstruction,
  lineStart: number,
  lineEnd: number,
): readonly TextEdit[] | undefined {
  const { text } = split;
  let above = lineStart;
  let hasComments = false;
  while (above > raw.span.start) {
    const end = above - 1;
    above = lineStartAt(text, end);
    const first = skipBlanks(text, above, end);
    if (text[first] === '#' && first < end) {
      hasComments = true;
      continue;
    }
    const last = trimmedEnd(text, text[end - 1] === '\r' ? end - 1 : end);
    if (last <= above) continue;
    if (!endsInEscape(split, raw, last - 1, last)) return undefined;
    const before = trimmedEnd(text, last - 1);
    if (before <= above) return undefined;
    if (!hasComments) return removal(before, lineEnd);
    const from = text[lineStart - 2] === '\r' ? lineStart - 2 : lineStart - 1;
    return [...removal(before, last), ...removal(from, lineEnd)];
  }
  return undefined;
}

/** The string of the JSON form that begins at an offset. */
function itemAt({ statement }: RawInstruction, start: number): { readonly isFirst: boolean } | undefined {
  const { json, line } = statement.trigger ?? statement;
  const index = json?.items.findIndex(({ span }) => line.part(span.start, span.end).span.start === start) ?? -1;
  return index < 0 ? undefined : { isFirst: index === 0 };
}

/** Whether the character at an offset makes its line go on. A heredoc is read by a shell, which has an escape of its own. */
function endsInEscape(split: Split, raw: RawInstruction, offset: number, lineEnd: number): boolean {
  const escape = offset < raw.headEnd ? split.escape : '\\';
  return offset < lineEnd && split.text[offset] === escape;
}

/** Where the blanks in front of an offset begin. */
function trimmedEnd(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && isBlank(text, at - 1)) at--;
  return at;
}

function endOfLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}
