// What a place in a Dockerfile belongs to: its stage, and the keyword of its instruction.
import type { Address } from '../../model/address.js';
import type { Stage } from '../../model/dockerfile/stage.js';
import { leading } from '../../text/leading.js';
import type { DockerfileModel } from './model.js';
import type { Split } from './split.js';

export function addressOf(split: Split, { stages, instructions }: DockerfileModel, offset: number): Address {
  const read = instructions[leading(instructions, ({ instruction }) => instruction.at.span.start <= offset) - 1];
  const begins = ({ instructions: [from] }: Stage) => (from?.at.span.start ?? 0) <= offset;
  const stage = stages[leading(stages, begins) - 1];
  if (stage === undefined) return { resource: undefined, path: read?.instruction.keyword ?? '' };
  const { start, end } = stage.nameAt.span;
  // A number would change with every stage that is put in before.
  const name = stage.name ?? split.text.slice(start, end);
  return { resource: { kind: 'stage', namespace: undefined, name }, path: read?.instruction.keyword ?? '' };
}
