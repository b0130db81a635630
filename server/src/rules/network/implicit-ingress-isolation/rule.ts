import { defineRule } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import { defaultTypes } from '../../../model/kubernetes/network-policy.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'implicit-ingress-isolation',
    summary: 'A policy that only has egress rules also stops all traffic to its pods.',
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
      const types = defaultTypes(manifest);
      if (types?.impliesIngress !== true) return;
      report({
        at: types.written,
        message: `${named('NetworkPolicy', manifest.name)} is for Ingress too: it lets nobody reach its pods.`,
        fix: [
          {
            title: 'Write both policy types, as they are now',
            safety: types.isConditional ? 'unsafe' : 'safe',
            change: set(types.written.slot, types.effective),
          },
          { title: 'Limit egress only', safety: 'unsafe', change: set(types.written.slot, ['Egress']) },
        ],
      });
    },
  },
});
