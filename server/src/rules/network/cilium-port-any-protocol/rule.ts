import { defineRule } from '../../../engine/rule.js';
import type { Fields } from '../../../model/fields.js';
import { ciliumPortRules, ciliumRules, listSize } from '../../../model/kubernetes/cilium.js';
import { knownItems } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';

/** Rules for these are about TCP alone. */
const tcpRules = ['http', 'kafka', 'l7'] as const;

export default defineRule({
  meta: {
    id: 'cilium-port-any-protocol',
    summary: 'A port in a Cilium policy has no protocol, which means every protocol and not TCP.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [],
    peers: {},
  },
  check: {
    manifest(manifest, report) {
      for (const rule of ciliumRules(manifest)) {
        if (rule.section.denies) continue;
        for (const portRule of ciliumPortRules(rule)) {
          const effect = wantsTcp(portRule) ? 'its rules need TCP' : 'UDP and SCTP are open with TCP';
          for (const { value: one } of knownItems(portRule.items('ports'))) {
            const port = one.scalar('port');
            if (port.kind !== 'known' || !/^\d+$/.test(port.value) || one.string('protocol').kind !== 'absent')
              continue;
            report({ at: port, message: `Port ${quoted(port.value)} has no protocol: ${effect}.` });
          }
        }
      }
    },
  },
});

function wantsTcp(portRule: Fields): boolean {
  return tcpRules.some((name) => listSize(portRule, 'rules', name) === 'some');
}
