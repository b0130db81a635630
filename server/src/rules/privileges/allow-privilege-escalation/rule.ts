import { defineRule } from '../../../engine/rule.js';
import { remove, set } from '../../../model/change.js';
import { is, knownItems } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'allow-privilege-escalation',
    summary: 'The container is expressly allowed to gain more privileges than its parent process has.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards: [
      'pss/restricted',
      'cis-docker-1.6/5.26',
      'cis-kubernetes-1.12/5.2.6',
      'nist-800-190/4.4.3',
      'nsa-cisa/pod-security-enforcement',
    ],
    peers: {
      kics: ['kubernetes/privilege_escalation_allowed', 'compose/no_new_privileges_not_set'],
      checkov: ['CKV_K8S_20'],
      trivy: ['KSV-0001'],
      'kube-linter': ['privilege-escalation-container'],
      polaris: ['privilegeEscalationAllowed'],
      psa: ['allowPrivilegeEscalation'],
      'docker-bench': ['5.26'],
      semgrep: ['no-new-privileges'],
      kubescape: ['C-0016', 'C-0197'],
    },
  },
  check: {
    container(container, report) {
      const { privilegeEscalation: escalation } = container;
      if (escalation.kind !== 'known' || !escalation.value.allowed) return;
      if (container.os === 'windows' || is(container.privileged, true)) return;
      const { slot, value } = escalation;
      const title = 'Forbid privilege escalation';
      const change = value.forbidden === undefined ? remove(slot) : set(slot, value.forbidden);
      // The API refuses a container that has SYS_ADMIN and forbids it.
      const isTied =
        container.format === 'kubernetes' &&
        knownItems(container.addedCapabilities).some((item) => item.value.name === 'SYS_ADMIN');
      report({
        at: escalation,
        message: `${named('Container', container.name)} may gain privileges: one setuid program makes it root.`,
        ...(isTied ? {} : { fix: { title, safety: 'unsafe', change } }),
      });
    },
  },
});
