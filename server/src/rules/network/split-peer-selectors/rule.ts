import { defineRule } from '../../../engine/rule.js';
import { join } from '../../../model/change.js';
import {
  effectiveRules,
  type PolicyPeer,
  type PolicyRule,
  peerOf,
  selectsAll,
} from '../../../model/kubernetes/network-policy.js';

export default defineRule({
  meta: {
    id: 'split-peer-selectors',
    summary: 'A namespace and pods in it are named in two list items, which allows either.',
    severity: 'info',
    confidence: 'medium',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [],
    peers: {},
  },
  check: {
    manifest(manifest, report) {
      for (const rule of effectiveRules(manifest))
        for (const { namespaces, pods } of splitPeers(rule))
          report({
            at: pods.own.value.key(['podSelector']),
            message: "'podSelector' stands in an item of its own: all pods of those namespaces are allowed too.",
            related: [
              { at: namespaces.own.value.key(['namespaceSelector']).at, message: 'This is the item before it.' },
            ],
            fix: { title: 'Join both selectors in one item', safety: 'unsafe', change: join(pods.own.slot) },
          });
    },
  },
});

interface SplitPeer {
  readonly namespaces: PolicyPeer;
  readonly pods: PolicyPeer;
}

/** Pods of any name beside a namespace are meant as they stand: together they would say no more than the namespace. */
function splitPeers(rule: PolicyRule): readonly SplitPeer[] {
  if (rule.peers.kind !== 'known') return [];
  const peers = rule.peers.value.map((own) => (own.kind === 'known' ? peerOf(rule, own) : undefined));
  return peers.flatMap((pods, index) => {
    const namespaces = peers[index - 1];
    if (pods === undefined || namespaces === undefined) return [];
    const isSplit =
      pods.podSelector.kind === 'known' &&
      namespaces.namespaceSelector.kind === 'known' &&
      namespaces.podSelector.kind === 'absent' &&
      namespaces.ipBlock.kind === 'absent' &&
      pods.namespaceSelector.kind === 'absent' &&
      pods.ipBlock.kind === 'absent' &&
      !selectsAll(pods.podSelector);
    return isSplit ? [{ namespaces, pods }] : [];
  });
}
