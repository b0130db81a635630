// How reports that are written at the end keep findings, and in which order.
import type { ReportFinding } from '../report.js';

/**
 * A copy with strings of its own: a piece that was cut out of a text keeps the whole text in memory, so that a thousand
 * findings would hold a thousand files.
 */
export function kept<T extends object>(value: T): T {
  return structuredClone(value);
}

type Ordered = Pick<ReportFinding, 'file' | 'range' | 'rule' | 'message'>;

/** By file, place and rule: the order depends on nothing but the files. */
export function inOrder<T extends Ordered>(findings: readonly T[]): readonly T[] {
  return [...findings].sort(
    (a, b) =>
      compare(a.file, b.file) ||
      a.range.start.line - b.range.start.line ||
      a.range.start.column - b.range.start.column ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  );
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
