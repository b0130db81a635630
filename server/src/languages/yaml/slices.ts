// Cuts a YAML stream into its documents before anything is parsed, so that each can be parsed, kept and broken alone.
import type { Span } from '../../text/span.js';

/**
 * The documents of a stream, which together are the whole text. A boundary is `---` or `...` at column 0 followed by a
 * blank, a tab, a line end or the end of the text (YAML 1.2.2, 9.1.2), also inside block scalars, quotes and flow
 * collections. Comments and directives before the first `---` or behind `...` belong to the document that follows.
 */
export function sliceDocuments(text: string): readonly Span[] {
  const slices: Span[] = [];
  let start = 0;
  // Whether the current slice already holds content or a `---`, so that another `---` begins the next one.
  let begun = false;
  for (let line = 0; line < text.length; ) {
    const newline = text.indexOf('\n', line);
    const next = newline < 0 ? text.length : newline + 1;
    const marker = markerAt(text, line);
    if (marker === '---') {
      if (begun) {
        slices.push({ start, end: line });
        start = line;
      }
      begun = true;
    } else if (marker === '...') {
      slices.push({ start, end: next });
      start = next;
      begun = false;
    } else if (!begun && !isPrelude(text, line, next)) {
      begun = true;
    }
    line = next;
  }
  if (start < text.length || slices.length === 0) slices.push({ start, end: text.length });
  return slices;
}

function markerAt(text: string, line: number): '---' | '...' | undefined {
  const first = text.charCodeAt(line);
  if (first !== 45 && first !== 46) {
    // A byte order mark may stand in front of the very first marker.
    return line === 0 && first === 0xfeff && text.length > 1 ? markerAt(text.slice(1, 6), 0) : undefined;
  }
  if (text.charCodeAt(line + 1) !== first || text.charCodeAt(line + 2) !== first) return undefined;
  const behind = text.charCodeAt(line + 3);
  if (!Number.isNaN(behind) && behind !== 32 && behind !== 9 && behind !== 10 && behind !== 13) return undefined;
  return first === 45 ? '---' : '...';
}

/** Whether a line is blank, a comment or a directive. */
function isPrelude(text: string, line: number, next: number): boolean {
  if (text.charCodeAt(line) === 37) return true;
  for (let i = line; i < next; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 35) return true;
    if (unit !== 32 && unit !== 9 && unit !== 10 && unit !== 13 && unit !== 0xfeff) return false;
  }
  return true;
}
