import { defineRule } from '../../../engine/rule.js';
import { type ApiResource, type Grant, grantsOf, roleOf } from '../../../model/kubernetes/rbac.js';
import { named } from '../../../model/quoted.js';

const group = 'certificates.k8s.io';
const approval: readonly ApiResource[] = [{ group, name: 'certificatesigningrequests/approval', clusterScoped: true }];
const signers: readonly ApiResource[] = [{ group, name: 'signers', clusterScoped: true }];
/** The signers whose certificates the API server takes for a login. */
const loginSigners: ReadonlySet<string> = new Set([
  'kubernetes.io/*',
  'kubernetes.io/kube-apiserver-client',
  'kubernetes.io/kube-apiserver-client-kubelet',
]);

export default defineRule({
  meta: {
    id: 'csr-approval-permission',
    summary: 'A role may approve certificates that log in to the cluster.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.1.11', 'nist-800-190/4.3.1', 'nsa-cisa/rbac'],
    peers: { checkov: ['CKV_K8S_156'], kubescape: ['C-0280'] },
  },
  check: {
    manifest(manifest, report) {
      const role = roleOf(manifest);
      const approvals = grantsOf(role, ['update', 'patch'], approval);
      if (approvals.length === 0) return;
      const signing = grantsOf(role, ['approve'], signers);
      const [first] = signing;
      if (first === undefined) return;
      const strong = signing.find(signsLogins);
      const { token: signer } = strong ?? first;
      for (const { role, token, names } of approvals) {
        const narrow = strong === undefined || names.restrict;
        report({
          at: token,
          severity: narrow ? 'info' : 'warning',
          message: narrow
            ? `${named(role.kind, role.name)} may approve some certificates: nobody else looks.`
            : `${named(role.kind, role.name)} may approve certificates: it can log in as others.`,
          related: signer.at === token.at ? [] : [{ at: signer.at, message: 'These signers then sign.' }],
        });
      }
    },
  },
});

function signsLogins({ names }: Grant): boolean {
  return !names.restrict || names.known.some(({ value }) => loginSigners.has(value));
}
