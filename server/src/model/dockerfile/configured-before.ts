// Settings that a Dockerfile writes into the configuration of a program before it runs it.
import type { ShellCommand } from '../shell-command.js';
import type { Instruction } from './instruction.js';
import { packageCommandOf } from './package-manager.js';
import { chainOf, maxStages, type Stage } from './stage.js';

/** How a setting can be recognised. */
export interface Setting {
  /** In what a command or a heredoc writes. */
  readonly written: RegExp;
  /** In the name of a file or a folder that may hold it, copied from where nobody can see into it. */
  readonly file: RegExp;
}

const fetching: ReadonlySet<string> = new Set(['cp', 'curl', 'install', 'ln', 'wget']);

/**
 * Tells of the instructions of a stage whether a setting is, or may be, in force there: the stage, or one below, writes it
 * no later than in that instruction. The stages are looked through once, and only when somebody asks.
 */
export function settingIn(stage: Stage, setting: Setting): (instruction: Instruction) => boolean {
  return inForce(stage, (instruction) => mentions(instruction, setting));
}

/** The same for whatever an instruction can bring about for those behind it. */
export function inForce(
  stage: Stage,
  brings: (instruction: Instruction) => boolean,
): (instruction: Instruction) => boolean {
  let first: number | undefined;
  return (instruction) => {
    first ??= firstIndex(stage, brings);
    if (first < 0) return true;
    const bringing = stage.instructions[first];
    return bringing !== undefined && instruction.at.span.start >= bringing.at.span.start;
  };
}

/** Below zero where a stage below brings it, and the number of instructions where none does. */
function firstIndex(stage: Stage, brings: (instruction: Instruction) => boolean): number {
  const below = chainOf(stage, maxStages).slice(1);
  if (below.some(({ instructions }) => instructions.some(brings))) return -1;
  const index = stage.instructions.findIndex(brings);
  return index < 0 ? stage.instructions.length : index;
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
