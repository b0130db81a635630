import { defineRule } from '../../../engine/rule.js';
import { type ApiResource, grantsOf, roleOf } from '../../../model/kubernetes/rbac.js';
import { named } from '../../../model/quoted.js';

const makers: readonly ApiResource[] = [
  { group: '', name: 'pods' },
  { group: '', name: 'replicationcontrollers' },
  { group: 'apps', name: 'deployments' },
  { group: 'apps', name: 'daemonsets' },
  { group: 'apps', name: 'statefulsets' },
  { group: 'apps', name: 'replicasets' },
  { group: 'batch', name: 'jobs' },
  { group: 'batch', name: 'cronjobs' },
];

export default defineRule({
  meta: {
    id: 'pod-create-permission',
    summary: 'A role may make pods, and so use any service account and Secret of the namespace.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.1.4', 'nist-800-190/4.3.1', 'nsa-cisa/rbac'],
    peers: {
      kics: ['kubernetes/permissive_access_to_create_pods'],
      trivy: ['KSV-0048'],
      'kube-linter': ['access-to-create-pods'],
      kubescape: ['C-0188'],
    },
  },
  check: {
    manifest(manifest, report) {
      for (const { role, token, names } of grantsOf(roleOf(manifest), ['create', 'update', 'patch'], makers)) {
        report({
          at: token,
          severity: names.restrict ? 'hint' : 'info',
          message: `${named(role.kind, role.name)} may set what pods run: also as other accounts.`,
        });
      }
    },
  },
});
