// A decoded value that still knows where each part of it was written.

import { leading } from './leading.js';
import type { Place, Span } from './span.js';

/** A run of the value that stands one to one in the source. Offsets of `value` are relative to the value. */
export interface Segment {
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly sourceStart: number;
  /** What brought the run in, e.g. `${NAME:-run}`: a range that reaches beyond the run takes all of it. */
  readonly reference?: Span;
  /** True where the run does not stand in its reference as it reads: it is all of it or nothing. */
  readonly opaque?: boolean;
  /** True where the reference is no more than another way to write the run: `$$`. */
  readonly escape?: boolean;
}

/**
 * A value (a YAML scalar, a shell word, a JSON string) and the place it was written at. `segments` lists, in order, the
 * runs that stand in the source unchanged; escapes, folds and interpolated text lie between them.
 */
export class MappedText {
  readonly value: string;
  readonly place: Place;
  readonly #segments: readonly Segment[];

  constructor(value: string, place: Place, segments: readonly Segment[]) {
    this.value = value;
    this.place = place;
    this.#segments = segments;
  }

  /**
   * The place of `value.slice(start, end)`. Exact where both ends stand in the source unchanged, else the whole place:
   * a range that is too wide is better than a wrong one.
   */
  part(start: number, end: number): Place {
    const span = this.#span(start, end, false);
    return span === undefined ? this.place : { file: this.place.file, span };
  }

  /** Where in the value a place of the source stands; undefined for one that does not stand in it as it reads. */
  offsetOf(source: number): number | undefined {
    for (const { valueStart, valueEnd, sourceStart, reference } of this.#segments) {
      const offset = valueStart + (source - sourceStart);
      if (reference === undefined && valueStart <= offset && offset <= valueEnd) return offset;
    }
    return undefined;
  }

  /** Like {@link part}, but undefined where no exact answer is known. */
  exactPart(start: number, end: number): Place | undefined {
    const span = this.#span(start, end, true);
    return span === undefined ? undefined : { file: this.place.file, span };
  }

  /** Whether a reference, and no escape, brought a part of `value.slice(start, end)` in. */
  holdsReference(start: number, end: number): boolean {
    for (let i = this.#firstReaching(start + 1); i < this.#segments.length; i++) {
      const segment = this.#segments[i];
      if (segment === undefined || segment.valueStart >= end) return false;
      if (segment.reference !== undefined && segment.escape !== true) return true;
    }
    return false;
  }

  #span(start: number, end: number, exact: boolean): Span | undefined {
    const from = this.#segments[this.#firstReaching(start === end ? start : start + 1)];
    const to = start === end ? from : this.#segments[this.#firstReaching(end)];
    if (from === undefined || to === undefined) return undefined;
    if (from.valueStart > start || (start !== end && to.valueStart >= end)) return undefined;
    const inside = from === to && from.opaque !== true;
    if (exact && !inside && (from.reference ?? to.reference) !== undefined) return undefined;
    return {
      start:
        inside || from.reference === undefined ? from.sourceStart + (start - from.valueStart) : from.reference.start,
      end: inside || to.reference === undefined ? to.sourceStart + (end - to.valueStart) : to.reference.end,
    };
  }

  /** The index of the first segment that ends at or behind `offset`. */
  #firstReaching(offset: number): number {
    return leading(this.#segments, ({ valueEnd }) => valueEnd < offset);
  }

  /** `value.slice(start, end)` as a mapped text of its own. */
  slice(start: number, end: number): MappedText {
    const [only] = this.#segments;
    if (only !== undefined && this.#segments.length === 1 && only.reference === undefined) {
      // Nearly all texts stand in one piece.
      if (only.valueStart <= start && start < end && end <= only.valueEnd) {
        const sourceStart = only.sourceStart + (start - only.valueStart);
        const place = { file: this.place.file, span: { start: sourceStart, end: sourceStart + (end - start) } };
        return new MappedText(this.value.slice(start, end), place, [
          { valueStart: 0, valueEnd: end - start, sourceStart },
        ]);
      }
    }
    const segments: Segment[] = [];
    for (let i = this.#firstReaching(start); i < this.#segments.length; i++) {
      const segment = this.#segments[i];
      if (segment === undefined || segment.valueStart > end) break;
      const from = Math.max(segment.valueStart, start);
      const to = Math.min(segment.valueEnd, end);
      if (from === to && start !== end) continue;
      // What was cut out of an opaque run stands nowhere: its place is the reference, see `part`.
      if (segment.opaque === true && (from !== segment.valueStart || to !== segment.valueEnd)) continue;
      segments.push({
        ...segment,
        valueStart: from - start,
        valueEnd: to - start,
        sourceStart: segment.sourceStart + (from - segment.valueStart),
      });
    }
    return new MappedText(this.value.slice(start, end), this.part(start, end), segments);
  }

  /** The same text as what a reference, written at `place`, comes to. */
  broughtBy(place: Place): MappedText {
    if (this.value === '') return replaced('', place);
    const segments = this.#segments.map((segment) => ({ ...segment, reference: place.span }));
    return new MappedText(this.value, place, segments);
  }

  /** The parts in a row, as one value written at `place`. A plain string stands nowhere in the source. */
  static join(parts: readonly (MappedText | string)[], place: Place): MappedText {
    const values: string[] = [];
    const segments: Segment[] = [];
    let length = 0;
    for (const part of parts) {
      const value = typeof part === 'string' ? part : part.value;
      if (typeof part !== 'string') {
        for (const segment of part.#segments) {
          const { valueStart, valueEnd } = segment;
          segments.push({ ...segment, valueStart: valueStart + length, valueEnd: valueEnd + length });
        }
      }
      values.push(value);
      length += value.length;
    }
    return new MappedText(values.join(''), place, segments);
  }
}

/** A text that stands in the source exactly as it reads. */
export function verbatim(value: string, place: Place): MappedText {
  return new MappedText(value, place, [{ valueStart: 0, valueEnd: value.length, sourceStart: place.span.start }]);
}

/** A text that is written in another way at `place`: `$$` for a dollar sign. */
export function escaped(value: string, place: Place): MappedText {
  const { span } = place;
  const run = { valueStart: 0, valueEnd: value.length, sourceStart: span.start, reference: span, opaque: true };
  return new MappedText(value, place, [{ ...run, escape: true }]);
}

/** A text that stands for what is written at `place`, e.g. the value of a variable. */
export function replaced(value: string, place: Place): MappedText {
  const { span } = place;
  const run = { valueStart: 0, valueEnd: value.length, sourceStart: span.start, reference: span, opaque: true };
  return new MappedText(value, place, [run]);
}
