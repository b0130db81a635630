// A Dockerfile's text into instructions, comments and directives, as BuildKit's parser splits it.
import type { Comment } from '../../engine/language.js';
import { MappedText, type Segment, verbatim } from '../../text/mapped-text.js';
import type { FileId, Span } from '../../text/span.js';
import { skipBlanks, trimEnd } from './characters.js';
import { heredocsOf } from './heredoc.js';
import { type Escape, readStatement, type Statement } from './statement.js';

/** Instructions behind these are not read: each costs kilobytes, and a heap that is full ends the process. */
export const maxInstructions = 100_000;

export interface Directive {
  readonly name: 'syntax' | 'escape' | 'check';
  readonly span: Span;
  readonly value: MappedText;
  /** Whether one of the same name stands above it. */
  readonly repeated: boolean;
}

export interface Heredoc {
  readonly name: string;
  readonly body: Span;
  /** Whether variables are resolved in its body: its name is written without quotes. */
  readonly expand: boolean;
  /** Whether tabs in front of its lines are dropped: `<<-`. */
  readonly chomp: boolean;
  readonly terminated: boolean;
}

/** One instruction of the file, ONBUILD with its trigger. */
export interface RawInstruction {
  /** All of it, heredocs too, without blanks and line end behind it. */
  readonly span: Span;
  /** The end of the last line that is no heredoc, without its line end. */
  readonly headEnd: number;
  readonly statement: Statement;
  readonly heredocs: readonly Heredoc[];
}

export interface Split {
  readonly file: FileId;
  readonly text: string;
  readonly escape: Escape;
  readonly directives: readonly Directive[];
  readonly instructions: readonly RawInstruction[];
  /** Whole-line comments outside heredocs, directives among them. */
  readonly comments: readonly Comment[];
  /** The first line that is not read, where there are too many instructions. */
  readonly beyondLimit: Span | undefined;
}

interface Line {
  readonly start: number;
  /** Without its line end. */
  readonly end: number;
  /** Where the next one starts; undefined for the last one. */
  readonly next: number | undefined;
}

/** Splits a text. Never throws; time grows with the length of the text. */
export function splitDockerfile(file: FileId, text: string): Split {
  const directives: Directive[] = [];
  const instructions: RawInstruction[] = [];
  const comments: Comment[] = [];
  let escape: Escape = '\\';
  let atTop = true;
  let beyondLimit: Span | undefined;
  let next: number | undefined = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (next !== undefined) {
    const line = lineAt(text, next);
    const start = skipBlanks(text, line.start, line.end);
    if (text[start] === '#' && start < line.end) {
      const directive = atTop ? readDirective(file, text, { start, end: line.end }, directives) : undefined;
      const separates = atTop && directive === undefined && isDirectiveAt(file, text, line.next, directives);
      comments.push({ span: { start, end: line.end }, trailing: false, ...(separates ? { separates } : {}) });
      if (directive === undefined) atTop = false;
      else directives.push(directive);
      if (directive?.name === 'escape' && directive.value.value === '`') escape = '`';
      next = line.next;
      continue;
    }
    atTop = false;
    if (start >= line.end) {
      next = line.next;
      continue;
    }
    if (instructions.length >= maxInstructions) {
      beyondLimit = { start, end: line.end };
      break;
    }
    const read = readInstruction(file, text, start, line, escape, comments);
    if (read.instruction !== undefined) instructions.push(read.instruction);
    next = read.next;
  }
  return { file, text, escape, directives, instructions, comments, beyondLimit };
}

function lineAt(text: string, start: number): Line {
  const newline = text.indexOf('\n', start);
  let end = newline < 0 ? text.length : newline;
  while (end > start && text.charCodeAt(end - 1) === 13) end--;
  return { start, end, next: newline < 0 ? undefined : newline + 1 };
}

/** BuildKit takes no directive behind a line that is none, be it only a comment with an unknown key. */
function readDirective(file: FileId, text: string, span: Span, earlier: readonly Directive[]): Directive | undefined {
  const match = /^#[\t\f\r ]*(syntax|escape|check)[\t\f\r ]*=/i.exec(
    text.slice(span.start, Math.min(span.end, span.start + 200)),
  );
  if (match === null) return undefined;
  const from = span.start + match[0].length;
  if (from >= span.end) return undefined;
  let { end } = span;
  while (end > from && isDirectiveBlank(text, end - 1)) end--;
  let start = from;
  while (start < end && isDirectiveBlank(text, start)) start++;
  // Of blanks alone the last one is the value.
  const at = start < end ? { start, end } : { start: span.end - 1, end: span.end };
  const name = match[1]?.toLowerCase() as Directive['name'];
  const value = verbatim(text.slice(at.start, at.end), { file, span: at });
  return { name, span, value, repeated: earlier.some((directive) => directive.name === name) };
}

/** Fewer than what is blank in front of an instruction. */
function isDirectiveBlank(text: string, at: number): boolean {
  return /^[\t\f\r ]$/.test(text.charAt(at));
}

/** Whether a line would be a directive if those above it did not keep it from being one. */
function isDirectiveAt(
  file: FileId,
  text: string,
  lineStart: number | undefined,
  earlier: readonly Directive[],
): boolean {
  if (lineStart === undefined) return false;
  const line = lineAt(text, lineStart);
  const start = skipBlanks(text, line.start, line.end);
  return readDirective(file, text, { start, end: line.end }, earlier) !== undefined;
}

/** Where the line goes on in the next one: the offset of its escape character. */
function continuationAt(text: string, start: number, end: number, escape: Escape): number | undefined {
  let at = end - 1;
  while (at >= start && (text[at] === ' ' || text[at] === '\t')) at--;
  if (at < start || text[at] !== escape || (at > start && text[at - 1] === escape)) return undefined;
  return at;
}

interface ReadInstruction {
  readonly instruction: RawInstruction | undefined;
  readonly next: number | undefined;
}

function readInstruction(
  file: FileId,
  text: string,
  start: number,
  firstLine: Line,
  escape: Escape,
  comments: Comment[],
): ReadInstruction {
  const pieces: Span[] = [];
  let line = firstLine;
  let headEnd = firstLine.end;
  let from = start;
  for (;;) {
    const blank = skipBlanks(text, line.start, line.end);
    const isFirst = line === firstLine;
    if (!isFirst && text[blank] === '#' && blank < line.end) {
      comments.push({ span: { start: blank, end: line.end }, trailing: false });
    } else if (isFirst || blank < line.end) {
      const continuation = continuationAt(text, from, line.end, escape);
      pieces.push({ start: from, end: continuation ?? line.end });
      headEnd = line.end;
      if (continuation === undefined) break;
    }
    if (line.next === undefined) break;
    line = lineAt(text, line.next);
    from = line.start;
  }
  const end = trimEnd(text, start, headEnd);
  const statement = readStatement(joinPieces(file, text, pieces, { start, end }), escape);
  if (statement === undefined) return { instruction: undefined, next: line.next };
  const { heredocs, last } = readHeredocs(text, statement, line);
  const whole = { start, end: heredocs.length === 0 ? end : last.end };
  return { instruction: { span: whole, headEnd, statement, heredocs }, next: last.next };
}

function joinPieces(file: FileId, text: string, pieces: readonly Span[], span: Span): MappedText {
  const only = pieces.length === 1 ? pieces[0] : undefined;
  const place = { file, span };
  if (only !== undefined) return verbatim(text.slice(only.start, only.end), { file, span: only });
  const segments: Segment[] = [];
  const values: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    const size = piece.end - piece.start;
    if (size > 0) segments.push({ valueStart: length, valueEnd: length + size, sourceStart: piece.start });
    values.push(text.slice(piece.start, piece.end));
    length += size;
  }
  return new MappedText(values.join(''), place, segments);
}

function readHeredocs(
  text: string,
  statement: Statement,
  head: Line,
): { readonly heredocs: readonly Heredoc[]; readonly last: Line } {
  const heredocs: Heredoc[] = [];
  let last = head;
  if (!canHoldHeredoc(statement)) return { heredocs, last };
  for (const { name, chomp, expand } of heredocsOf(statement.line)) {
    const start = last.next ?? text.length;
    let end = start;
    let terminated = false;
    while (last.next !== undefined && !terminated) {
      last = lineAt(text, last.next);
      let from = last.start;
      if (chomp) while (text[from] === '\t') from++;
      terminated = last.end - from === name.length && text.startsWith(name, from);
      end = terminated ? last.start : (last.next ?? text.length);
    }
    heredocs.push({ name, body: { start, end }, expand, chomp, terminated });
  }
  return { heredocs, last };
}

function canHoldHeredoc(statement: Statement): boolean {
  const inner = statement.trigger ?? statement;
  if (inner.keyword !== 'RUN' && inner.keyword !== 'COPY' && inner.keyword !== 'ADD') return false;
  return inner.json === undefined && statement.line.value.includes('<<');
}
