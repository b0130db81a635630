// Finds the value, heredoc, comment or line of an instruction that an offset of the file is in.
import type { WrittenText } from '../../model/written-text.js';
import { leading } from '../../text/leading.js';
import { verbatim } from '../../text/mapped-text.js';
import type { Span } from '../../text/span.js';
import type { ReadInstruction } from './instruction.js';
import type { Split } from './split.js';
import type { Statement } from './statement.js';
import { argumentSpans, isOldForm } from './words.js';

/** See `WrittenTexts.holding`. */
export function textsHolding(
  sign: RegExp,
  split: Split,
  instructions: readonly ReadInstruction[],
): readonly WrittenText[] {
  const found = new Map<number, WrittenText>();
  const argumentsOf = lastArguments();
  for (const { index } of split.text.matchAll(sign)) {
    const text = commentAt(split, index) ?? textAt(split, instructions, index, argumentsOf);
    if (text === undefined) continue;
    // The line of an instruction and its first value may begin at one place.
    const { start } = text.text.place.span;
    if (!found.has(start)) found.set(start, text);
  }
  return [...found.values()];
}

const plain = { path: [], object: undefined, isVariable: false };

function commentAt({ comments, text, file }: Split, offset: number): WrittenText | undefined {
  const span = comments[leading(comments, ({ span: { end } }) => end <= offset)]?.span;
  return span === undefined || offset < span.start
    ? undefined
    : { ...plain, kind: 'comment', text: verbatim(text.slice(span.start, span.end), { file, span }), name: '' };
}

/** The arguments of an instruction: many places in a row are in the same one. */
type ArgumentsOf = (statement: Statement) => readonly Span[];

function lastArguments(): ArgumentsOf {
  let last: { readonly statement: Statement; readonly spans: readonly Span[] } | undefined;
  return (statement) => {
    if (last?.statement !== statement) last = { statement, spans: argumentSpans(statement) };
    return last.spans;
  };
}

function textAt(
  split: Split,
  instructions: readonly ReadInstruction[],
  offset: number,
  argumentsOf: ArgumentsOf,
): WrittenText | undefined {
  const read = instructions[leading(instructions, ({ raw }) => raw.span.end <= offset)];
  if (read === undefined || offset < read.raw.span.start) return undefined;
  const { raw, statement, instruction } = read;
  const { keyword, stage } = instruction;
  const own = { ...plain, kind: 'value', name: keyword, ...(stage && { stage }) } as const;
  const { file, text } = split;
  const body = raw.heredocs.find((heredoc) => heredoc.body.start <= offset && offset < heredoc.body.end)?.body;
  if (body !== undefined) return { ...own, text: verbatim(text.slice(body.start, body.end), { file, span: body }) };
  const assignment = assignmentAt(read, offset, argumentsOf);
  if (assignment === undefined) return { ...own, text: statement.line };
  const { index, span } = assignment;
  const { name = '', literal = false } = instruction.assignments[index] ?? {};
  const isVariable = keyword !== 'LABEL' && literal;
  return { ...own, name, isVariable, text: statement.line.slice(span.start, span.end) };
}

/** The assignment in whose value an offset of the file is, and the value in its line, with its quotes. */
function assignmentAt(
  { statement, instruction: { keyword } }: ReadInstruction,
  offset: number,
  argumentsOf: ArgumentsOf,
): { readonly index: number; readonly span: Span } | undefined {
  if (keyword !== 'ENV' && keyword !== 'ARG' && keyword !== 'LABEL') return undefined;
  const { line } = statement;
  const spans = argumentsOf(statement);
  const at = leading(spans, ({ start, end }) => line.part(start, end).span.end <= offset);
  const span = spans[at];
  if (span === undefined || offset < line.part(span.start, span.end).span.start) return undefined;
  if (isOldForm(statement, spans)) return at === 1 ? { index: 0, span } : undefined;
  const equals = line.value.indexOf('=', span.start);
  if (equals < 0 || equals >= span.end) return undefined;
  const value = { start: equals + 1, end: span.end };
  return offset < line.part(value.start, value.end).span.start ? undefined : { index: at, span: value };
}
