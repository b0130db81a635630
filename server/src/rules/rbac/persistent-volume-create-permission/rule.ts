import { defineRule } from '../../../engine/rule.js';
import { type ApiResource, grantsOf, roleOf } from '../../../model/kubernetes/rbac.js';
import { named } from '../../../model/quoted.js';

const volumes: readonly ApiResource[] = [{ group: '', name: 'persistentvolumes', clusterScoped: true }];

export default defineRule({
  meta: {
    id: 'persistent-volume-create-permission',
    summary: 'A role may create persistent volumes, and so reach the files of nodes.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.1.9', 'nist-800-190/4.3.1', 'nsa-cisa/rbac'],
    peers: { kubescape: ['C-0278'] },
  },
  check: {
    manifest(manifest, report) {
      for (const { role, token } of grantsOf(roleOf(manifest), ['create'], volumes)) {
        report({
          at: token,
          message: `${named(role.kind, role.name)} may create volumes: also on the files of nodes.`,
        });
      }
    },
  },
});
