import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import type { Key } from '../../../model/fields.js';
import { mayBeForWindows } from '../../../model/kubernetes/pod.js';
import type { Located } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

const little = {
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

export default defineRule({
  meta: {
    id: 'missing-security-context',
    summary: 'Neither the pod nor the container has a security context.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.6.3', 'nist-800-190/4.4.3'],
    peers: {
      kics: ['kubernetes/pod_or_container_without_security_context'],
      checkov: ['CKV_K8S_29', 'CKV_K8S_30'],
      trivy: ['KSV-0118'],
      kubescape: ['C-0211'],
    },
  },
  check: {
    pod(pod, report) {
      const { workload, spec, containers } = pod;
      if (!workload.complete || mayBeForWindows(pod)) return;
      const ofPod = spec.keys('securityContext');
      if (!isEmpty(ofPod)) return;
      const contexts = containers.map(({ container, own }) => ({ container, context: own.keys('securityContext') }));
      const lacking = contexts.filter(({ container, context }) => container.complete && isEmpty(context));
      if (contexts.every(({ context }) => isEmpty(context))) {
        report({
          at: ofPod,
          message: `${named(workload.kind, workload.name)} has no security context: its containers keep defaults.`,
          fix: allowLittle(lacking.map(({ context }) => context)),
        });
        return;
      }
      for (const { container, context } of lacking) {
        report({
          at: context,
          message: `${named('container', container.name)} has no security context: it keeps all defaults.`,
          fix: allowLittle([context]),
        });
      }
    },
  },
});

/** All of it in the containers, so that one which is added later is marked again. */
function allowLittle(contexts: readonly Located<unknown>[]): ReportedFix {
  const change = contexts.map(({ slot }) => set(slot, little));
  return { title: 'Add a security context that allows little', safety: 'unsafe', change };
}

function isEmpty(context: Located<readonly Key[]>): boolean {
  return context.kind === 'absent' || (context.kind === 'known' && context.value.length === 0);
}
