import type { Span } from './span.js';

/** Replaces the text of `span` by `newText`. An empty span inserts. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** The edits in the order of the text; those at one offset keep the order they came in. */
export function sortEdits(edits: readonly TextEdit[]): readonly TextEdit[] {
  return [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/**
 * Whether two edits change the same text, so that they cannot both be applied to it. Two insertions at one offset count
 * as a conflict: their order would be a guess.
 */
export function conflicts(a: TextEdit, b: TextEdit): boolean {
  if (a.span.start === b.span.start && (a.span.start === a.span.end || b.span.start === b.span.end)) return true;
  return a.span.start < b.span.end && b.span.start < a.span.end;
}

/**
 * Applies edits that all refer to the offsets of `text`.
 * @throws RangeError when two edits overlap or one lies outside the text.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let done = 0;
  for (const edit of sortEdits(edits)) {
    if (edit.span.start < done || edit.span.end > text.length || edit.span.end < edit.span.start) {
      throw new RangeError(`Edit ${edit.span.start}..${edit.span.end} overlaps another one or leaves the text.`);
    }
    result += text.slice(done, edit.span.start) + edit.newText;
    done = edit.span.end;
  }
  return result + text.slice(done);
}

type Piece = { readonly kind: 'old'; readonly span: Span } | { readonly kind: 'new'; readonly text: string };

/**
 * The edits of `text` that come to the same as `first` and then `second`, whose offsets are those of the text that
 * `first` leaves. What both touch becomes one edit.
 * @throws RangeError as {@link applyEdits} does.
 */
export function composeEdits(text: string, first: readonly TextEdit[], second: readonly TextEdit[]): TextEdit[] {
  const start: readonly Piece[] = [{ kind: 'old', span: { start: 0, end: text.length } }];
  return editsOfPieces(text.length, editPieces(editPieces(start, first), second));
}

function lengthOf(piece: Piece): number {
  return piece.kind === 'old' ? piece.span.end - piece.span.start : piece.text.length;
}

function editPieces(pieces: readonly Piece[], edits: readonly TextEdit[]): readonly Piece[] {
  const result: Piece[] = [];
  let index = 0;
  /** How much of the piece at `index` is taken already, and the offset that this comes to. */
  let taken = 0;
  let at = 0;
  const advance = (to: number, keep: boolean) => {
    while (at < to) {
      const piece = pieces[index];
      if (piece === undefined) throw new RangeError(`Edit at ${to} leaves the text.`);
      const step = Math.min(lengthOf(piece) - taken, to - at);
      if (keep && step > 0) result.push(partOf(piece, taken, taken + step));
      at += step;
      taken += step;
      if (taken === lengthOf(piece)) {
        index++;
        taken = 0;
      }
    }
  };
  for (const { span, newText } of sortEdits(edits)) {
    if (span.start < at) throw new RangeError(`Edit ${span.start}..${span.end} overlaps another one.`);
    advance(span.start, true);
    if (newText !== '') result.push({ kind: 'new', text: newText });
    advance(span.end, false);
  }
  advance(
    pieces.reduce((sum, piece) => sum + lengthOf(piece), 0),
    true,
  );
  return result;
}

function partOf(piece: Piece, from: number, to: number): Piece {
  if (piece.kind === 'new') return { kind: 'new', text: piece.text.slice(from, to) };
  return { kind: 'old', span: { start: piece.span.start + from, end: piece.span.start + to } };
}

function editsOfPieces(length: number, pieces: readonly Piece[]): TextEdit[] {
  const edits: TextEdit[] = [];
  let done = 0;
  let newText = '';
  const close = (start: number) => {
    if (start > done || newText !== '') edits.push({ span: { start: done, end: start }, newText });
    newText = '';
  };
  for (const piece of pieces) {
    if (piece.kind === 'new') {
      newText += piece.text;
      continue;
    }
    close(piece.span.start);
    done = piece.span.end;
  }
  close(length);
  return edits;
}
