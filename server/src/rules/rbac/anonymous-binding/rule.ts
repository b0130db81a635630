import { defineRule, type Severity } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { type Binding, bindingOf, grantsClusterRole, type Subject } from '../../../model/kubernetes/rbac.js';
import { is } from '../../../model/located.js';
import { named, quoted } from '../../../model/quoted.js';

/** What they show is public: the version, health, and the keys that tokens are verified with. */
const publicRoles: ReadonlySet<string> = new Set([
  'system:public-info-viewer',
  'system:service-account-issuer-discovery',
]);
/** What they show is harmless, but not meant for strangers since Kubernetes 1.14. */
const discoveryRoles: ReadonlySet<string> = new Set(['system:basic-user', 'system:discovery']);
/** The role of kubeadm that shows a node that wants to join where the cluster is. */
const joinRole = 'kubeadm:bootstrap-signer-clusterinfo';

export default defineRule({
  meta: {
    id: 'anonymous-binding',
    summary: 'A binding gives rights to callers that have not logged in.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.3.2', 'nsa-cisa/authentication'],
    peers: { trivy: ['KSV-0122'], kubescape: ['C-0262'] },
  },
  check: {
    manifest(manifest, report) {
      const binding = bindingOf(manifest);
      if (binding === undefined) return;
      for (const subject of binding.subjects) {
        if (!isAnybody(subject) || isMeantForAll(binding)) continue;
        report({
          at: subject.name,
          severity: severityFor(binding),
          message: `${named(binding.kind, binding.name)} has ${quoted(subject.name.value)}: anybody has its rights.`,
          fix: { title: 'Remove this subject', safety: 'unsafe', change: remove(subject.slot) },
        });
      }
    },
  },
});

function isAnybody({ kind, name }: Subject): boolean {
  return (
    (kind === 'User' && name.value === 'system:anonymous') ||
    (kind === 'Group' && name.value === 'system:unauthenticated')
  );
}

function isMeantForAll(binding: Binding): boolean {
  return is(binding.roleName, joinRole) || grantsClusterRole(binding, publicRoles);
}

function severityFor(binding: Binding): Severity {
  return grantsClusterRole(binding, discoveryRoles) ? 'info' : 'error';
}
