// Scalars for the quick reader: each function reads one form at an offset, or declines.
import type { ScalarStyle } from './node.js';

/** Thrown where the quick reader meets anything that it does not know by heart. */
export class Declined extends Error {}

export interface ScannedScalar {
  readonly style: ScalarStyle;
  readonly value: string;
  readonly start: number;
  /** Of the value, without the line end behind a block scalar. */
  readonly end: number;
  /** Where reading goes on: at a line end or the end of the text for a block scalar and a plain one of several lines. */
  readonly next: number;
}

const newline = 10;
const carriageReturn = 13;
const blank = 32;
const tab = 9;
const hash = 35;
const colon = 58;

export function isLineEnd(unit: number): boolean {
  // charCodeAt answers NaN behind the end of the text.
  return unit === newline || unit === carriageReturn || Number.isNaN(unit);
}

/** The offset of the line end at or behind `at`: of its `\n` or `\r\n`, else the end of the text. */
export function lineEndFrom(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  if (end < 0) return text.length;
  return end > at && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;
}

/** Behind the line end at `at`. */
export function behindLineEnd(text: string, at: number): number {
  return text.charCodeAt(at) === carriageReturn ? at + 2 : at + 1;
}

/** Characters that cannot begin a plain scalar, and `-`, `?`, `:` where a blank follows (YAML 1.2.2, 7.3.3). */
const indicators = new Set([...',[]{}#&*!|>\'"%@`'].map((character) => character.charCodeAt(0)));

export function assertPlainStart(text: string, at: number): void {
  const unit = text.charCodeAt(at);
  if (indicators.has(unit)) throw new Declined();
  if (unit !== 45 && unit !== 63 && unit !== colon) return;
  const behind = text.charCodeAt(at + 1);
  if (unit !== 45 || behind === blank || behind === tab || isLineEnd(behind)) throw new Declined();
}

/** The end of the plain text on one line: before ` #`, `: `, or the line end. Blanks at the end do not belong to it. */
export function plainLineEnd(text: string, start: number): number {
  let end = start;
  for (let at = start; ; at++) {
    const unit = text.charCodeAt(at);
    if (isLineEnd(unit)) return end;
    if (unit === tab) throw new Declined();
    if (unit === blank) continue;
    if (unit === hash && at > start && text.charCodeAt(at - 1) === blank) return end;
    if (unit === colon) {
      const behind = text.charCodeAt(at + 1);
      if (behind === blank || behind === tab || isLineEnd(behind)) return end;
    }
    end = at + 1;
  }
}

/** A plain scalar outside brackets. Lines that stand further right than `indent` go on with it. */
export function scanPlain(text: string, start: number, indent: number): ScannedScalar {
  assertPlainStart(text, start);
  let end = plainLineEnd(text, start);
  let value = text.slice(start, end);
  let next = end;
  for (;;) {
    // Behind a comment or a colon the value has ended; the caller judges what follows.
    if (!isLineEnd(text.charCodeAt(skipBlanks(text, end)))) break;
    let breaks = 0;
    let line = lineEndFrom(text, end);
    let first = line;
    while (line < text.length) {
      breaks++;
      line = behindLineEnd(text, line);
      first = skipBlanks(text, line);
      if (!isLineEnd(text.charCodeAt(first))) break;
      line = lineEndFrom(text, first);
    }
    if (line >= text.length || first - line <= indent || text.charCodeAt(first) === hash) break;
    if (text.charCodeAt(first) === tab) throw new Declined();
    end = plainLineEnd(text, first);
    if (end === first || text.charCodeAt(skipBlanks(text, end)) === colon) throw new Declined();
    value += (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)) + text.slice(first, end);
    next = end;
  }
  return { style: 'plain', value, start, end, next };
}

/** `,`, `[`, `]`, `{` or `}`. */
function isFlowIndicator(unit: number): boolean {
  return unit === 44 || unit === 91 || unit === 93 || unit === 123 || unit === 125;
}

/** A plain scalar inside brackets, on one line. */
export function scanFlowPlain(text: string, start: number): ScannedScalar {
  assertPlainStart(text, start);
  if (text.charAt(start) === '-' && isFlowIndicator(text.charCodeAt(start + 1))) throw new Declined();
  let end = start;
  for (let at = start; ; at++) {
    const unit = text.charCodeAt(at);
    // A value of several lines, or an end that is missing.
    if (isLineEnd(unit) || unit === tab) break;
    if (isFlowIndicator(unit)) break;
    if (unit === blank) continue;
    if (unit === hash && text.charCodeAt(at - 1) === blank) break;
    if (unit === colon) {
      const behind = text.charCodeAt(at + 1);
      if (isFlowIndicator(behind)) throw new Declined();
      if (behind === blank || behind === tab || isLineEnd(behind)) break;
    }
    end = at + 1;
  }
  return { style: 'plain', value: text.slice(start, end), start, end, next: end };
}

/** A scalar in single or double quotes, on one line. */
export function scanQuoted(text: string, start: number): ScannedScalar {
  const quote = text.charAt(start);
  let close = text.indexOf(quote, start + 1);
  if (quote === "'") {
    while (close > 0 && text.charAt(close + 1) === "'") close = text.indexOf("'", close + 2);
  } else {
    // An odd number of backslashes before a quote belongs to it.
    while (close > 0 && backslashesBefore(text, close) % 2 === 1) close = text.indexOf('"', close + 1);
  }
  if (close < 0) throw new Declined();
  const inside = text.slice(start + 1, close);
  if (inside.includes('\n')) throw new Declined();
  const value = quote === "'" ? inside.replaceAll("''", "'") : inside.includes('\\') ? unescaped(inside) : inside;
  return { style: quote === "'" ? 'single' : 'double', value, start, end: close + 1, next: close + 1 };
}

function backslashesBefore(text: string, at: number): number {
  let count = 0;
  while (text.charCodeAt(at - 1 - count) === 92) count++;
  return count;
}

const escapes: { readonly [letter: string]: string } = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  n: '\n',
  r: '\r',
  t: '\t',
};

function unescaped(inside: string): string {
  return inside.replace(/\\(.?)/gsu, (_, letter: string) => {
    const character = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
    if (character === undefined) throw new Declined();
    return character;
  });
}

/**
 * A block scalar whose owner stands at column `indent`. Those with a stated indentation, and folded ones with lines that
 * stand further right, are left to the other reader.
 */
export function scanBlock(text: string, start: number, indent: number): ScannedScalar {
  const folded = text.charAt(start) === '>';
  let at = start + 1;
  let chomp = '';
  if (text.charAt(at) === '-' || text.charAt(at) === '+') chomp = text.charAt(at++);
  const behind = skipBlanks(text, at);
  const comment = text.charCodeAt(behind) === hash && behind > at;
  if (!comment && !isLineEnd(text.charCodeAt(behind))) throw new Declined();
  let line = lineEndFrom(text, behind);
  if (line >= text.length) throw new Declined();
  const lines: string[] = [];
  let column = -1;
  let end = -1;
  let spaced = false;
  while (line < text.length) {
    const from = behindLineEnd(text, line);
    if (from >= text.length) break;
    const first = skipBlanks(text, from);
    line = lineEndFrom(text, first);
    if (first === line) {
      // More blanks than the indentation would be contents.
      if (first > from && (column < 0 || first - from > column)) throw new Declined();
      spaced ||= first > from;
      lines.push('');
      continue;
    }
    if (first - from < column || (column < 0 && first - from <= indent)) break;
    if (column < 0) column = first - from;
    if (text.charCodeAt(first) === tab || (folded && first - from > column)) throw new Declined();
    lines.push(text.slice(from + column, line));
    end = line;
    spaced = false;
  }
  // An empty one, and what keeps or lacks line ends at the end of the text, is rare and odd.
  if (end < 0 || spaced || chomp === '+' || end >= text.length) throw new Declined();
  while (lines.at(-1) === '') lines.pop();
  const value = folded ? fold(lines) : lines.join('\n');
  const style = folded ? 'folded' : 'literal';
  return { style, value: chomp === '-' ? value : `${value}\n`, start, end, next: end };
}

/** A single line end becomes a blank; of several, the first is dropped (YAML 1.2.2, 8.1.3). */
function fold(lines: readonly string[]): string {
  let value = '';
  let empty = 0;
  for (const [index, line] of lines.entries()) {
    if (line === '') {
      empty++;
      continue;
    }
    value += empty > 0 ? '\n'.repeat(empty) : index > 0 ? ' ' : '';
    value += line;
    empty = 0;
  }
  return value;
}

/** Behind the blanks at `at`. Tabs are no blanks here. */
export function skipBlanks(text: string, at: number): number {
  while (text.charCodeAt(at) === blank) at++;
  return at;
}
