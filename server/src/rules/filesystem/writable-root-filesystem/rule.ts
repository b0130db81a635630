import { defineRule, type Report } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import { is, type Located } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';
import type { Container } from '../../../model/workload.js';

export default defineRule({
  meta: {
    id: 'writable-root-filesystem',
    summary: 'The container can write to its own root file system.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards: ['cis-docker-1.6/5.13', 'nist-800-190/4.4.3', 'nsa-cisa/immutable-container-file-systems'],
    peers: {
      kics: ['kubernetes/root_container_not_mounted_as_read_only'],
      checkov: ['CKV_K8S_22'],
      trivy: ['KSV-0014'],
      'kube-linter': ['no-read-only-root-fs'],
      'kube-score': ['container-security-context-readonlyrootfilesystem'],
      polaris: ['notReadOnlyRootFilesystem'],
      'docker-bench': ['5.13'],
      semgrep: ['writable-filesystem-service'],
      kubescape: ['C-0017'],
    },
  },
  check: {
    pod({ containers }, report) {
      for (const { container, own } of containers) {
        judge(container, own.boolean('securityContext', 'readOnlyRootFilesystem'), report);
      }
    },
    service({ container, fields }, report) {
      if (container !== undefined) judge(container, fields.boolean('read_only'), report);
    },
  },
});

function judge({ name, os, complete }: Container, readOnly: Located<boolean>, report: Report): void {
  if (os === 'windows' || readOnly.kind === 'unknown' || is(readOnly, true)) return;
  if (readOnly.kind === 'absent' && !complete) return;
  const subject = named('container', name);
  report({
    at: readOnly,
    message:
      readOnly.kind === 'absent'
        ? `${subject} can change its own programs: so can an attacker.`
        : `${subject} keeps its root writable: a volume is safer for writes.`,
    fix: { title: 'Make the root file system read-only', safety: 'unsafe', change: set(readOnly.slot, true) },
  });
}
