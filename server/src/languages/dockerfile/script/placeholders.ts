// What a template engine is to fill in before the text is a Dockerfile.
import { MappedText, replaced, verbatim } from '../../../text/mapped-text.js';
import type { Span } from '../../../text/span.js';

/** `{{ name }}`, `{% if x %}`, `<%= name %>`, `%%NAME%%`. */
const placeholder = /\{\{[^{}]*\}\}|\{%[^%]*%\}|<%[^%]*%>|%%\w+%%/g;
const sign = /\{\{|\{%|<%|%%\w/;

/** Whether a part of a text is to be filled in: nobody knows what it comes to. */
export function hasPlaceholder(text: string): boolean {
  return sign.test(text) && text.search(placeholder) >= 0;
}

/** The placeholders of a text, whose blanks are no borders of words. */
export function placeholdersIn(text: string): readonly Span[] {
  if (!sign.test(text)) return [];
  return [...text.matchAll(placeholder)].map(({ 0: found, index }) => ({ start: index, end: index + found.length }));
}

/**
 * A script in which each placeholder is a variable of the same length, so that it is one word of which nobody knows what
 * it comes to. Those in single quotes stay: `docker inspect --format '{{.Id}}'` is no template of ours.
 */
export function withoutPlaceholders(script: MappedText): MappedText {
  const { value } = script;
  if (!hasPlaceholder(value)) return script;
  const pieces: MappedText[] = [];
  let done = 0;
  let state: QuoteState = { at: 0, quote: '' };
  for (const { 0: found, index } of value.matchAll(placeholder)) {
    state = quoteAt(value, index, state);
    if (state.quote === "'") continue;
    const end = index + found.length;
    const place = script.part(index, end);
    const isExact = place.span.end - place.span.start === found.length;
    const variable = `$${'_'.repeat(found.length - 1)}`;
    pieces.push(script.slice(done, index), isExact ? verbatim(variable, place) : replaced(variable, place));
    done = end;
    // What stands in it is no quote of the script.
    state = { at: end, quote: state.quote };
  }
  if (pieces.length === 0) return script;
  pieces.push(script.slice(done, value.length));
  return MappedText.join(pieces, script.place);
}

/** The variables that {@link withoutPlaceholders} writes. */
export function placeholderNames(script: string): ReadonlySet<string> {
  return new Set(Array.from(script.matchAll(/\$(_{3,})/g), ([, name = '']) => name));
}

/** The quote that is open at a place, or none. */
interface QuoteState {
  readonly at: number;
  readonly quote: string;
}

/** Goes on from where a state was known, so that a text with many placeholders is read once. */
function quoteAt(text: string, to: number, from: QuoteState): QuoteState {
  let { at, quote } = from;
  for (; at < to; at++) {
    const char = text[at] ?? '';
    if (char === '\\' && quote !== "'") at++;
    else if (char === quote) quote = '';
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
  }
  return { at, quote };
}
