import { defineRule } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import { ciliumPortRules, ciliumRules } from '../../../model/kubernetes/cilium.js';
import { knownItems } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'cilium-port-not-string',
    summary: 'A port in a Cilium policy is a number, where Cilium takes text.',
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
        for (const portRule of ciliumPortRules(rule)) {
          for (const { value: one } of knownItems(portRule.items('ports'))) {
            const port = one.number('port');
            if (port.kind !== 'known') continue;
            report({
              at: port,
              message: `Port ${quoted(`${port.value}`)} is a number and not text: the cluster refuses the policy.`,
              fix: { title: 'Put it in quotes', safety: 'safe', change: set(port.slot, `${port.value}`) },
            });
          }
        }
      }
    },
  },
});
