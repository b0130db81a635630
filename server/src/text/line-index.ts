import { leading } from './leading.js';
import type { Span } from './span.js';

/** A position as editors count it: both numbers from 0, `character` in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/**
 * Converts between offsets and lines. Line ends are `\n`, `\r\n` and a lone `\r`, as in the Language Server Protocol
 * (3.17, "Text Documents"); a line's end is never part of the line.
 */
export class LineIndex {
  readonly #text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#text = text;
    const starts = [0];
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
    }
    this.#starts = starts;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The line and character of an offset; an offset outside the text is clamped to it. */
  positionAt(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.#text.length));
    const line = leading(this.#starts, (start) => start <= clamped) - 1;
    return { line, character: clamped - (this.#starts[line] ?? 0) };
  }

  /** The offset of a position; a line or character outside the text is clamped to it. */
  offsetAt(position: Position): number {
    if (position.line < 0) return 0;
    const start = this.#starts[position.line];
    if (start === undefined) return this.#text.length;
    return Math.min(start + Math.max(0, position.character), this.lineSpan(position.line).end);
  }

  /** The span of a line, counted from 0, without its line end. */
  lineSpan(line: number): Span {
    const start = this.#starts[line] ?? this.#text.length;
    let end = this.#starts[line + 1] ?? this.#text.length;
    if (end > start && this.#text.charCodeAt(end - 1) === 10) end--;
    if (end > start && this.#text.charCodeAt(end - 1) === 13) end--;
    return { start, end };
  }
}
