import { defineRule } from '../../../engine/rule.js';
import { isFilledIn, labelsIn, readLabelSchema } from '../../../model/dockerfile/labels.js';
import type { EnvironmentVariable } from '../../../model/environment.js';
import { is } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'empty-label',
    summary: 'A label that the project asks for has an empty value.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3051'] },
    options: {
      labelSchema: { default: [], description: 'The labels that may not be empty, as `key=type` or the key alone.' },
    },
  },
  check: {
    stage(stage, report, { options }) {
      if (options.labelSchema.length === 0) return;
      const schema = readLabelSchema(options.labelSchema);
      for (const onbuild of [false, true]) {
        for (const { name, nameAt, value, literal } of lastOfEach(labelsIn(stage, onbuild))) {
          if (!schema.has(name) || !literal || !is(value, '')) continue;
          const { start, end } = value.at.span;
          report({
            at: start < end ? value : nameAt,
            message: `Label ${quoted(name, 40)} is empty: who looks for it learns nothing.`,
          });
        }
      }
    },
  },
});

/** Those whose value stays: the last one of a key counts, and one whose key is not known may be any. */
function lastOfEach(labels: readonly EnvironmentVariable[]): readonly EnvironmentVariable[] {
  const certain = labels.slice(labels.findLastIndex(({ name }) => isFilledIn(name)) + 1);
  return [...new Map(certain.map((label) => [label.name, label])).values()];
}
