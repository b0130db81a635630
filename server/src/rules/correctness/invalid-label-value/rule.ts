import { defineRule, type Report } from '../../../engine/rule.js';
import { type Label, labelsAt, labelValueFault } from '../../../model/kubernetes/labels.js';
import { quoted } from '../../../model/quoted.js';
import { hasVariable } from '../../../model/variable.js';
import { labelSchema } from './label-format.js';

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
      const schema = labelSchema(options.labelSchema);
      for (const { name, value, literal } of instruction.assignments) {
        const format = schema.format(name);
        if (format === undefined || value.kind !== 'known' || !literal || isFilledIn(value.value)) continue;
        if (format.fits(value.value) || (value.value === '' && !isNamed(options.labelSchema, name))) continue;
        report({
          at: value,
          message: `Label ${quoted(name, 40)} is not ${format.wanted}: tools that read it fail.`,
        });
      }
    },
  },
});

/** Whether a tool or a person is to fill the value in. */
function isFilledIn(value: string): boolean {
  return hasVariable(value) || /\{\{|\{%|<%/.test(value);
}

/** Whether the schema asks for a label, so that it cannot be empty. */
function isNamed(schema: readonly string[], name: string): boolean {
  return schema.some((item) => item.startsWith(`${name}=`));
}

function check(labels: readonly Label[], report: Report): void {
  for (const { key, value } of labels) {
    if (value.kind !== 'known' || hasVariable(value.value)) continue;
    const fault = labelValueFault(value.value);
    if (fault !== undefined)
      report({ at: value, message: `Label ${quoted(key, 18)} ${fault}: the cluster refuses it.` });
  }
}
