import { defineRule, type Severity } from '../../../engine/rule.js';
import { ciliumRules } from '../../../model/kubernetes/cilium.js';
import { knownItems } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';

interface Breadth {
  readonly severity: Severity;
  readonly who: string;
}

const world: Breadth = { severity: 'warning', who: 'anybody outside the cluster' };
const breadths: ReadonlyMap<string, Breadth> = new Map([
  ['all', { severity: 'warning', who: 'anybody inside and outside the cluster' }],
  ['world', world],
  ['world-ipv4', world],
  ['world-ipv6', world],
  ['cluster', { severity: 'info', who: 'every pod and node of the cluster' }],
]);

export default defineRule({
  meta: {
    id: 'cilium-broad-entity',
    summary: 'A Cilium rule lets in everybody of a kind, such as the whole outside world.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.3.3'],
    peers: {},
  },
  check: {
    manifest(manifest, report) {
      for (const { section, fields } of ciliumRules(manifest)) {
        if (section.name !== 'ingress') continue;
        for (const entity of knownItems(fields.strings('fromEntities'))) {
          const breadth = breadths.get(entity.value);
          if (breadth === undefined) continue;
          report({
            at: entity,
            severity: breadth.severity,
            message: `Entity ${quoted(entity.value)} is let in: ${breadth.who} may connect to the pods.`,
          });
        }
      }
    },
  },
});
