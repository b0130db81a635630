// hadolint: `# hadolint ignore=DL3006,DL3008 # why`, with `global` or `stage` before `ignore`.
import type { Span } from '../../text/span.js';
import type { ReadFile } from '../language.js';
import { readIds, reasonIn } from './ids.js';
import { lineBelow } from './lines.js';
import { named, type PeerTool, type Said } from './peer-tool.js';
import { instructionsByStart, repeatedByStart, stageOf } from './stages.js';

const pragma = /^#[ \t]*hadolint[ \t]+(?:(global|stage)[ \t]+)?ignore[ \t]*=[ \t]*/;

/** What it tells of the instruction that replaces another one, and the rules here of the one that is replaced. */
const toldOfTheLater: ReadonlyMap<string, string> = new Map([
  ['DL3012', 'HEALTHCHECK'],
  ['DL4003', 'CMD'],
  ['DL4004', 'ENTRYPOINT'],
]);

export const hadolint: PeerTool = { name: 'hadolint', formats: ['dockerfile'], mark: /hadolint/i, read };

function read(file: ReadFile): readonly Said[] {
  const instructions = instructionsByStart(file);
  const found: Said[] = [];
  let repeated: ReturnType<typeof repeatedByStart> | undefined;
  for (const { span } of file.comments()) {
    const comment = file.text.slice(span.start, span.end);
    const match = pragma.exec(comment);
    if (match === null) continue;
    const { ids, rest } = readIds(comment.slice(match[0].length), /[DLSC0-9]/, true);
    const said = { by: 'comment', checks: named(ids), reason: reasonIn(rest) } as const;
    if (match[1] === 'global') {
      found.push({ ...said, scope: undefined });
      continue;
    }
    const instruction = instructionBelow(file, span);
    if (instruction === undefined) continue;
    if (match[1] === undefined) {
      found.push({ ...said, scope: instruction });
      const later = said.checks.filter(({ key }) => toldOfTheLater.has(key));
      if (later.length === 0) continue;
      repeated ??= repeatedByStart(file);
      const replaced = repeated.get(instruction.start);
      const checks = later.filter(({ key }) => toldOfTheLater.get(key) === replaced?.keyword);
      if (replaced !== undefined && checks.length > 0) found.push({ ...said, checks, scope: replaced.at.span });
      continue;
    }
    const from = instructions.get(instruction.start);
    const scope = from?.keyword === 'FROM' ? stageOf(from) : undefined;
    if (scope !== undefined) found.push({ ...said, scope });
  }
  return found;
}

/** It has to begin on the very next line: of two stacked comments only the lower one counts. */
function instructionBelow(file: ReadFile, comment: Span): Span | undefined {
  const line = lineBelow(file.text, comment.end);
  return line === undefined ? undefined : file.blockAt(line.start);
}
