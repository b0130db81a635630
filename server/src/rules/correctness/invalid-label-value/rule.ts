import { defineRule, type Report } from '../../../engine/rule.js';
import { type Label, labelsAt, labelValueFault } from '../../../model/kubernetes/labels.js';
import { quoted } from '../../../model/quoted.js';
import { hasVariable } from '../../../model/variable.js';

export default defineRule({
  meta: {
    id: 'invalid-label-value',
    summary: 'A label has a value that labels may not have.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [],
    peers: {
      hadolint: ['DL3052', 'DL3053', 'DL3054', 'DL3055', 'DL3056', 'DL3058'],
      kics: ['kubernetes/metadata_label_is_invalid'],
      'kube-score': ['label-values'],
    },
  },
  check: {
    manifest(manifest, report) {
      check(labelsAt(manifest, 'metadata', 'labels'), report);
    },
    pod({ object, template }, report) {
      if (template.at.span.start !== object.at.span.start) check(labelsAt(template, 'metadata', 'labels'), report);
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
