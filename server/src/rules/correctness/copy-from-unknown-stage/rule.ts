import { defineRule, type Report, type ReportedFix } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import type { Dockerfile } from '../../../model/dockerfile/dockerfile.js';
import type { StageReference } from '../../../model/dockerfile/instruction.js';
import { imageNameOf, isImageName } from '../../../model/dockerfile/official-images.js';
import type { Stage } from '../../../model/dockerfile/stage.js';
import { named, quoted } from '../../../model/quoted.js';
import { closestWithin, isLongEnough } from '../../../text/closest.js';
import { once } from '../../../text/once.js';

export default defineRule({
  meta: {
    id: 'copy-from-unknown-stage',
    summary: 'A copy or mount names a source that is no earlier build stage.',
    severity: 'info',
    confidence: 'medium',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3022'] },
    options: {
      buildContexts: {
        default: [],
        description: 'Names of contexts that builds are given: `--build-context`, or `additional_contexts` in Compose.',
      },
    },
  },
  check: {
    dockerfile(file, report, { options: { buildContexts } }) {
      const known: Known = {
        builtOn: once(() => new Set(file.stages.map(imageNameOf).filter((name) => name !== undefined))),
        closest: closestWithin(maxCompared),
      };
      for (const instruction of file.instructions) {
        const { keyword, stage, onbuild } = instruction;
        // A trigger names the stages of another file.
        if ((keyword !== 'COPY' && keyword !== 'RUN') || stage === undefined || onbuild) continue;
        for (const reference of instruction.stageReferences) {
          if (reference.stage === undefined && buildContexts.includes(reference.text)) continue;
          judge(reference, stage, file, known, report);
        }
      }
    },
  },
});

/** More names, of all references together, are not compared: each is compared with all stages above it. */
const maxCompared = 20_000;

interface Known {
  /** The names of the images that stages are built on. */
  readonly builtOn: () => ReadonlySet<string>;
  readonly closest: ReturnType<typeof closestWithin>;
}

function judge(reference: StageReference, own: Stage, file: Dockerfile, known: Known, report: Report): void {
  const { by, text, at, isNumber, stage } = reference;
  const verb = by === 'copy' ? 'copied from' : 'mounted';
  if (by === 'mount' && isNumber) {
    const name = stage !== undefined && stage.index < own.index ? stage.name : undefined;
    report({
      at,
      severity: 'warning',
      message: `${quoted(text)} is taken for an image: mounts know stages by their names only.`,
      fix: name === undefined ? undefined : replaceBy(at, name),
    });
  } else if (stage !== undefined) {
    if (stage.index <= own.index) return;
    report({
      at,
      severity: 'error',
      message: `${named('stage', text)} begins further down: only earlier ones can be ${verb}.`,
      related: [{ at: stage.nameAt, message: 'It begins here.' }],
    });
  } else if (isNumber) {
    report({ at, severity: 'error', message: `${quoted(text)} is the number of no stage: the build is refused.` });
  } else judgeName(reference, own, file, known, report);
}

function judgeName(
  { text, at, mayBeImage }: StageReference,
  own: Stage,
  { stages }: Dockerfile,
  { builtOn, closest }: Known,
  report: Report,
): void {
  if (!mayBeImage || text.includes('.') || isImageName(text, builtOn())) return;
  const earlier = () => stages.slice(0, own.index).flatMap(({ name }) => name ?? []);
  const meant = isLongEnough(text) ? closest(text, earlier) : undefined;
  if (meant === undefined) {
    report({ at, message: `${quoted(text)} is no stage of this file: it has to be an image or a build context.` });
    return;
  }
  report({
    at,
    severity: 'warning',
    message: `${quoted(text)} is no stage of this file: did you mean ${quoted(meant, 24)}?`,
    fix: replaceBy(at, meant),
  });
}

function replaceBy(at: StageReference['at'], name: string): ReportedFix {
  return { title: `Replace by ${quoted(name)}`, safety: 'unsafe', change: replaceText(at, name) };
}
