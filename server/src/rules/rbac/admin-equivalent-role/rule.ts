import { defineRule } from '../../../engine/rule.js';
import { everyResource, reachOf, roleOf } from '../../../model/kubernetes/rbac.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'admin-equivalent-role',
    summary: 'A role allows everything, as if its holders were administrators.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.1.1', 'cis-kubernetes-1.12/5.1.3', 'nist-800-190/4.3.1', 'nsa-cisa/rbac'],
    peers: { trivy: ['KSV-0044', 'KSV-0046', 'KSV-0112'], kubescape: ['C-0035', 'C-0187'] },
  },
  check: {
    manifest(manifest, report) {
      const role = roleOf(manifest);
      if (role === undefined) return;
      const { kind, name, clusterWide, rules } = role;
      for (const rule of rules) {
        const token = everyResource(rule);
        const reach = token === undefined ? undefined : reachOf(rule);
        if (token === undefined || reach === undefined) continue;
        if (reach === 'change') {
          report({
            at: token,
            severity: clusterWide ? 'error' : 'warning',
            message: `${named(kind, name)} may change everything: its holders own the ${clusterWide ? 'cluster' : 'namespace'}.`,
          });
        } else {
          report({
            at: token,
            severity: clusterWide ? 'warning' : 'info',
            message: `${named(kind, name)} may read everything: also what Secrets hold.`,
          });
        }
      }
    },
  },
});
