import { defineRule } from '../../../engine/rule.js';
import { headOf, type PolicyPeer, peersOf, writtenRules } from '../../../model/kubernetes/network-policy.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'invalid-network-policy-peer',
    summary: 'A policy allows a peer that is nobody, or that is pods and addresses at once.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [],
    peers: {},
  },
  check: {
    manifest(manifest, report) {
      const subject = named('NetworkPolicy', manifest.name);
      for (const peer of writtenRules(manifest).flatMap(peersOf)) {
        const { podSelector, namespaceSelector, ipBlock } = peer;
        if (isNobody(peer)) {
          report({ at: headOf(peer.own), message: `${subject} has a peer that names nobody: the API refuses it.` });
          continue;
        }
        const selector = [podSelector, namespaceSelector].find(({ kind }) => kind === 'known');
        if (ipBlock.kind !== 'known' || selector === undefined) continue;
        report({
          at: peer.own.value.key(['ipBlock']),
          message: `${subject} mixes 'ipBlock' with a selector: the API refuses it.`,
          related: [{ at: selector.at, message: 'This is the selector beside it.' }],
        });
      }
    },
  },
});

function isNobody({ podSelector, namespaceSelector, ipBlock }: PolicyPeer): boolean {
  return [podSelector, namespaceSelector, ipBlock].every(({ kind }) => kind === 'absent');
}
