import { defineRule, type ReportedFinding } from '../../../engine/rule.js';
import { mayHold } from '../../../model/capability.js';
import { remove, set } from '../../../model/change.js';
import { mistakenForLinux, restrictedSince, standardsAt, systemOf } from '../../../model/kubernetes/pod-security.js';
import { is, type Known } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';
import type { Container, PrivilegeEscalation } from '../../../model/workload.js';

const standards = [
  'pss/restricted',
  'cis-docker-1.6/5.26',
  'cis-kubernetes-1.12/5.2.6',
  'nist-800-190/4.4.3',
  'nsa-cisa/pod-security-enforcement',
];

export default defineRule({
  meta: {
    id: 'allow-privilege-escalation',
    summary: 'The container is expressly allowed to gain more privileges than its parent process has.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards,
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
      if (container.format === 'kubernetes' || container.os === 'windows') return;
      const escalation = permission(container);
      if (escalation !== undefined) report(judge(container, escalation, standards));
    },
    pod(pod, report, { kubernetesMinor }) {
      for (const { container } of pod.containers) {
        const escalation = permission(container);
        if (escalation === undefined) continue;
        const system = systemOf(pod, kubernetesMinor);
        if (system === 'windows') return;
        const isRefused = kubernetesMinor >= restrictedSince.privilegeEscalation && system !== 'unknown';
        if (system !== 'mistaken') {
          report(judge(container, escalation, standardsAt(standards, isRefused ? 'restricted' : undefined)));
        } else if (isRefused) {
          report({ ...mistakenForLinux(pod, kubernetesMinor, 'it must forbid escalation.'), at: escalation });
        }
      }
    },
  },
});

/** Where a container is allowed to gain privileges, unless it has them all. */
function permission({ privileged, privilegeEscalation }: Container): Known<PrivilegeEscalation> | undefined {
  if (privilegeEscalation.kind !== 'known' || !privilegeEscalation.value.allowed) return undefined;
  return is(privileged, true) ? undefined : privilegeEscalation;
}

function judge(
  { format, name, addedCapabilities }: Container,
  escalation: Known<PrivilegeEscalation>,
  judged: readonly string[],
): ReportedFinding {
  const { slot, value } = escalation;
  const title = 'Forbid privilege escalation';
  const change = value.forbidden === undefined ? remove(slot) : set(slot, value.forbidden);
  // The API refuses a container that has SYS_ADMIN and forbids it.
  const isTied = format === 'kubernetes' && mayHold(addedCapabilities, 'SYS_ADMIN');
  return {
    at: escalation,
    standards: judged,
    message: `${named('Container', name)} may gain privileges: one setuid program makes it root.`,
    fix: isTied ? undefined : { title, safety: 'unsafe', change },
  };
}
