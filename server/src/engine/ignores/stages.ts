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
