import { defineRule } from '../../../engine/rule.js';
import { mayHold } from '../../../model/capability.js';
import { append, set } from '../../../model/change.js';
import { mistakenForLinux, restrictedSince, standardsAt, systemOf } from '../../../model/kubernetes/pod-security.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

const standards = [
  'pss/restricted',
  'cis-docker-1.6/5.26',
  'cis-kubernetes-1.12/5.2.6',
  'nist-800-190/4.4.3',
  'nsa-cisa/pod-security-enforcement',
];

export default defineRule({
  meta: {
    id: 'missing-no-new-privileges',
    summary: 'A setuid program in the container may give more privileges to whoever starts it.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards,
    peers: {
      kics: [
        'kubernetes/privilege_escalation_allowed',
        'compose/no_new_privileges_not_set',
        'compose/security_opt_not_set',
      ],
      checkov: ['CKV_K8S_20'],
      trivy: ['KSV-0001'],
      polaris: ['privilegeEscalationAllowed'],
      psa: ['allowPrivilegeEscalation'],
      'docker-bench': ['5.26'],
      semgrep: ['no-new-privileges'],
      kubescape: ['C-0016', 'C-0197'],
    },
  },
  check: {
    container({ format, complete, os, name, privileged, privilegeEscalation }, report) {
      if (format !== 'compose' || !complete || os === 'windows' || is(privileged, true)) return;
      if (privilegeEscalation.kind !== 'absent') return;
      const change = append(privilegeEscalation.slot, 'no-new-privileges:true');
      report({
        at: privilegeEscalation,
        message: mayGain(name),
        fix: { title: 'Forbid new privileges', safety: 'unsafe', change },
      });
    },
    pod(pod, report, { kubernetesMinor }) {
      const lacking = pod.containers.filter(
        ({ container: { complete, privileged, privilegeEscalation } }) =>
          complete && privilegeEscalation.kind === 'absent' && !is(privileged, true),
      );
      if (lacking.length === 0) return;
      const system = systemOf(pod, kubernetesMinor);
      if (system === 'windows' || system === 'unknown') return;
      const isRefused = kubernetesMinor >= restrictedSince.privilegeEscalation;
      if (system === 'mistaken') {
        if (!isRefused) return;
        report(mistakenForLinux(pod, kubernetesMinor, 'it must forbid escalation.'));
        return;
      }
      for (const { container } of lacking) {
        const { name, addedCapabilities, privileged, privilegeEscalation } = container;
        // The API refuses the field beside either of them.
        const isTied = privileged.kind === 'unknown' || mayHold(addedCapabilities, 'SYS_ADMIN');
        const change = set(privilegeEscalation.slot, false);
        report({
          at: privilegeEscalation,
          message: mayGain(name),
          standards: standardsAt(standards, isRefused ? 'restricted' : undefined),
          fix: isTied ? undefined : { title: 'Forbid privilege escalation', safety: 'unsafe', change },
        });
      }
    },
  },
});

function mayGain(container: string): string {
  return `${named('container', container)} may gain privileges: nothing stops setuid programs.`;
}
