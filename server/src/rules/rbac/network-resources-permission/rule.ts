import { defineRule } from '../../../engine/rule.js';
import { type ApiResource, grantsOf, roleOf } from '../../../model/kubernetes/rbac.js';
import { named, quoted } from '../../../model/quoted.js';

const verbs = ['create', 'update', 'patch', 'delete', 'deletecollection'];
/** Those that hardly anybody has to write by hand come first. */
const routes: readonly ApiResource[] = [
  { group: '', name: 'endpoints' },
  { group: 'discovery.k8s.io', name: 'endpointslices' },
  { group: '', name: 'services' },
  { group: 'networking.k8s.io', name: 'networkpolicies' },
  { group: 'networking.k8s.io', name: 'ingresses' },
];

export default defineRule({
  meta: {
    id: 'network-resources-permission',
    summary: 'A role may change where traffic in the cluster goes.',
    severity: 'hint',
    confidence: 'medium',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.3.1', 'nist-800-190/4.3.3'],
    peers: { trivy: ['KSV-0056'] },
  },
  check: {
    manifest(manifest, report) {
      for (const { role, token, resource, names } of grantsOf(roleOf(manifest), verbs, routes)) {
        if (names.restrict) continue;
        const effect = resource.name === 'networkpolicies' ? 'it can lift limits' : 'it can redirect traffic';
        report({
          at: token,
          severity: resource.name.startsWith('endpoint') ? 'info' : 'hint',
          message: `${named(role.kind, role.name)} may write ${quoted(resource.name)}: ${effect}.`,
        });
      }
    },
  },
});
