// The line of a finding with its token underlined, however wide, long or hostile it is.
import type { Span } from '../text/span.js';
import type { Lines } from './report.js';
import { visible } from './visible.js';
import { textWidth, widthOf } from './width.js';

export interface Frame {
  /** From 1. */
  readonly lineNumber: number;
  readonly code: string;
  /** The same in parts, for those who can mark a part by itself. */
  readonly parts: { readonly before: string; readonly marked: string; readonly after: string };
  /** Blanks up to the token, to be put in front of the marks. */
  readonly indent: string;
  /** `^^^`; ends in `…` where the token goes on in a further line or behind the cut. */
  readonly marks: string;
}

interface Cell {
  readonly text: string;
  readonly width: number;
  readonly marked: boolean;
}

const tabWidth = 4;

/** Shows at most `columns` columns; a longer line is cut around the start of the token. */
export function frameOf({ text, index }: Lines, span: Span, columns: number): Frame {
  const { line } = index.positionAt(span.start);
  const whole = index.lineSpan(line);
  // Nothing farther away can be seen, so that a line of a megabyte costs no more than a short one.
  const start = boundary(text, Math.max(whole.start, span.start - 2 * columns), whole.start);
  const end = boundary(text, Math.min(whole.end, span.start + 2 * columns), whole.start);
  const from = start === 0 && text.startsWith('\uFEFF') ? 1 : start;
  const { cells, cutStart, cutEnd } = cut(cellsOf(text, { start: from, end }, span), columns);
  const first = cells.findIndex((cell) => cell.marked);
  const before = first < 0 ? cells : cells.slice(0, first);
  const marked = cells.filter((cell) => cell.marked);
  const after = cells.slice(before.length + marked.length);
  const leading = start > whole.start || cutStart ? '…' : '';
  const trailing = end < whole.end || cutEnd ? '…' : '';
  const goesOn = span.end > whole.end || (trailing !== '' && cells.at(-1)?.marked === true);
  return {
    lineNumber: line + 1,
    code: leading + textOf(cells) + trailing,
    parts: { before: leading + textOf(before), marked: textOf(marked), after: textOf(after) + trailing },
    indent: ' '.repeat(textWidth(leading) + widthSum(before)),
    marks: '^'.repeat(Math.max(1, widthSum(marked))) + (goesOn ? '…' : ''),
  };
}

/** Never between the halves of a surrogate pair. */
function boundary(text: string, offset: number, lowest: number): number {
  const unit = text.charCodeAt(offset);
  return offset > lowest && unit >= 0xdc00 && unit <= 0xdfff ? offset - 1 : offset;
}

function cellsOf(text: string, part: Span, token: Span): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  let offset = part.start;
  for (const character of text.slice(part.start, part.end)) {
    const shown = character === '\t' ? ' '.repeat(tabWidth - (column % tabWidth)) : visible(character);
    const width = shown === character ? widthOf(character) : textWidth(shown);
    const marked = offset >= token.start && offset < token.end;
    cells.push({ text: shown, width, marked });
    column += width;
    offset += character.length;
  }
  return cells;
}

/** Keeps what fits: the start of the token, and up to a third of the room for what stands before it. */
function cut(
  cells: readonly Cell[],
  columns: number,
): { readonly cells: readonly Cell[]; readonly cutStart: boolean; readonly cutEnd: boolean } {
  if (widthSum(cells) <= columns) return { cells, cutStart: false, cutEnd: false };
  const marked = cells.findIndex((cell) => cell.marked);
  const token = marked < 0 ? cells.length : marked;
  let first = 0;
  if (widthSum(cells.slice(0, token)) + widthSum(cells.filter((cell) => cell.marked)) > columns) {
    let room = Math.floor(columns / 3);
    for (first = token; first > 0; first--) {
      room -= cells[first - 1]?.width ?? 0;
      if (room < 0) break;
    }
  }
  let last = first;
  for (let room = columns; last < cells.length; last++) {
    room -= cells[last]?.width ?? 0;
    if (room < 0) break;
  }
  return { cells: cells.slice(first, last), cutStart: first > 0, cutEnd: last < cells.length };
}

function textOf(cells: readonly Cell[]): string {
  return cells.map((cell) => cell.text).join('');
}

function widthSum(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}
