import { defineRule, type Report } from '../../../engine/rule.js';
import { isFilledIn, readLabelSchema } from '../../../model/dockerfile/labels.js';
import { type Label, labelsAt, labelValueFault } from '../../../model/kubernetes/labels.js';
import { quoted } from '../../../model/quoted.js';
import { hasVariable } from '../../../model/variable.js';
import { formatOf } from './label-format.js';

export default defineRule({
  meta: {
    id: 'invalid-label-value',
    summary: 'A label has a value that it may not have, or that tools cannot read.',
    severity: { dockerfile: 'info', kubernetes: 'warning' },
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile', 'kubernetes'],
    standards: [],
    peers: {
      hadolint: ['DL3052', 'DL3053', 'DL3054', 'DL3055', 'DL3056', 'DL3058'],
      kics: ['kubernetes/metadata_label_is_invalid'],
      'kube-score': ['label-values'],
    },
    options: {
      labelSchema: {
        default: [],
        description:
          'What labels of images have to be, as `key=type`: `text`, `url`, `semver`, `rfc3339`, `hash`, `spdx` or `email`.',
      },
    },
  },
  check: {
    manifest(manifest, report) {
      check(labelsAt(manifest, 'metadata', 'labels'), report);
    },
    pod({ object, template }, report) {
      if (template.at.span.start !== object.at.span.start) check(labelsAt(template, 'metadata', 'labels'), report);
    },
    instruction(instruction, report, { options }) {
      if (instruction.keyword !== 'LABEL') return;
      const schema = readLabelSchema(options.labelSchema);
      for (const { name, value, literal } of instruction.assignments) {
        const format = formatOf(name, schema);
        if (format === undefined || value.kind !== 'known' || value.value === '' || !literal) continue;
        if (isFilledIn(value.value) || format.fits(value.value)) continue;
        report({
          at: value,
          message: `Label ${quoted(name, 40)} is not ${format.wanted}: tools that read it fail.`,
        });
      }
    },
  },
});

function check(labels: readonly Label[], report: Report): void {
  for (const { key, value } of labels) {
    if (value.kind !== 'known' || hasVariable(value.value)) continue;
    const fault = labelValueFault(value.value);
    if (fault !== undefined)
      report({ at: value, message: `Label ${quoted(key, 18)} ${fault}: the cluster refuses it.` });
  }
}
