// The shell commands of RUN, CMD, ENTRYPOINT and HEALTHCHECK.
import type { Interpreter } from '../../model/dockerfile/instruction.js';
import type { ShellCommand } from '../../model/shell-command.js';
import { MappedText, verbatim } from '../../text/mapped-text.js';
import { everyCommand } from '../shell/every-command.js';
import { readArguments, readShell } from '../shell/read-shell.js';
import { readHeredoc } from './heredoc.js';
import { interpreterOfScript } from './interpreter.js';
import { withoutPlaceholders } from './placeholders.js';
import type { RawInstruction, Split } from './split.js';
import type { Statement } from './statement.js';

const running: ReadonlySet<string> = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK']);
const none: readonly ShellCommand[] = [];

/** Whether an instruction may have commands. */
export function runsCommands(keyword: string): boolean {
  return running.has(keyword);
}

/** The commands of an instruction, nested ones included. `interpreter`: what runs its shell form. */
export function readCommands(
  split: Split,
  raw: RawInstruction,
  statement: Statement,
  interpreter: Interpreter,
): readonly ShellCommand[] {
  return running.has(statement.keyword) ? everyCommand(commandsOf(split, raw, statement, interpreter)) : none;
}

function commandsOf(
  split: Split,
  raw: RawInstruction,
  statement: Statement,
  interpreter: Interpreter,
): readonly ShellCommand[] {
  const { json, rest, line } = statement;
  if (statement.subcommand !== undefined) {
    const name = line.value.slice(statement.subcommand.start, statement.subcommand.end);
    if (name.toUpperCase() !== 'CMD') return [];
  }
  if (json !== undefined) {
    const command = readArguments(
      json.items.map((item) => item.value),
      'dockerfile',
    );
    return command === undefined ? [] : [command];
  }
  if (rest.start >= rest.end) return [];
  const body = raw.heredocs[0]?.body;
  if (body !== undefined && readHeredoc(line.value.slice(rest.start, rest.end)) !== undefined) {
    const script = sourceText(split, body.start, body.end);
    const own = interpreterOfScript(script.value) ?? interpreter;
    return own === 'shell' ? readShell(withoutPlaceholders(script), 'dockerfile') : [];
  }
  if (interpreter !== 'shell') return [];
  const head = line.slice(rest.start, rest.end);
  if (body === undefined) return readShell(withoutPlaceholders(head), 'dockerfile');
  const bodies = sourceText(split, body.start, raw.span.end);
  const place = { file: split.file, span: { start: head.place.span.start, end: raw.span.end } };
  return readShell(withoutPlaceholders(MappedText.join([head, '\n', bodies], place)), 'dockerfile');
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
