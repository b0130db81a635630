// The shell commands of RUN, CMD, ENTRYPOINT and HEALTHCHECK.
import type { Interpreter } from '../../../model/dockerfile/instruction.js';
import type { ShellCommand } from '../../../model/shell-command.js';
import { everyCommand } from '../../shell/every-command.js';
import { readArguments, readShell } from '../../shell/read-shell.js';
import type { RawInstruction, Split } from '../split.js';
import type { Statement } from '../statement.js';
import { withoutPlaceholders } from './placeholders.js';
import { scriptOf } from './script.js';

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
  const { json, line } = statement;
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
  const script = scriptOf(split, raw, statement, interpreter);
  return script === undefined ? [] : readShell(withoutPlaceholders(script), 'dockerfile');
}
