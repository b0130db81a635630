import { defineRule } from '../../../engine/rule.js';
import { ciliumPeers, ciliumRules } from '../../../model/kubernetes/cilium.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'cilium-combined-peers',
    summary: 'One Cilium rule lists peers of several kinds, which Cilium does not take.',
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
      for (const rule of ciliumRules(manifest)) {
        const [first, ...others] = ciliumPeers(rule).filter(({ size }) => size === 'some');
        if (first === undefined) continue;
        for (const { key } of others) {
          const [one, other] = [quoted(key.value.name), quoted(first.key.value.name)];
          report({
            at: key,
            message: `${one} stands beside ${other} in one rule: Cilium refuses the whole policy.`,
            related: [{ at: first.key.at, message: 'The rule has these peers already.' }],
          });
        }
      }
    },
  },
});
