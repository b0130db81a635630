import { defineRule } from '../../../engine/rule.js';
import { type ApiResource, grantsOf, roleOf } from '../../../model/kubernetes/rbac.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

const configMaps: readonly ApiResource[] = [{ group: '', name: 'configmaps' }];

export default defineRule({
  meta: {
    id: 'aws-auth-permission',
    summary: 'A role may change which AWS identities have which rights in the cluster.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.3.1'],
    peers: { trivy: ['KSV-0115'] },
  },
  check: {
    manifest(manifest, report) {
      for (const { role, names } of grantsOf(roleOf(manifest), ['update', 'patch'], configMaps)) {
        const map = names.known.find(({ value }) => value === 'aws-auth');
        // The map is read in one namespace only.
        const elsewhere = !role.clusterWide && role.namespace.kind === 'known' && !is(role.namespace, 'kube-system');
        if (map === undefined || elsewhere) continue;
        report({
          at: map,
          message: `${named(role.kind, role.name)} may change 'aws-auth': its holders can become admins.`,
        });
      }
    },
  },
});
