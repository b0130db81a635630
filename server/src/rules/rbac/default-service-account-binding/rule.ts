import { defineRule } from '../../../engine/rule.js';
import { bindingOf, type Subject } from '../../../model/kubernetes/rbac.js';
import { named } from '../../../model/quoted.js';

/** The names that the default service account of a namespace logs in with. */
const defaultUser = /^system:serviceaccount:[^:]+:default$/;
const groupOfNamespace = 'system:serviceaccounts:';

export default defineRule({
  meta: {
    id: 'default-service-account-binding',
    summary: 'A binding gives rights to the service account that pods have without asking for it.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.1.5', 'nist-800-190/4.3.1', 'nsa-cisa/rbac'],
    peers: {
      kics: ['kubernetes/role_binding_to_default_service_account'],
      checkov: ['CKV_K8S_42'],
      kubescape: ['C-0189'],
    },
  },
  check: {
    manifest(manifest, report) {
      const binding = bindingOf(manifest);
      if (binding === undefined) return;
      for (const subject of binding.subjects) {
        if (!isOfPlainPods(subject)) continue;
        report({
          at: subject.name,
          message: `${named(binding.kind, binding.name)} ${consequence(subject)}.`,
        });
      }
    },
  },
});

function isOfPlainPods({ kind, name: { value } }: Subject): boolean {
  if (kind === 'ServiceAccount') return value === 'default';
  return kind === 'User' ? defaultUser.test(value) : value.startsWith(groupOfNamespace);
}

function consequence({ kind }: Subject): string {
  return kind === 'Group'
    ? 'names a namespace: all pods there have its rights'
    : "names 'default': any plain pod has its rights";
}
