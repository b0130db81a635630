import { defineRule, type Severity } from '../../../engine/rule.js';
import {
  type ApiResource,
  type Grant,
  grantedVerbs,
  grantsOf,
  type Role,
  roleOf,
} from '../../../model/kubernetes/rbac.js';
import { named } from '../../../model/quoted.js';

const group = 'rbac.authorization.k8s.io';
const bindings: readonly ApiResource[] = [
  { group, name: 'clusterrolebindings', clusterScoped: true },
  { group, name: 'rolebindings' },
];
const roles: readonly ApiResource[] = [
  { group, name: 'clusterroles' },
  { group, name: 'roles' },
];

export default defineRule({
  meta: {
    id: 'role-binding-write-permission',
    summary: 'A role may change who has which role.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.1.8', 'nist-800-190/4.3.1', 'nsa-cisa/rbac'],
    peers: { trivy: ['KSV-0051', 'KSV-0052', 'KSV-0055'] },
  },
  check: {
    manifest(manifest, report) {
      for (const grant of grantsOf(roleOf(manifest), ['create', 'update', 'patch'], bindings)) {
        const { role, token } = grant;
        const severity = severityFor(grant);
        report({
          at: token,
          severity,
          message:
            severity === 'error'
              ? `${named(role.kind, role.name)} may bind any role: it can make itself an admin.`
              : `${named(role.kind, role.name)} may write bindings: it can pass its rights on.`,
        });
      }
    },
  },
});

function severityFor({ role, names }: Grant): Severity {
  if (names.restrict) return 'info';
  return bindsAnything(role) ? 'error' : 'warning';
}

/** Without this right the API server refuses a binding to what its writer may not do. */
function bindsAnything({ rules }: Role): boolean {
  return rules.some(
    (rule) =>
      rule.names?.restrict === false && roles.some((resource) => grantedVerbs(rule, ['bind'], resource).length > 0),
  );
}
