import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import {
  dnsNamespace,
  effectiveRules,
  everyoneAt,
  isEmptyList,
  isForDnsOnly,
  isForEveryone,
  type PolicyRule,
} from '../../../model/kubernetes/network-policy.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'network-policy-any-peer',
    summary: 'A policy rule names ports, and allows them to everyone.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.3.3'],
    peers: { trivy: ['KSV-0038'] },
  },
  check: {
    manifest(manifest, report) {
      for (const rule of effectiveRules(manifest)) {
        if (rule.ports.kind !== 'known' || isEmptyList(rule.ports) || !isForEveryone(rule)) continue;
        const fault =
          rule.direction === 'ingress' ? 'no clients: anyone may reach them' : 'no servers: its pods may call anyone';
        report({
          at: everyoneAt(rule),
          message: `${named('NetworkPolicy', manifest.name)} names ports but ${fault}.`,
          fix: fixOf(rule),
        });
      }
    },
  },
});

/** Outgoing traffic that is kept in the namespace would no longer find names: only rules for DNS have a known target. */
function fixOf(rule: PolicyRule): ReportedFix | undefined {
  if (rule.direction === 'ingress') {
    const change = set(rule.peers.slot, [{ podSelector: {} }]);
    return { title: 'Admit its own namespace only', safety: 'unsafe', change };
  }
  if (!isForDnsOnly(rule)) return undefined;
  const change = set(rule.peers.slot, [{ namespaceSelector: dnsNamespace }]);
  return { title: 'Allow DNS to `kube-system` only', safety: 'unsafe', change };
}
