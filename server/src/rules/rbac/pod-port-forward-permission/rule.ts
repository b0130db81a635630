import { defineRule } from '../../../engine/rule.js';
import { type ApiResource, grantsOf, roleOf, streamVerbs } from '../../../model/kubernetes/rbac.js';
import { named } from '../../../model/quoted.js';

const streams: readonly ApiResource[] = [{ group: '', name: 'pods/portforward' }];

export default defineRule({
  meta: {
    id: 'pod-port-forward-permission',
    summary: 'A role may open tunnels to the ports of pods.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.3.1', 'nsa-cisa/rbac'],
    peers: { kics: ['kubernetes/rbac_roles_with_portforwarding_permissions'], kubescape: ['C-0063'] },
  },
  check: {
    manifest(manifest, report, { kubernetesMinor }) {
      for (const { role, token, names } of grantsOf(roleOf(manifest), streamVerbs(kubernetesMinor), streams)) {
        report({
          at: token,
          severity: names.restrict ? 'hint' : 'info',
          message: `${named(role.kind, role.name)} may tunnel to pods: network policies do not hold.`,
        });
      }
    },
  },
});
