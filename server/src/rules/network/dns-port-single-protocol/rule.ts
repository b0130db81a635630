import { defineRule } from '../../../engine/rule.js';
import { append } from '../../../model/change.js';
import {
  effectiveRules,
  isDnsPort,
  mayAllowDns,
  portsOf,
  protocolOf,
} from '../../../model/kubernetes/network-policy.js';
import { quoted } from '../../../model/quoted.js';

const lacks: ReadonlyMap<string | undefined, { readonly other: string; readonly harm: string }> = new Map([
  ['UDP', { other: 'TCP', harm: 'long answers need TCP, and get lost' }],
  ['TCP', { other: 'UDP', harm: 'most lookups use UDP, and fail' }],
]);

export default defineRule({
  meta: {
    id: 'dns-port-single-protocol',
    summary: 'A policy allows DNS over UDP or TCP, but not over both.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [],
    peers: {},
  },
  check: {
    manifest(manifest, report) {
      const rules = effectiveRules(manifest).filter(({ direction }) => direction === 'egress');
      // A rule may allow it to whatever peer.
      const closed = new Set(['TCP', 'UDP'].filter((protocol) => !rules.some((rule) => mayAllowDns(rule, protocol))));
      for (const rule of rules) {
        const port = portsOf(rule).find(isDnsPort);
        const protocol = port && protocolOf(port);
        const lack = lacks.get(protocol);
        if (port?.port.kind !== 'known' || lack === undefined || !closed.has(lack.other)) continue;
        report({
          at: port.port,
          message: `Port ${quoted(String(port.port.value))} is open over ${protocol} only: ${lack.harm}.`,
          fix: {
            title: `Allow DNS over ${lack.other} too`,
            safety: 'unsafe',
            change: append(rule.ports.slot, { protocol: lack.other, port: 53 }),
          },
        });
      }
    },
  },
});
