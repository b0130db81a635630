// The whole file as rules see it.
import type { Dockerfile, DockerfileComment } from '../../model/dockerfile/dockerfile.js';
import type { Instruction } from '../../model/dockerfile/instruction.js';
import { leading } from '../../text/leading.js';
import { once } from '../../text/once.js';
import type { DockerfileModel } from './model.js';
import type { Split } from './split.js';

export function readDockerfile(split: Split, { stages, instructions }: DockerfileModel): Dockerfile {
  const { file } = split;
  const all = once(() => instructions.map((each) => each.instruction));
  const comments = once(() => readComments(split, instructions));
  return {
    stages,
    get instructions() {
      return all();
    },
    directives: split.directives.map(({ name, span, value }) => ({
      name,
      at: { file, span },
      value: value.value,
      valueAt: value.place,
    })),
    get comments() {
      return comments();
    },
  };
}

function readComments(
  { text, file, comments }: Split,
  instructions: DockerfileModel['instructions'],
): readonly DockerfileComment[] {
  const found: DockerfileComment[] = [];
  // From below: a comment right above another one speaks of the same instruction.
  let next: { readonly start: number; readonly above: Instruction | undefined } | undefined;
  for (const { span } of [...comments].reverse()) {
    const read = instructions[leading(instructions, ({ raw }) => raw.span.end <= span.start)];
    const inside = read !== undefined && read.raw.span.start < span.start;
    let above: Instruction | undefined;
    if (next !== undefined && isRightAbove(text, span.end, next.start)) above = next.above;
    else if (!inside && read !== undefined && isRightAbove(text, span.end, read.raw.span.start))
      above = read.instruction;
    if (inside) above = undefined;
    found.push({ at: { file, span }, text: text.slice(span.start + 1, span.end).trim(), above });
    next = { start: span.start, above };
  }
  return found.reverse();
}

function isRightAbove(text: string, end: number, start: number): boolean {
  return /^\r*\n[ \t]*$/.test(text.slice(end, Math.min(start, end + 1000)));
}
