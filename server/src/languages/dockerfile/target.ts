// The stage that is built, and what it needs of the others.
import type { Stage } from '../../model/dockerfile/stage.js';
import type { ReadInstruction } from './instruction.js';
import { type StageIndex, sourcesOf } from './stage-references.js';

/** A stage while its file is read. */
export type DraftStage = { -readonly [Key in keyof Stage]: Stage[Key] };

/**
 * Marks the stage that is built and those that it needs. A target that no stage has is that of another file, or a slip:
 * then it is the last stage, too. Where the rest of the file is taken for a part of an instruction nobody knows which one.
 */
export function markTarget(
  stages: readonly DraftStage[],
  instructions: readonly ReadInstruction[],
  index: StageIndex,
  target: string | undefined,
): void {
  const wanted = target === undefined ? undefined : named(stages, index, target);
  const built = wanted ?? stages.at(-1);
  if (built === undefined || (wanted === undefined && isCutOff(built))) return;
  built.final = true;
  for (let at: DraftStage | undefined = built; at !== undefined; at = stages[at.base?.index ?? -1]) {
    at.inFinalChain = true;
  }
  const sources = sourcesByStage(instructions, index);
  const waiting: Stage[] = [built];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const draft = stages[next.index];
    if (draft === undefined || draft.isNeeded) continue;
    draft.isNeeded = true;
    if (draft.base !== undefined) waiting.push(draft.base);
    waiting.push(...(sources.get(next.index) ?? []));
  }
}

function isCutOff({ instructions }: Stage): boolean {
  return instructions.some(({ swallowed }) => swallowed.size > 0);
}

function named(stages: readonly DraftStage[], { byName }: StageIndex, target: string): DraftStage | undefined {
  const found = byName.get(target.toLowerCase());
  if (found !== undefined) return stages[found.index];
  return /^\d+$/.test(target) ? stages[Number(target)] : undefined;
}

/** By the index of a stage: those that it copies or mounts from. Triggers belong to the images built on it. */
function sourcesByStage(
  instructions: readonly ReadInstruction[],
  { stages, byName }: StageIndex,
): ReadonlyMap<number, readonly Stage[]> {
  const sources = new Map<number, Stage[]>();
  for (const { statement, instruction } of instructions) {
    if (instruction.stage === undefined || instruction.onbuild || statement.flags.length === 0) continue;
    for (const { value } of sourcesOf(statement)) {
      const text = value.value;
      const source = /^\d+$/.test(text) ? stages[Number(text)] : byName.get(text.toLowerCase());
      if (source === undefined) continue;
      const { index } = instruction.stage;
      const list = sources.get(index);
      if (list === undefined) sources.set(index, [source]);
      else list.push(source);
    }
  }
  return sources;
}
