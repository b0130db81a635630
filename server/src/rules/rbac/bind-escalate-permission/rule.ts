import { defineRule } from '../../../engine/rule.js';
import { type ApiResource, type Grant, grantsOf, roleOf } from '../../../model/kubernetes/rbac.js';
import { named } from '../../../model/quoted.js';

const group = 'rbac.authorization.k8s.io';
/** A ClusterRole is written outside all namespaces, but bound within one too: a Role is enough for that. */
const written: readonly ApiResource[] = [
  { group, name: 'clusterroles', clusterScoped: true },
  { group, name: 'roles' },
];
const bound: readonly ApiResource[] = [
  { group, name: 'clusterroles' },
  { group, name: 'roles' },
];
const strongRoles: ReadonlySet<string> = new Set(['cluster-admin', 'admin']);

export default defineRule({
  meta: {
    id: 'bind-escalate-permission',
    summary: 'A role lets its holders gain rights that they do not have.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.1.8', 'nist-800-190/4.3.1', 'nsa-cisa/rbac'],
    peers: {
      kics: ['kubernetes/rbac_roles_allow_privilege_escalation'],
      checkov: ['CKV2_K8S_1', 'CKV_K8S_157', 'CKV_K8S_158'],
      trivy: ['KSV-0050'],
      kubescape: ['C-0191'],
    },
  },
  check: {
    manifest(manifest, report) {
      const role = roleOf(manifest);
      const escalations = grantsOf(role, ['escalate'], written);
      const escalating = new Set(escalations.map(({ rule }) => rule));
      const bindings = grantsOf(role, ['bind'], bound).filter(({ rule }) => !escalating.has(rule));
      for (const { role, token } of escalations) {
        report({
          at: token,
          message: `${named(role.kind, role.name)} may escalate roles: it can allow itself anything.`,
        });
      }
      for (const grant of bindings) {
        const { kind, name } = grant.role;
        const narrow = isNarrow(grant);
        report({
          at: grant.token,
          severity: narrow ? 'info' : 'error',
          message: narrow
            ? `${named(kind, name)} may bind some roles: it can take the rights in them.`
            : `${named(kind, name)} may bind any role: it can make itself an admin.`,
        });
      }
    },
  },
});

function isNarrow({ names }: Grant): boolean {
  return names.restrict && !names.known.some(({ value }) => strongRoles.has(value));
}
