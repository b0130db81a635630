// The shell commands of RUN, CMD, ENTRYPOINT and HEALTHCHECK.
import type { ShellCommand } from '../../model/shell-command.js';
import { MappedText, verbatim } from '../../text/mapped-text.js';
import { everyCommand } from '../shell/every-command.js';
import { readArguments, readShell } from '../shell/read-shell.js';
import { readHeredoc } from './heredoc.js';
import type { ReadInstruction } from './instruction.js';
import { interpreterOfScript } from './interpreter.js';
import type { DockerfileModel } from './model.js';
import type { Split } from './split.js';

const running: ReadonlySet<string> = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK']);

/** All commands of the file, nested ones included. */
export function readCommands(split: Split, model: DockerfileModel): readonly ShellCommand[] {
  return model.instructions.flatMap((read) =>
    running.has(read.statement.keyword) ? everyCommand(commandsOf(split, read)) : [],
  );
}

function commandsOf(split: Split, read: ReadInstruction): readonly ShellCommand[] {
  const { statement, raw } = read;
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
    const interpreter = interpreterOfScript(script.value) ?? read.interpreter;
    return interpreter === 'shell' ? readShell(script, 'dockerfile') : [];
  }
  if (read.interpreter !== 'shell') return [];
  const head = line.slice(rest.start, rest.end);
  if (body === undefined) return readShell(head, 'dockerfile');
  const bodies = sourceText(split, body.start, raw.span.end);
  const place = { file: split.file, span: { start: head.place.span.start, end: raw.span.end } };
  return readShell(MappedText.join([head, '\n', bodies], place), 'dockerfile');
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
