// The whole file as rules see it.
import type { Dockerfile, DockerfileComment } from '../../model/dockerfile/dockerfile.js';
import { leading } from '../../text/leading.js';
import type { DockerfileModel } from './model.js';
import type { Split } from './split.js';

export function readDockerfile(split: Split, { stages, target, instructions }: DockerfileModel): Dockerfile {
  const { file } = split;
  return {
    stages,
    target,
    get instructions() {
      return instructions.map((each) => each.instruction);
    },
    directives: split.directives.map(({ name, span, value }) => ({
      name,
      at: { file, span },
      value: value.value,
      valueAt: value.place,
    })),
    get comments() {
      return readComments(split, instructions);
    },
  };
}

function readComments(
  { text, file, comments }: Split,
  instructions: DockerfileModel['instructions'],
): readonly DockerfileComment[] {
  return comments.map(({ span }) => {
    const next = instructions[leading(instructions, ({ raw }) => raw.span.end <= span.start)];
    const inside = next !== undefined && next.raw.span.start < span.start;
    const gap = next === undefined || inside ? undefined : text.slice(span.end, next.raw.span.start);
    return {
      at: { file, span },
      text: text.slice(span.start + 1, span.end).trim(),
      above: gap !== undefined && /^\r*\n[ \t]*$/.test(gap) ? next?.instruction : undefined,
      inside,
    };
  });
}
