// Positions: the only way the model, the engine and the rules say where something stands.

/** A half-open range of UTF-16 offsets: `start` is inside, `end` is the first offset behind it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Names one text. Opaque to everything but the doors (CLI, language server), which choose it. */
export type FileId = string;

/** A span in a file. */
export interface Place {
  readonly file: FileId;
  readonly span: Span;
}

/** Whether the two spans share at least one offset. Empty spans share nothing. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** The same span, moved by `by` UTF-16 units. */
export function shift(span: Span, by: number): Span {
  return by === 0 ? span : { start: span.start + by, end: span.end + by };
}
