import { defineRule } from '../../../engine/rule.js';
import { isFilledIn, labelsIn, readLabelSchema } from '../../../model/dockerfile/labels.js';
import { chainOf, type Stage } from '../../../model/dockerfile/stage.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'missing-required-label',
    summary: 'A label that the project asks for is missing from the image.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      hadolint: ['DL3049'],
      'kube-linter': ['required-annotation-email', 'required-label-owner'],
      polaris: ['metadataAndInstanceMismatched'],
      kubescape: ['C-0076', 'C-0077'],
    },
    options: {
      labelSchema: {
        default: [],
        description: 'The labels that an image has to have, as `key=type` or the key alone.',
      },
    },
  },
  check: {
    stage(stage, report, { options }) {
      if (!stage.final || options.labelSchema.length === 0) return;
      const present = keysOf(stage);
      if (present === undefined) return;
      const [first, ...others] = [...readLabelSchema(options.labelSchema).keys()].filter((key) => !present.has(key));
      if (first === undefined) return;
      const label = `Label ${quoted(first, 36)}`;
      report({
        at: stage.nameAt,
        message:
          others.length === 0
            ? `${label} is missing: who looks for it finds nothing.`
            : `${label} and ${others.length} more are missing: who looks finds nothing.`,
      });
    },
  },
});

/** The keys of all labels that the file gives the image of a stage; undefined where it may give it others, too. */
function keysOf(stage: Stage): ReadonlySet<string> | undefined {
  const keys = new Set<string>();
  for (const at of chainOf(stage)) {
    if (mayBeOnStage(at)) return undefined;
    // The triggers of a stage run in those that are built on it.
    const labels = at === stage ? labelsIn(at, false) : [...labelsIn(at, false), ...labelsIn(at, true)];
    for (const { name } of labels) {
      if (isFilledIn(name)) return undefined;
      keys.add(name);
    }
  }
  return keys;
}

/** Whether a variable in its FROM may name a stage of this file; the name of a stage holds no `/`, `:` or `@`. */
function mayBeOnStage({ image, index, from }: Stage): boolean {
  return image.kind === 'unknown' && index > 0 && !/[/:@]/.test(from.written.rest.replace(/\$\{[^{}]*\}/g, ''));
}
