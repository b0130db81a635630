// What of a Dockerfile stayed the same since its last reading.

import type { Stage } from '../../model/dockerfile/stage.js';
import type { AskedPart, CommandsPart, ReadInstruction } from './instruction.js';
import type { DockerfileModel } from './model.js';
import { runsCommands } from './script/commands.js';
import type { Split } from './split.js';

/** By what an instruction, or its commands, can depend on. */
export interface PartMemory {
  /** By the number of the situation in front, and the text that changed it: the number of the one behind. */
  readonly situations: ReadonlyMap<string, number>;
  readonly commands: ReadonlyMap<string, CommandsPart>;
  /** Of instructions in whose text the builder resolves no variable: by all that matters to them but variables. */
  readonly quiet: ReadonlyMap<string, ReadonlyMap<number, QuietPart>>;
  readonly stages: ReadonlyMap<string, object>;
  /** No situation and no instruction has had this number, or a larger one. */
  readonly next: number;
}

interface QuietPart extends AskedPart {
  readonly number: number;
}

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
  /** By stage: what it is, whatever its variables are. */
  const natures: number[] = [];
  for (const stage of stages) {
    const below = stage.base === undefined ? start : natures[stage.base.index];
    natures.push(number(JSON.stringify([below, ...natureOf(stage, split)])));
  }
  const natureAt = (stage: Stage | undefined): number => natures[stage?.index ?? -1] ?? start;
  /** In front of the first FROM, and behind each stage. */
  let outside = start;
  const behind: number[] = [];
  let situation = start;
  const parts: { instructions: object[]; commands: (object | undefined)[] } = { instructions: [], commands: [] };
  /** By stage: the numbers of all that it holds. */
  const contents: number[][] = stages.map(() => []);
  const left: Left = { taken: new Set(), free: new Map() };
  for (const read of instructions) {
    const { raw, statement, instruction } = read;
    const { stage, interpreter } = instruction;
    const text = split.text.slice(raw.span.start, raw.span.end);
    if (statement.keyword === 'FROM') {
      const { index = 0, base } = stage ?? {};
      if (index === 0) outside = situation;
      else behind[index - 1] = situation;
      // Other stages than the one that it is built on do not matter to a stage; which one it is does.
      const below = base === undefined ? '' : behind[base.index];
      situation = number(`${outside} ${below} FROM ${index}`);
    }
    const runs = runsCommands(statement.keyword);
    // What FROM names is what its stage is.
    const references = statement.keyword === 'FROM' ? [] : instruction.stageReferences;
    const named = references.map((reference) => natureAt(reference.stage)).join();
    // What ShellCheck says comes later than the text that it speaks of, and hangs on variables that no rule asks for.
    const mark = runs && instruction.scriptFindings.length > 0 ? `\0${instruction.script}` : '';
    const around = `${natureAt(stage)} ${named} ${interpreter} ${text}${mark}`;
    const isQuiet = runs ? !statement.flags.some(({ value }) => value?.value.includes('$')) : !text.includes('$');
    const part = quietPart(
      read,
      { key: isQuiet ? around : `${situation} ${around}`, situation, now: memory.quiet, last: last?.quiet, left },
      () => next++,
    );
    const ofCommands = `${split.escape}${interpreter} ${text}`;
    const commands = runs ? kept(memory.commands, last?.commands, ofCommands, (): CommandsPart => ({})) : undefined;
    read.takePart(commands, part);
    parts.instructions.push(part);
    parts.commands.push(commands);
    contents[stage?.index ?? -1]?.push(part.number);
    // A trigger changes what is in force in stages that are built on this one.
    if (changing.has(statement.keyword)) situation = number(`${situation} ${interpreter} ${text}`);
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

/** What a stage is by its FROM. */
function natureOf({ index, from, os, image, defaultImage }: Stage, { text }: Split): readonly unknown[] {
  const { start, end } = from.at.span;
  const of = image.kind === 'known' ? image.value.text : undefined;
  return [index, text.slice(start, end), os, image.kind, of, defaultImage];
}

interface QuietQuestion {
  readonly key: string;
  readonly situation: number;
  readonly now: Map<string, Map<number, QuietPart>>;
  readonly last: ReadonlyMap<string, ReadonlyMap<number, QuietPart>> | undefined;
  readonly left: Left;
}

/** The quiet parts of the last reading that are still to be given out. */
interface Left {
  readonly taken: Set<QuietPart>;
  /** By key, made where the exact part is not there: most are. */
  readonly free: Map<string, Set<QuietPart>>;
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
  const exact = before?.get(situation);
  const isFree = exact !== undefined && !left.taken.has(exact);
  const found = isFree ? exact : before === undefined ? undefined : answering(read, freeOf(before, key, left));
  const part = found ?? { number: take(), asked: undefined, askedForAll: false };
  left.taken.add(part);
  left.free.get(key)?.delete(part);
  taken.set(situation, part);
  return part;
}

function freeOf(before: ReadonlyMap<number, QuietPart>, key: string, { taken, free }: Left): ReadonlySet<QuietPart> {
  const known = free.get(key) ?? new Set([...before.values()].filter((part) => !taken.has(part)));
  free.set(key, known);
  return known;
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
