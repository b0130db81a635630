import { defineRule } from '../../../engine/rule.js';
import { append, remove } from '../../../model/change.js';
import { inertSection } from '../../../model/kubernetes/network-policy.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'ingress-missing-from-policy-types',
    summary: 'A policy has ingress rules that it does not enforce, since its types leave Ingress out.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.3.3'],
    peers: {},
  },
  check: {
    manifest(manifest, report) {
      const section = inertSection(manifest, 'ingress');
      if (section === undefined) return;
      const { key, rules, types, isOpen } = section;
      report({
        at: key,
        severity: isOpen ? 'info' : 'warning',
        message: `${named('NetworkPolicy', manifest.name)} ignores its 'ingress': policyTypes has no Ingress.`,
        related: [{ at: types.at, message: 'These are the directions that it enforces.' }],
        fix: [
          { title: 'Enforce `ingress` too', safety: 'unsafe', change: append(types.slot, 'Ingress') },
          { title: 'Remove `ingress`', safety: 'unsafe', change: remove(rules.slot, null) },
        ],
      });
    },
  },
});
