import { defineRule, type Severity } from '../../../engine/rule.js';
import { type ApiResource, type Grant, grantsOf, roleOf } from '../../../model/kubernetes/rbac.js';
import { named } from '../../../model/quoted.js';

/** Who someone is comes first: the details of a login help only who may take that over as well. */
const identities: readonly ApiResource[] = [
  { group: '', name: 'users', clusterScoped: true },
  { group: '', name: 'groups', clusterScoped: true },
  { group: '', name: 'serviceaccounts' },
  { group: 'authentication.k8s.io', name: 'uids', clusterScoped: true },
  { group: 'authentication.k8s.io', name: 'userextras/', clusterScoped: true },
];

export default defineRule({
  meta: {
    id: 'impersonate-permission',
    summary: 'A role may act as other users, groups or service accounts.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.1.8', 'nist-800-190/4.3.1', 'nsa-cisa/rbac'],
    peers: {
      kics: ['kubernetes/rbac_roles_with_impersonate_permission'],
      checkov: ['CKV2_K8S_3'],
      trivy: ['KSV-0043'],
      kubescape: ['C-0065', 'C-0191'],
    },
  },
  check: {
    manifest(manifest, report) {
      for (const grant of grantsOf(roleOf(manifest), ['impersonate'], identities)) {
        report({
          at: grant.token,
          severity: severityFor(grant),
          message: `${named(grant.role.kind, grant.role.name)} may impersonate others: it gets their rights.`,
        });
      }
    },
  },
});

function severityFor({ role, resource, names }: Grant): Severity {
  if (resource.group !== '') return 'info';
  if (names.restrict && !names.known.some(({ value }) => value === 'system:masters')) return 'info';
  return role.clusterWide ? 'error' : 'warning';
}
