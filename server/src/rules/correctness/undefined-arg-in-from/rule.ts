import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { insertInstruction, replaceText } from '../../../model/change.js';
import type { Dockerfile } from '../../../model/dockerfile/dockerfile.js';
import type { VariableUse } from '../../../model/dockerfile/instruction.js';
import type { Stage } from '../../../model/dockerfile/stage.js';
import { isImageName } from '../../../model/image-reference-syntax.js';
import { named, quoted } from '../../../model/quoted.js';
import { closestWithin, isLongEnough } from '../../../text/closest.js';
import { once } from '../../../text/once.js';
import type { Place } from '../../../text/span.js';

/** What the builder sets for FROM by itself. */
const builtIn: readonly string[] = [
  'BUILDPLATFORM',
  'BUILDOS',
  'BUILDARCH',
  'BUILDVARIANT',
  'TARGETPLATFORM',
  'TARGETOS',
  'TARGETARCH',
  'TARGETVARIANT',
  'TARGETSTAGE',
];

export default defineRule({
  meta: {
    id: 'undefined-arg-in-from',
    summary: 'FROM uses a variable that no ARG in front of the first FROM declares.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { buildkit: ['UndefinedArgInFrom'] },
  },
  check: {
    dockerfile(file, report) {
      const declared = once(() => declarationsIn(file));
      const closest = closestWithin(maxCompared);
      for (const stage of file.stages) {
        for (const use of stage.from.variables) {
          const { name, at, state, operator } = use;
          if (state !== 'undeclared' || (operator !== undefined && /[-+]$/.test(operator))) continue;
          const found = declared().get(name);
          const inStage = found !== undefined && found.stage < stage.index ? found.nameAt : undefined;
          const subject = named('variable', name);
          report({
            at,
            message:
              inStage === undefined
                ? `${subject} has no ARG above the first FROM: it is always empty here.`
                : `${subject} is declared inside a stage: FROM does not see it.`,
            ...(isRefused(stage, use) ? { severity: 'error' } : {}),
            related: inStage === undefined ? [] : [{ at: inStage, message: 'It is declared here.' }],
            fix: fixesFor(use, stage, file, closest),
          });
        }
      }
    },
  },
});

interface Declaration {
  readonly stage: number;
  readonly nameAt: Place;
}

/** The first ARG of each name that stands inside a stage. */
function declarationsIn({ stages }: Dockerfile): ReadonlyMap<string, Declaration> {
  const first = new Map<string, Declaration>();
  for (const { index, instructions } of stages) {
    for (const { keyword, assignments } of instructions) {
      if (keyword !== 'ARG') continue;
      for (const { name, nameAt } of assignments) {
        if (!first.has(name)) first.set(name, { stage: index, nameAt });
      }
    }
  }
  return first;
}

/** Whether what is left without it is no name of an image. */
function isRefused({ base, defaultImage, from }: Stage, { at }: VariableUse): boolean {
  const image = from.arguments[0]?.at.span;
  if (base !== undefined || defaultImage === undefined || image === undefined) return false;
  return at.span.start >= image.start && at.span.end <= image.end && !isImageName(defaultImage);
}

/** More names, of all uses together, are not compared: each is compared with all that stand above the first FROM. */
const maxCompared = 20_000;

function fixesFor(
  { name, nameAt }: VariableUse,
  { from }: Stage,
  { stages }: Dockerfile,
  closest: ReturnType<typeof closestWithin>,
): readonly ReportedFix[] {
  const meant = isLongEnough(name) ? closest(name, () => [...from.variableNames(), ...builtIn]) : undefined;
  const fixes: ReportedFix[] = [];
  if (meant !== undefined) {
    fixes.push({ title: `Replace by ${quoted(meant)}`, safety: 'unsafe', change: replaceText(nameAt, meant) });
  }
  const [first] = stages;
  if (first !== undefined) {
    const change = insertInstruction(first.from.slot, 'before', `ARG ${name}`);
    fixes.push({ title: `Declare ${quoted(name)} above the first FROM`, safety: 'unsafe', change });
  }
  return fixes;
}
