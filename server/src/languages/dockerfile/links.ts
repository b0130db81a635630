// From the names of stages to where they begin.
import type { FileLink } from '../../engine/language.js';
import { LineIndex } from '../../text/line-index.js';
import type { DockerfileModel } from './model.js';
import type { Split } from './split.js';

export function readLinks({ text, file }: Split, { instructions }: DockerfileModel): readonly FileLink[] {
  const lines = new LineIndex(text);
  return instructions.flatMap(({ instruction }) =>
    instruction.stageReferences.flatMap(({ at, stage }) =>
      stage === undefined ? [] : [{ at, path: file, line: lines.positionAt(stage.from.at.span.start).line }],
    ),
  );
}
