import { defineRule, type Report, type ReportedFix } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import { comparedNames } from '../../../model/dockerfile/compared-names.js';
import type { Dockerfile } from '../../../model/dockerfile/dockerfile.js';
import type { StageReference } from '../../../model/dockerfile/instruction.js';
import { bareName, isImageName } from '../../../model/dockerfile/official-images.js';
import type { Stage } from '../../../model/dockerfile/stage.js';
import { named, quoted } from '../../../model/quoted.js';
import { closest, isLongEnough } from '../../../text/closest.js';
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
        images: once(() => imageNamesOf(file)),
        names: comparedNames((own: Stage) =>
          file.stages.slice(0, own.index).flatMap(({ name }) => (name === undefined ? [] : [name])),
        ),
      };
      for (const instruction of file.instructions) {
        const { keyword, stage, onbuild } = instruction;
        // A trigger names the stages of another file.
        if ((keyword !== 'COPY' && keyword !== 'RUN') || stage === undefined || onbuild) continue;
        for (const reference of instruction.stageReferences) {
          if (reference.stage === undefined && buildContexts.includes(reference.text)) continue;
          judge(reference, stage, known, report);
        }
      }
    },
  },
});

/** What the file says, found out once. */
interface Known {
  /** The images that stages are built on. */
  images(): ReadonlySet<string>;
  /** The stages that a name may have been meant to be. */
  names(own: Stage): readonly string[];
}

function imageNamesOf({ stages }: Dockerfile): ReadonlySet<string> {
  return new Set(stages.flatMap(({ image }) => (image.kind === 'known' ? [bareName(image.value)] : [])));
}

function judge(reference: StageReference, own: Stage, known: Known, report: Report): void {
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
  } else judgeName(reference, own, known, report);
}

function judgeName(
  { text, at, mayBeImage }: StageReference,
  own: Stage,
  { images, names }: Known,
  report: Report,
): void {
  if (!mayBeImage || text.includes('.') || isImageName(text, images())) return;
  const meant = isLongEnough(text) ? closest(text, names(own)) : undefined;
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
