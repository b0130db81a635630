import type { Span } from './span.js';

/** The first character of a span, which may take two units; empty where the span is. */
export function firstCharacter(text: string, { start, end }: Span): Span {
  const [first = ''] = text.slice(start, Math.min(end, start + 2));
  return { start, end: start + first.length };
}
