import { defineRule } from '../../../engine/rule.js';
import { ciliumPeers, ciliumRules } from '../../../model/kubernetes/cilium.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'cilium-empty-peer-list',
    summary: 'A Cilium rule has an empty list of peers, so it is about nobody.',
    severity: 'warning',
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
        for (const { key, size } of ciliumPeers(rule)) {
          if (size !== 'empty') continue;
          const effect = rule.section.denies ? 'denies nobody' : 'allows nobody';
          report({
            at: rule.fields.items(key.value.name),
            message: `${quoted(key.value.name)} is an empty list, which is not the same as none: its rule ${effect}.`,
          });
        }
      }
    },
  },
});
