// What of a Dockerfile stayed the same since its last reading.

import type { Instruction } from '../../model/dockerfile/instruction.js';
import type { AskedPart, CommandsPart, ReadInstruction } from './instruction.js';
import type { DockerfileModel } from './model.js';
import { runsCommands } from './script/commands.js';
import type { Split } from './split.js';

/** By what an instruction, or its commands, can depend on. */
export interface PartMemory {
  /** By the number of the situation in front, and the text that changed it: the number of the one behind. */
  readonly situations: ReadonlyMap<string, number>;
  readonly instructions: ReadonlyMap<string, NumberedPart>;
  readonly commands: ReadonlyMap<string, CommandsPart>;
  /** Of instructions in whose text the builder resolves no variable: by all that matters to them but variables. */
  readonly quiet: ReadonlyMap<string, ReadonlyMap<number, QuietPart>>;
  readonly stages: ReadonlyMap<string, object>;
  /** No situation and no instruction has had this number, or a larger one. */
  readonly next: number;
}

interface NumberedPart {
  readonly number: number;
}

type QuietPart = NumberedPart & AskedPart;

export interface Parts {
  /** In the order of the instructions. */
  readonly instructions: readonly object[];
  /** Undefined for an instruction that runs nothing. */
  readonly commands: readonly (object | undefined)[];
  /** In the order of the stages. */
  readonly stages: readonly object[];
  readonly memory: PartMemory;
}

/** These change what is in force behind them. */
const changing: ReadonlySet<string> = new Set(['ARG', 'ENV', 'FROM', 'SHELL', 'USER', 'WORKDIR']);

/**
 * The parts of a reading. An instruction is the same as one of the last reading if its text is, and all that is in force
 * in front of it, and what the stages of the file are; its commands depend on its text and on what runs them.
 */
export function readParts(
  split: Split,
  { instructions, stages }: DockerfileModel,
  hidden: ReadonlySet<string> | undefined,
  last: PartMemory | undefined,
): Parts {
  const situations = new Map<string, number>();
  const memory = {
    instructions: new Map<string, NumberedPart>(),
    commands: new Map<string, CommandsPart>(),
    quiet: new Map<string, Map<number, QuietPart>>(),
    stages: new Map<string, object>(),
  };
  let next = last?.next ?? 0;
  const number = (key: string): number => {
    const known = situations.get(key) ?? last?.situations.get(key) ?? next++;
    situations.set(key, known);
    return known;
  };
  const facts = stages.map((stage) => [stage.name, stage.final, stage.inFinalChain, stage.isNeeded]);
  const start = number(JSON.stringify([split.escape, [...(hidden ?? [])], facts]));
  /** In front of the first FROM, and behind each stage. */
  let outside = start;
  const behind: number[] = [];
  let situation = start;
  const parts: { instructions: object[]; commands: (object | undefined)[] } = { instructions: [], commands: [] };
  /** By stage: the numbers of all that it holds. */
  const contents: number[][] = stages.map(() => []);
  const add = ({ stage }: Instruction, part: NumberedPart, commands: object | undefined): void => {
    parts.instructions.push(part);
    parts.commands.push(commands);
    contents[stage?.index ?? -1]?.push(part.number);
  };
  /** The quiet parts of the last reading that nothing has been found for yet. */
  const left = new Map<string, Set<QuietPart>>();
  /** Behind the FROM of the stage. */
  let entered = start;
  for (const read of instructions) {
    const { raw, statement, instruction } = read;
    const text = split.text.slice(raw.span.start, raw.span.end);
    if (statement.keyword === 'FROM') {
      const { index = 0, base } = instruction.stage ?? {};
      if (index === 0) outside = situation;
      else behind[index - 1] = situation;
      // Other stages than the one that it is built on do not matter to a stage; which one it is does.
      const below = base === undefined ? '' : behind[base.index];
      situation = number(`${outside} ${below} FROM ${index}`);
    }
    const key = `${situation} ${instruction.interpreter} ${text}`;
    // What ShellCheck says comes later than the text that it speaks of, and hangs on variables that no rule asks for.
    const mark = instruction.scriptFindings.length > 0 ? `\0${instruction.script}` : '';
    if (!runsCommands(statement.keyword)) {
      const part = kept(memory.instructions, last?.instructions, key, () => ({ number: next++ }));
      add(instruction, part, undefined);
    } else {
      const around = `${entered} ${inForce(instruction)} ${instruction.interpreter} ${text}${mark}`;
      const isQuiet = !statement.flags.some(({ value }) => value?.value.includes('$') === true);
      const quietKey = isQuiet ? around : `${situation} ${around}`;
      const part = quietPart(
        read,
        { key: quietKey, situation, now: memory.quiet, last: last?.quiet, left },
        () => next++,
      );
      const ofCommands = `${split.escape}${instruction.interpreter} ${text}`;
      const commands = kept(memory.commands, last?.commands, ofCommands, (): CommandsPart => ({}));
      read.takePart(commands, part);
      add(instruction, part, commands);
    }
    // A trigger changes what is in force in stages that are built on this one.
    if (changing.has(statement.keyword)) situation = number(key);
    if (statement.keyword === 'FROM') entered = situation;
  }
  /** A stage is judged by those that it is built on, too. */
  const keys: string[] = [];
  for (const { index, base } of stages) {
    const own = (contents[index] ?? []).join(' ');
    keys.push(base === undefined ? own : `${number(keys[base.index] ?? '')}: ${own}`);
  }
  const ofStages = keys.map((key) => kept(memory.stages, last?.stages, key, () => ({})));
  return { ...parts, stages: ofStages, memory: { ...memory, situations, next } };
}

/** What is in force at a place, but for its variables. */
function inForce({ runsAs, workdir, shell }: Instruction): string {
  const user = runsAs.kind === 'known' ? runsAs.value.text : runsAs.kind;
  const folder = workdir.kind === 'known' ? workdir.value : workdir.kind;
  return JSON.stringify([runsAs.kind, user, workdir.kind, folder, shell?.written.rest]);
}

interface QuietQuestion {
  readonly key: string;
  readonly situation: number;
  readonly now: Map<string, Map<number, QuietPart>>;
  readonly last: ReadonlyMap<string, ReadonlyMap<number, QuietPart>> | undefined;
  readonly left: Map<string, Set<QuietPart>>;
}

/** More parts of the same text are not tried: a file may hold it thousands of times. */
const maxTried = 20;

/**
 * The part of an instruction whose text the builder resolves nothing in. Another variable in front of it matters only if
 * a rule has asked for it. What stands in the same text twice, with other variables, are two parts.
 */
function quietPart(
  read: ReadInstruction,
  { key, situation, now, last, left }: QuietQuestion,
  take: () => number,
): QuietPart {
  const taken = now.get(key) ?? new Map<number, QuietPart>();
  now.set(key, taken);
  const same = taken.get(situation);
  if (same !== undefined) return same;
  const before = last?.get(key);
  const free = left.get(key) ?? new Set(before?.values());
  left.set(key, free);
  const exact = before?.get(situation);
  const found = exact !== undefined && free.has(exact) ? exact : answering(read, free);
  const part = found ?? { number: take(), asked: new Map(), askedForAll: false };
  free.delete(part);
  taken.set(situation, part);
  return part;
}

function answering(read: ReadInstruction, parts: ReadonlySet<QuietPart>): QuietPart | undefined {
  let tried = 0;
  for (const part of parts) {
    if (read.answersAs(part)) return part;
    if (++tried === maxTried) return undefined;
  }
  return undefined;
}

function kept<Part>(
  now: Map<string, Part>,
  last: ReadonlyMap<string, Part> | undefined,
  key: string,
  make: () => Part,
): Part {
  const part = now.get(key) ?? last?.get(key) ?? make();
  now.set(key, part);
  return part;
}
