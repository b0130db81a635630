import { defineRule } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import { allowsAll, effectiveRules, everyoneAt } from '../../../model/kubernetes/network-policy.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'network-policy-allows-all',
    summary: 'A policy rule allows everyone on every port, so the policy limits nothing.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.3.3', 'nist-800-190/4.4.2', 'nsa-cisa/network-policies'],
    peers: { trivy: ['KSV-0038'] },
  },
  check: {
    manifest(manifest, report) {
      for (const rule of effectiveRules(manifest)) {
        if (!allowsAll(rule)) continue;
        const isIngress = rule.direction === 'ingress';
        report({
          at: everyoneAt(rule),
          severity: isIngress ? 'warning' : 'info',
          message: `${named('NetworkPolicy', manifest.name)} allows all peers and ports: ${isIngress ? 'it keeps nobody out' : 'its pods may call anyone'}.`,
          standards: [isIngress ? 'nist-800-190/4.3.3' : 'nist-800-190/4.4.2', 'nsa-cisa/network-policies'],
          fix: isIngress
            ? {
                title: 'Admit its own namespace only',
                safety: 'unsafe',
                change: set(rule.peers.slot, [{ podSelector: {} }]),
              }
            : undefined,
        });
      }
    },
  },
});
