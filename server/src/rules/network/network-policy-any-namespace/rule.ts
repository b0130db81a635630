import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import {
  dnsNamespace,
  effectiveRules,
  headOf,
  isForDnsOnly,
  type PolicyPeer,
  peersOf,
  selectsAll,
} from '../../../model/kubernetes/network-policy.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'network-policy-any-namespace',
    summary: 'A policy rule allows the pods of every namespace.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.3.3'],
    peers: {},
  },
  check: {
    manifest(manifest, report) {
      for (const peer of effectiveRules(manifest).flatMap(peersOf)) {
        const { namespaceSelector, podSelector } = peer;
        if (!selectsAll(namespaceSelector) || (podSelector.kind !== 'absent' && !selectsAll(podSelector))) continue;
        const isIngress = peer.rule.direction === 'ingress';
        report({
          at: headOf(namespaceSelector),
          severity: isIngress ? 'warning' : 'info',
          message: `${named('NetworkPolicy', manifest.name)} opens to all namespaces: ${isIngress ? 'any pod may connect' : 'its pods may call any pod'}.`,
          fix: fixOf(peer),
        });
      }
    },
  },
});

/** Outgoing traffic that is kept in the namespace would no longer find names: only rules for DNS have a known target. */
function fixOf({ own, rule, namespaceSelector }: PolicyPeer): ReportedFix | undefined {
  if (rule.direction === 'ingress')
    return { title: 'Admit its own namespace only', safety: 'unsafe', change: set(own.slot, { podSelector: {} }) };
  if (!isForDnsOnly(rule)) return undefined;
  return {
    title: 'Allow DNS to `kube-system` only',
    safety: 'unsafe',
    change: set(namespaceSelector.slot, dnsNamespace),
  };
}
