import { defineRule } from '../../../engine/rule.js';
import { type ApiResource, grantsOf, roleOf } from '../../../model/kubernetes/rbac.js';
import { named } from '../../../model/quoted.js';

/** A request through the proxy names its node, so it is never a list or a watch. */
const verbs = ['get', 'create', 'update', 'patch', 'delete'];
const proxy: readonly ApiResource[] = [{ group: '', name: 'nodes/proxy', clusterScoped: true }];

export default defineRule({
  meta: {
    id: 'node-proxy-permission',
    summary: 'A role reaches the kubelet of a node directly, past admission and audit.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.1.10', 'nist-800-190/4.3.1', 'nsa-cisa/rbac'],
    peers: { checkov: ['CKV2_K8S_2'], trivy: ['KSV-0047'], kubescape: ['C-0279'] },
  },
  check: {
    manifest(manifest, report) {
      for (const { role, token } of grantsOf(roleOf(manifest), verbs, proxy)) {
        report({
          at: token,
          message: `${named(role.kind, role.name)} may use 'nodes/proxy': it can run code in any pod.`,
        });
      }
    },
  },
});
