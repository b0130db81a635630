// Lines of a text, as tools see it that look at lines alone.
import { lineStartAt } from '../../text/line-start.js';
import type { Span } from '../../text/span.js';

/** The line of an offset, without its line end. */
export function lineAt(text: string, offset: number): Span {
  const newline = text.indexOf('\n', offset);
  return { start: lineStartAt(text, offset), end: newline < 0 ? text.length : newline };
}

/** The line below that of an offset; undefined below the last one. */
export function lineBelow(text: string, offset: number): Span | undefined {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? undefined : lineAt(text, newline + 1);
}

/** Where findings of a line begin: also behind its last character. */
export function reachOf(line: Span): Span {
  return { start: line.start, end: line.end + 1 };
}

/** Whether a key of a YAML map stands at an offset. */
export function isKey(text: string, offset: number, keys: readonly string[]): boolean {
  const match = /^["']?(\w+)["']?[ \t]*:/.exec(text.slice(offset, offset + 100));
  return match !== null && keys.includes(match[1] ?? '');
}

export function isCommentLine(text: string, line: Span): boolean {
  let at = line.start;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\uFEFF') at++;
  return at < line.end && text[at] === '#';
}

/**
 * Tells, for lines from top to bottom, which line stands below each and the comment lines that follow it without a gap.
 * A stack of comments is walked once for all of them.
 */
export function belowStacks(text: string): (offset: number) => Span | undefined {
  let from = Number.POSITIVE_INFINITY;
  let below: Span | undefined;
  return (offset) => {
    if (from <= offset && (below === undefined || offset < below.start)) return below;
    from = offset;
    below = lineBelow(text, offset);
    while (below !== undefined && isCommentLine(text, below)) below = lineBelow(text, below.end);
    return below;
  };
}
