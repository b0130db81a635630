// Compose's variables in values: `$NAME`, `${NAME:-default}` and the other forms, nested too, and `$$` for a dollar sign.
import { escaped, MappedText, replaced } from '../../text/mapped-text.js';
import type { Place, Span } from '../../text/span.js';

/** The variables that are set, by name. Undefined: it is set, but to what cannot be told. */
export type Variables = ReadonlyMap<string, string | undefined>;

export interface InterpolatedPart {
  /** False where a variable decides that may be set outside of all files. */
  readonly known: boolean;
  /** What it comes to; where that is not known, the reference as it is written. */
  readonly text: MappedText;
}

/** What stands behind the name in the braces. */
export type Operator = '' | '-' | ':-' | '?' | ':?' | '+' | ':+';

/** A reference as it is written. Offsets are those of the value. */
export interface WrittenReference extends Span {
  readonly name: string;
  readonly nameEnd: number;
  readonly operator: Operator;
  /** Whether no reference stands behind its operator. */
  readonly isPlain: boolean;
  /** Those that it stands in, the outermost one first. */
  readonly around: readonly Around[];
}

export interface Around extends Span {
  readonly name: string;
  readonly operator: Operator;
}

export interface Interpolation {
  readonly parts: readonly InterpolatedPart[];
  /** Those that Compose reads, in any order. */
  readonly references: readonly WrittenReference[];
  /** References that Compose refuses, in the value. */
  readonly invalid: readonly Span[];
}

/** Stands for what is not known in {@link interpolatedText}. No value that is written as text can hold it. */
export const hole = '\0';

/** References in the defaults of references: deeper ones are not followed. */
const maxDepth = 20;

/** What variables may bring into one value, in UTF-16 units; with more it is not known. Variables of variables double. */
const maxBrought = 64 * 1024;

/**
 * Resolves the variables of a value. A default counts as what its variable comes to, unless `variables` has it: the
 * environment of the person who runs Compose cannot be seen.
 */
export function interpolate(source: MappedText, variables: Variables): Interpolation {
  const invalid: Span[] = [];
  const references: WrittenReference[] = [];
  const reading = { source, variables, references, invalid, budget: { left: maxBrought } };
  const parts = read(reading, 0, source.value.length, []);
  return { parts: reading.budget.left < 0 ? unresolved(reading, 0, source.value.length) : parts, references, invalid };
}

/** The value, with a {@link hole} for each part that is not known. */
export function interpolatedText(interpolation: Interpolation, place: Place): MappedText {
  const parts = interpolation.parts.map(({ known, text }) => (known ? text : replaced(hole, text.place)));
  return MappedText.join(parts, place);
}

/** The value for a shell, which reads the references that are not known as variables of its own. */
export function textForShell(interpolation: Interpolation, place: Place): MappedText {
  return MappedText.join(
    interpolation.parts.map((part) => part.text),
    place,
  );
}

interface Reading {
  readonly source: MappedText;
  readonly variables: Variables;
  readonly references: WrittenReference[];
  readonly invalid: Span[];
  readonly budget: { left: number };
}

function read(reading: Reading, from: number, to: number, around: readonly Around[]): readonly InterpolatedPart[] {
  const { source, variables, references, invalid } = reading;
  const text = source.value;
  const parts: InterpolatedPart[] = [];
  let done = from;
  const literal = (end: number) => {
    if (end > done) parts.push({ known: true, text: source.slice(done, end) });
  };
  for (let at = text.indexOf('$', from); at >= 0 && at < to; at = text.indexOf('$', Math.max(done, at + 1))) {
    const next = text[at + 1];
    const name = nameAt(text, at + 1, to);
    if (next === '$' && at + 1 < to) {
      literal(at);
      parts.push({ known: true, text: escaped('$', source.part(at, at + 2)) });
      done = at + 2;
    } else if (name !== '') {
      literal(at);
      done = at + 1 + name.length;
      references.push({ name, start: at, end: done, nameEnd: done, operator: '', isPlain: true, around });
      parts.push(...resolved(reading, at, done, variables.get(name)));
    } else if (next === '{' && at + 1 < to) {
      literal(at);
      const close = closingBrace(text, at, to);
      done = close === undefined ? to : close + 1;
      const value = close === undefined ? undefined : braced(reading, at, close, around);
      // Of one that is never closed, nobody can tell how far it was meant to go.
      const end = close === undefined ? at + 2 + nameAt(text, at + 2, to).length : done;
      if (value === undefined) invalid.push({ start: at, end });
      parts.push(...(value ?? unresolved(reading, at, done)));
    }
  }
  literal(to);
  return parts;
}

/** What stands between the braces; undefined where Compose refuses it. */
function braced(
  reading: Reading,
  at: number,
  close: number,
  around: readonly Around[],
): readonly InterpolatedPart[] | undefined {
  const { source, variables, references, invalid } = reading;
  const name = nameAt(source.value, at + 2, close);
  const nameEnd = at + 2 + name.length;
  const operator = operatorAt(source.value, nameEnd, close);
  if (name === '' || operator === undefined) return undefined;
  const own = { name, start: at, end: close + 1, operator };
  const value = variables.get(name);
  const before = references.length + invalid.length;
  // Read in any case, since Compose refuses what is wrong in there even where it is not used.
  const isDeep = operator !== '' && around.length >= maxDepth;
  const operand = operator === '' || isDeep ? [] : read(reading, nameEnd + operator.length, close, [...around, own]);
  references.push({ ...own, nameEnd, isPlain: !isDeep && references.length + invalid.length === before, around });
  if (operator === '') return resolved(reading, at, close + 1, value);
  const isSet = variables.has(name);
  if (isDeep || (isSet && value === undefined)) return unresolved(reading, at, close + 1);
  const counts = isSet && !(operator.startsWith(':') && value === '');
  const kind = operator.at(-1);
  if (kind === '-') return counts ? resolved(reading, at, close + 1, value) : used(reading, at, close + 1, operand);
  if (kind === '?') return resolved(reading, at, close + 1, counts ? value : undefined);
  if (counts) return used(reading, at, close + 1, operand);
  return resolved(reading, at, close + 1, isSet ? '' : undefined);
}

/** Undefined where something else stands there. */
function operatorAt(text: string, from: number, close: number): Operator | undefined {
  if (from === close) return '';
  const colon = text[from] === ':' ? ':' : '';
  const kind = from + colon.length < close ? text[from + colon.length] : undefined;
  return kind === '-' || kind === '?' || kind === '+' ? `${colon}${kind}` : undefined;
}

function unresolved({ source }: Reading, start: number, end: number): readonly InterpolatedPart[] {
  return [{ known: false, text: source.slice(start, end) }];
}

function resolved(
  reading: Reading,
  start: number,
  end: number,
  value: string | undefined,
): readonly InterpolatedPart[] {
  if (value === undefined || reading.budget.left < 0) return unresolved(reading, start, end);
  reading.budget.left -= value.length;
  return [{ known: true, text: replaced(value, reading.source.part(start, end)) }];
}

function used(
  reading: Reading,
  start: number,
  end: number,
  operand: readonly InterpolatedPart[],
): readonly InterpolatedPart[] {
  if (operand.some((part) => !part.known)) return unresolved(reading, start, end);
  const place = reading.source.part(start, end);
  const texts = operand.map((part) => part.text);
  return [{ known: true, text: MappedText.join(texts, place).broughtBy(place) }];
}

function nameAt(text: string, from: number, to: number): string {
  let end = from;
  while (end < to && /[A-Za-z0-9_]/.test(text[end] ?? '') && !(end === from && /\d/.test(text[end] ?? ''))) end++;
  return text.slice(from, end);
}

/** The brace that closes the reference at `at`. Only braces behind a `$` are counted, as Compose does. */
function closingBrace(text: string, at: number, to: number): number | undefined {
  let open = 0;
  for (let i = at; i < to; i++) {
    if (text[i] === '$' && text[i + 1] === '{') {
      open++;
      i++;
    } else if (text[i] === '}') {
      open--;
      if (open === 0) return i;
    }
  }
  return undefined;
}
