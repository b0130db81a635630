import { defineRule } from '../../../engine/rule.js';
import { ciliumRules, listSize } from '../../../model/kubernetes/cilium.js';

export default defineRule({
  meta: {
    id: 'cilium-icmp-with-ports',
    summary: 'One Cilium rule speaks of ICMP and of ports, which Cilium does not take.',
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
      for (const { fields } of ciliumRules(manifest)) {
        if (listSize(fields, 'icmps') !== 'some' || listSize(fields, 'toPorts') !== 'some') continue;
        report({
          at: fields.key(['icmps']),
          message: "'icmps' stands beside 'toPorts' in one rule: Cilium refuses the whole policy.",
          related: [{ at: fields.key(['toPorts']).at, message: 'The rule has ports already.' }],
        });
      }
    },
  },
});
