// How what BuildKit refuses is reported.
import type { Problem } from '../../../model/source-file.js';
import { closest } from '../../../text/closest.js';
import type { MappedText } from '../../../text/mapped-text.js';
import type { Place, Span } from '../../../text/span.js';
import type { Statement } from '../statement.js';

export type Report = (at: Place, message: string, fix?: Problem['fix']) => void;

export function keywordAt(statement: Statement): Place {
  return placeOf(statement.line, statement.keywordSpan);
}

export function placeOf(line: MappedText, span: Span): Place {
  return line.part(span.start, span.end);
}

export function textOf(line: MappedText, span: Span): string {
  return line.value.slice(span.start, span.end);
}

/** Messages have at most 100 characters. */
export function shorten(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29)}…` : text;
}

/** The only word that begins so, which somebody is typing; else the nearest. */
export function meantBy(written: string, known: readonly string[]): string | undefined {
  const small = written.toLowerCase();
  // One letter tells too little.
  const isTold = /\w{2}/.test(small);
  const [only, ...others] = isTold ? known.filter((word) => word.toLowerCase().startsWith(small)) : [];
  return only !== undefined && others.length === 0 ? only : closest(written, known);
}

/** Reports a word that is none of those that can stand there, with the one that was probably meant. */
export function reportUnknown(report: Report, at: Place, written: string, known: Iterable<string>, what: string): void {
  const meant = written.length > 30 ? undefined : meantBy(written, [...known]);
  const name = shorten(written);
  if (meant === undefined) report(at, `'${name}' is no ${what}: the build stops here.`);
  else report(at, `'${name}' is no ${what}: did you mean '${meant}'?`, replaceBy(at, meant));
}

/** Nobody but the author knows that it is what was meant. */
export function replaceBy(at: Place, text: string): Problem['fix'] {
  return { title: `Replace by \`${text}\``, safety: 'unsafe', changes: [{ kind: 'replaceText', place: at, text }] };
}
