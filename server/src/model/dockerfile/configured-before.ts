// Settings that a Dockerfile writes into the configuration of a program before it runs it.
import type { ShellCommand } from '../shell-command.js';
import type { Instruction } from './instruction.js';
import { packageCommandOf } from './package-manager.js';
import { chainOf, type Stage } from './stage.js';

/** How a setting can be recognised. */
export interface Setting {
  /** In what a command or a heredoc writes. */
  readonly written: RegExp;
  /** In the name of a file or a folder that may hold it, copied from where nobody can see into it. */
  readonly file: RegExp;
}

const fetching: ReadonlySet<string> = new Set(['cp', 'curl', 'install', 'ln', 'wget']);

/** Whether a setting is, or may be, in force for an instruction of a stage: some instruction writes it no later than there. */
export function isConfigured(stage: Stage, instruction: Instruction, setting: Setting): boolean {
  for (const { instructions } of chainOf(stage)) {
    for (const each of instructions) {
      if (mentions(each, setting)) return true;
      if (each === instruction) break;
    }
  }
  return false;
}

function mentions(instruction: Instruction, setting: Setting): boolean {
  const { keyword, heredocs } = instruction;
  if (keyword !== 'RUN' && keyword !== 'COPY' && keyword !== 'ADD') return false;
  if (heredocs.some((body) => setting.written.test(body))) return true;
  if (keyword === 'RUN') return instruction.commands.some((command) => writes(command, setting));
  if (heredocs.length > 0) return false;
  return instruction.arguments.some((word) => word.kind === 'known' && setting.file.test(word.value));
}

function writes(command: ShellCommand, { written, file }: Setting): boolean {
  const isFetching = command.name !== undefined && fetching.has(command.name);
  const says = command.words.some(({ text, raw }) => {
    const known = text ?? raw;
    return written.test(known) || (isFetching && file.test(known));
  });
  if (!says) return false;
  // What a command is told for itself is forgotten behind it.
  const action = packageCommandOf(command)?.action;
  return action === undefined || action === 'other';
}
