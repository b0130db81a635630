import { defineRule } from '../../../engine/rule.js';
import { type ApiResource, grantsOf, roleOf } from '../../../model/kubernetes/rbac.js';
import { named } from '../../../model/quoted.js';

const tokens: readonly ApiResource[] = [{ group: '', name: 'serviceaccounts/token' }];

export default defineRule({
  meta: {
    id: 'service-account-token-permission',
    summary: 'A role may make tokens of service accounts.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.1.13', 'nist-800-190/4.3.1', 'nsa-cisa/rbac'],
    peers: { kubescape: ['C-0282'] },
  },
  check: {
    manifest(manifest, report) {
      for (const { role, token, names } of grantsOf(roleOf(manifest), ['create'], tokens)) {
        report({
          at: token,
          severity: names.restrict ? 'info' : 'warning',
          message: `${named(role.kind, role.name)} may make tokens: it can act as ${names.restrict ? 'some accounts' : 'any account'}.`,
        });
      }
    },
  },
});
