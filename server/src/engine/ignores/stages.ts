// Instructions and build stages of a Dockerfile, for ignores that stand above them.
import type { Instruction } from '../../model/dockerfile/instruction.js';
import type { Span } from '../../text/span.js';
import type { ReadFile } from '../language.js';

export function instructionsByStart(file: ReadFile): ReadonlyMap<number, Instruction> {
  return new Map((file.subjects.instruction ?? []).map((instruction) => [instruction.at.span.start, instruction]));
}

/** From FROM to the last instruction of a stage; undefined where the instruction stands in none. */
export function stageOf({ stage }: Instruction): Span | undefined {
  const first = stage?.instructions[0];
  const last = stage?.instructions.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return { start: first.at.span.start, end: last.at.span.end };
}

/** Behind the start of an instruction: the one of the same kind in front of it in its stage. Triggers of ONBUILD aside. */
export function repeatedByStart(file: ReadFile): ReadonlyMap<number, Instruction> {
  const repeated = new Map<number, Instruction>();
  let stage: Instruction['stage'];
  const last = new Map<string, Instruction>();
  for (const instruction of file.subjects.instruction ?? []) {
    if (instruction.onbuild) continue;
    if (instruction.stage !== stage) last.clear();
    stage = instruction.stage;
    const before = last.get(instruction.keyword);
    if (before !== undefined) repeated.set(instruction.at.span.start, before);
    last.set(instruction.keyword, instruction);
  }
  return repeated;
}
