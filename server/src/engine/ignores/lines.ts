// Lines of a text, as tools see it that look at lines alone.
import type { Span } from '../../text/span.js';

/** The line of an offset, without its line end. */
export function lineAt(text: string, offset: number): Span {
  const start = offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.indexOf('\n', offset);
  return { start, end: newline < 0 ? text.length : newline };
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
  let known: { readonly from: number; readonly below: Span } | undefined;
  return (offset) => {
    if (known !== undefined && known.from <= offset && offset < known.below.start) return known.below;
    let below = lineBelow(text, offset);
    while (below !== undefined && isCommentLine(text, below)) below = lineBelow(text, below.end);
    known = below === undefined ? undefined : { from: offset, below };
    return below;
  };
}
