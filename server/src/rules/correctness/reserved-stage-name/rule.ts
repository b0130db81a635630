import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import type { Dockerfile } from '../../../model/dockerfile/dockerfile.js';
import type { StageReference } from '../../../model/dockerfile/instruction.js';
import type { Stage } from '../../../model/dockerfile/stage.js';
import { named, quoted } from '../../../model/quoted.js';

const reserved: ReadonlySet<string> = new Set(['context', 'scratch']);

export default defineRule({
  meta: {
    id: 'reserved-stage-name',
    summary: 'A build stage has a name that means something else.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { buildkit: ['ReservedStageName'], hadolint: ['DL3063'] },
  },
  check: {
    dockerfile(file, report) {
      const counts = countNames(file);
      for (const stage of file.stages) {
        const name = stage.name?.toLowerCase();
        if (name === undefined || !reserved.has(name)) continue;
        const meaning = name === 'scratch' ? 'the empty image' : 'the build context';
        report({
          at: stage.nameAt,
          message: `${named('stage name', name)} is that of ${meaning}: Docker may take one for the other.`,
          fix: renaming(file, stage, name, counts),
        });
      }
    },
  },
});

/** How many stages have a name, by the name in small letters. */
function countNames({ stages }: Dockerfile): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of stages) {
    const small = name?.toLowerCase();
    if (small !== undefined) counts.set(small, (counts.get(small) ?? 0) + 1);
  }
  return counts;
}

/** Undefined where it cannot be told who means the stage. */
function renaming(
  { instructions }: Dockerfile,
  stage: Stage,
  name: string,
  counts: ReadonlyMap<string, number>,
): ReportedFix | undefined {
  const newName = `${name}-stage`;
  if (counts.has(newName) || counts.get(name) !== 1) return undefined;
  const uses: StageReference[] = [];
  for (const instruction of instructions) {
    const { keyword } = instruction;
    if ((keyword !== 'FROM' && keyword !== 'COPY' && keyword !== 'RUN') || instruction.stage === undefined) continue;
    if (name === 'scratch' && instruction !== stage.from && namesScratch(instruction)) return undefined;
    // A trigger means a stage of the file that it runs in.
    if (instruction.onbuild) continue;
    uses.push(...instruction.stageReferences.filter((each) => each.stage === stage && !each.isNumber));
  }
  // A variable that brings the name is not its text.
  if (uses.some(({ at, text }) => at.span.end - at.span.start !== text.length)) return undefined;
  return {
    title: `Rename the stage to ${quoted(newName)}`,
    safety: 'unsafe',
    change: [stage.nameAt, ...uses.map(({ at }) => at)].map((at) => replaceText(at, newName)),
  };
}

/** Whether an instruction takes something from `scratch`, the image or the stage. */
function namesScratch({ keyword, arguments: words, flags }: Dockerfile['instructions'][number]): boolean {
  const sources = keyword === 'FROM' ? words.slice(0, 1) : [];
  for (const { name, value, options } of flags) {
    if (name === 'from') sources.push(value);
    sources.push(...options.flatMap((option) => (option.name === 'from' ? [option.value] : [])));
  }
  return sources.some((source) => source.kind === 'known' && source.value.toLowerCase() === 'scratch');
}
