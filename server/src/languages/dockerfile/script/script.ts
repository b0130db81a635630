// The shell text that an instruction hands to a shell.
import type { Interpreter } from '../../../model/dockerfile/instruction.js';
import { MappedText, verbatim } from '../../../text/mapped-text.js';
import { readHeredoc } from '../heredoc.js';
import type { RawInstruction, Split } from '../split.js';
import type { Statement } from '../statement.js';
import { interpreterOfScript } from './interpreter.js';

/**
 * The text of a shell form or a heredoc: continuation lines joined, no comments between them. Undefined for the exec
 * form, where nothing stands, and where no shell that can be read runs it.
 */
export function scriptOf(
  split: Split,
  raw: RawInstruction,
  statement: Statement,
  interpreter: Interpreter,
): MappedText | undefined {
  const { json, rest, line } = statement;
  if (json !== undefined || rest.start >= rest.end) return undefined;
  const body = raw.heredocs[0]?.body;
  const heredoc = body === undefined ? undefined : readHeredoc(line.value.slice(rest.start, rest.end));
  if (body !== undefined && heredoc !== undefined) {
    const whole = sourceText(split, body.start, body.end);
    const script = heredoc.chomp ? withoutTabs(whole) : whole;
    const own = interpreterOfScript(script.value) ?? interpreter;
    return own === 'shell' ? script : undefined;
  }
  if (interpreter !== 'shell') return undefined;
  const head = line.slice(rest.start, rest.end);
  if (body === undefined) return head;
  const bodies = sourceText(split, body.start, raw.span.end);
  const place = { file: split.file, span: { start: head.place.span.start, end: raw.span.end } };
  return MappedText.join([head, '\n', bodies], place);
}

/** What is left of a heredoc whose lines lose the tabs in front of them. */
function withoutTabs(text: MappedText): MappedText {
  const lines = [...text.value.matchAll(/^\t*(.*\n?)/gm)];
  const pieces = lines.map(({ 0: line, 1: rest = '', index }) =>
    text.slice(index + line.length - rest.length, index + line.length),
  );
  return MappedText.join(pieces, text.place);
}

/** A part of the file as it stands there, but with plain line feeds: a shell takes a carriage return for a letter. */
function sourceText(split: Split, start: number, end: number): MappedText {
  const { text, file } = split;
  const whole = verbatim(text.slice(start, end), { file, span: { start, end } });
  if (!whole.value.includes('\r\n')) return whole;
  const pieces: MappedText[] = [];
  let at = 0;
  for (let next = whole.value.indexOf('\r\n'); next >= 0; next = whole.value.indexOf('\r\n', at)) {
    pieces.push(whole.slice(at, next));
    at = next + 1;
  }
  pieces.push(whole.slice(at, whole.value.length));
  return MappedText.join(pieces, whole.place);
}
