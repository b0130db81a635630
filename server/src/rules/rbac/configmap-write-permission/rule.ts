import { defineRule } from '../../../engine/rule.js';
import { type ApiResource, grantsOf, roleOf } from '../../../model/kubernetes/rbac.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

/** Who only creates changes nothing that is there. */
const verbs = ['update', 'patch', 'delete', 'deletecollection'];
const configMaps: readonly ApiResource[] = [{ group: '', name: 'configmaps' }];

export default defineRule({
  meta: {
    id: 'configmap-write-permission',
    summary: 'A role may change ConfigMaps that other programs rely on.',
    severity: 'hint',
    confidence: 'medium',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.3.1'],
    peers: { trivy: ['KSV-0049'], kubescape: ['C-0037'] },
  },
  check: {
    manifest(manifest, report) {
      for (const { role, token, names } of grantsOf(roleOf(manifest), verbs, configMaps)) {
        if (names.restrict) continue;
        const system = !role.clusterWide && is(role.namespace, 'kube-system');
        report({
          at: token,
          severity: system ? 'warning' : 'hint',
          message: system
            ? `${named(role.kind, role.name)} may change ConfigMaps: those of cluster DNS too.`
            : `${named(role.kind, role.name)} may change ConfigMaps: others rely on them.`,
        });
      }
    },
  },
});
