import { defineRule } from '../../../engine/rule.js';
import { ciliumPortRules, ciliumRules, listSize } from '../../../model/kubernetes/cilium.js';

export default defineRule({
  meta: {
    id: 'cilium-dns-rule-on-ingress',
    summary: 'A Cilium rule for incoming traffic has DNS rules, which only outgoing traffic can have.',
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
        if (rule.section.name !== 'ingress') continue;
        for (const ports of ciliumPortRules(rule)) {
          if (listSize(ports, 'rules', 'dns') !== 'some') continue;
          report({
            at: ports.key(['rules', 'dns']),
            message: "'dns' stands in an ingress rule, where it has no meaning: Cilium refuses the whole policy.",
          });
        }
      }
    },
  },
});
