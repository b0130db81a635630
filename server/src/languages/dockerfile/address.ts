// What a place in a Dockerfile belongs to: its stage, and the keyword of its instruction.
import type { Address } from '../../model/address.js';
import type { DockerfileModel } from './model.js';
import type { Split } from './split.js';

export function addressOf(split: Split, { stages, instructions }: DockerfileModel, offset: number): Address {
  const read = instructions[lastBy(instructions.length, (i) => instructions[i]?.instruction.at.span.start, offset)];
  const index = lastBy(stages.length, (i) => stages[i]?.instructions[0]?.at.span.start, offset);
  const stage = stages[index];
  if (stage === undefined) return { resource: undefined, path: read?.instruction.keyword ?? '' };
  const { start, end } = stage.nameAt.span;
  // A number would change with every stage that is put in before.
  const name = stage.name ?? split.text.slice(start, end);
  return { resource: { kind: 'stage', namespace: undefined, name }, path: read?.instruction.keyword ?? '' };
}

/** The last of so many parts in order that begins at the offset or before it; -1 for none. */
function lastBy(count: number, startOf: (index: number) => number | undefined, offset: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((startOf(middle) ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
