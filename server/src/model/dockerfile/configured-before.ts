// Settings that a Dockerfile writes into the configuration of a program before it runs it.
import { once } from '../../text/once.js';
import { remembered } from '../parted.js';
import type { ShellCommand } from '../shell-command.js';
import type { Instruction } from './instruction.js';
import { packageCommandOf } from './package-manager.js';
import type { Stage } from './stage.js';

/** How a setting can be recognised. */
export interface Setting {
  /** In what a command or a heredoc writes. */
  readonly written: RegExp;
  /** In the name of a file or a folder that may hold it, copied from where nobody can see into it. */
  readonly file: RegExp;
}

/** Stages further down are not looked into: each of a long chain would look through all the others. */
const maxStages = 30;

const fetching: ReadonlySet<string> = new Set(['cp', 'curl', 'install', 'ln', 'wget']);

/**
 * Tells of the instructions of a stage whether a setting is, or may be, in force there: the stage, or one below, writes it
 * no later than in that instruction. The stages are looked through once, and only when somebody asks.
 */
export function settingIn(stage: Stage, setting: Setting): (instruction: Instruction) => boolean {
  const mentions = mentioning.get(setting) ?? remembered((each: Instruction) => isMentioned(each, setting));
  mentioning.set(setting, mentions);
  return inForce(stage, mentions);
}

/** By setting: what tells whether an instruction mentions it. */
const mentioning = new WeakMap<Setting, (instruction: Instruction) => boolean>();

/** The same for whatever an instruction can bring about for those behind it. */
export function inForce(
  stage: Stage,
  brings: (instruction: Instruction) => boolean,
): (instruction: Instruction) => boolean {
  const from = once(() => firstBringing(stage, brings));
  return ({ at }) => {
    const first = from();
    return first !== undefined && at.span.start >= first;
  };
}

/** Where the instruction begins that brings it; that is in front of all others where a stage below does. */
function firstBringing(stage: Stage, brings: (instruction: Instruction) => boolean): number | undefined {
  let below = stage.base;
  for (let i = 1; below !== undefined && i < maxStages; i++, below = below.base) {
    if (below.instructions.some(brings)) return 0;
  }
  return stage.instructions.find(brings)?.at.span.start;
}

function isMentioned(instruction: Instruction, setting: Setting): boolean {
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
