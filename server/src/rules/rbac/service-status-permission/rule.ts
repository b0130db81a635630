import { defineRule } from '../../../engine/rule.js';
import { type ApiResource, grantsOf, roleOf } from '../../../model/kubernetes/rbac.js';
import { named } from '../../../model/quoted.js';

const status: readonly ApiResource[] = [{ group: '', name: 'services/status' }];

export default defineRule({
  meta: {
    id: 'service-status-permission',
    summary: 'A role may change the status of Services, and so divert traffic.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.3.1', 'nist-800-190/4.3.3'],
    peers: { checkov: ['CKV2_K8S_4'] },
  },
  check: {
    manifest(manifest, report) {
      for (const { role, token, names } of grantsOf(roleOf(manifest), ['update', 'patch'], status)) {
        report({
          at: token,
          severity: names.restrict ? 'hint' : 'info',
          message: `${named(role.kind, role.name)} may set the addresses of Services: traffic follows.`,
        });
      }
    },
  },
});
