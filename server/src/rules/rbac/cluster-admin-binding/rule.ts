import { defineRule, type Severity } from '../../../engine/rule.js';
import { bindingOf } from '../../../model/kubernetes/rbac.js';
import { is } from '../../../model/located.js';
import { named, quoted } from '../../../model/quoted.js';

/** How bad it is, by the kind of the binding and the built-in role. */
const severities: ReadonlyMap<string, Severity> = new Map([
  ['ClusterRoleBinding cluster-admin', 'error'],
  ['ClusterRoleBinding admin', 'info'],
  ['ClusterRoleBinding edit', 'info'],
  ['RoleBinding cluster-admin', 'warning'],
]);

export default defineRule({
  meta: {
    id: 'cluster-admin-binding',
    summary: 'Somebody is bound to the role that may do everything in the cluster.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.1.1', 'nist-800-190/4.3.1', 'nsa-cisa/rbac'],
    peers: {
      kics: ['kubernetes/cluster_admin_role_binding_with_super_user_permissions'],
      trivy: ['KSV-0111'],
      'kube-linter': ['cluster-admin-role-binding'],
      polaris: ['clusterrolebindingClusterAdmin', 'rolebindingClusterAdminClusterRole', 'rolebindingClusterAdminRole'],
      kubescape: ['C-0035', 'C-0185', 'C-0267', 'C-0272'],
    },
  },
  check: {
    manifest(manifest, report) {
      const binding = bindingOf(manifest);
      if (binding === undefined) return;
      const { kind, name, roleKind, roleName: role } = binding;
      if (role.kind !== 'known' || !is(roleKind, 'ClusterRole')) return;
      const severity = severities.get(`${kind} ${role.value}`);
      if (severity === undefined) return;
      const all = role.value === 'cluster-admin' ? 'own the cluster' : 'change every namespace';
      const rights = kind === 'RoleBinding' ? 'own its namespace' : all;
      report({
        at: role,
        severity,
        message: `${named(kind, name)} grants ${quoted(role.value)}: its subjects ${rights}.`,
      });
    },
  },
});
