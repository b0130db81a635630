import { defineRule } from '../../../engine/rule.js';
import { type ApiResource, grantsOf, roleOf } from '../../../model/kubernetes/rbac.js';
import { named } from '../../../model/quoted.js';

const verbs = ['create', 'update', 'patch', 'delete', 'deletecollection'];
const admission: readonly ApiResource[] = [
  'mutatingwebhookconfigurations',
  'validatingwebhookconfigurations',
  'mutatingadmissionpolicies',
  'mutatingadmissionpolicybindings',
  'validatingadmissionpolicies',
  'validatingadmissionpolicybindings',
].map((name) => ({ group: 'admissionregistration.k8s.io', name, clusterScoped: true }));

export default defineRule({
  meta: {
    id: 'webhook-config-permission',
    summary: 'A role may change what is asked before objects are stored.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.1.12', 'nist-800-190/4.3.1', 'nsa-cisa/rbac'],
    peers: { checkov: ['CKV_K8S_155'], trivy: ['KSV-0114'], kubescape: ['C-0281'] },
  },
  check: {
    manifest(manifest, report) {
      for (const { role, token, names, resource } of grantsOf(roleOf(manifest), verbs, admission)) {
        const what = resource.name.startsWith('mutating') ? 'alter any object' : 'block any object';
        report({
          at: token,
          severity: names.restrict ? 'info' : 'warning',
          message: `${named(role.kind, role.name)} may change admission: it can ${what}.`,
        });
      }
    },
  },
});
