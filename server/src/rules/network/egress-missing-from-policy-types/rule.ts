import { defineRule } from '../../../engine/rule.js';
import { append, remove, set } from '../../../model/change.js';
import { inertSection, isEmptyList } from '../../../model/kubernetes/network-policy.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'egress-missing-from-policy-types',
    summary: 'A policy has egress rules that it does not enforce, since its types leave Egress out.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.4.2'],
    peers: {},
  },
  check: {
    manifest(manifest, report) {
      const section = inertSection(manifest, 'egress');
      if (section === undefined) return;
      const { key, rules, types, isOpen } = section;
      const unnamed = isEmptyList(types);
      const fault = unnamed
        ? "has no policyTypes: empty 'egress' blocks nothing"
        : "ignores its 'egress': policyTypes has no Egress";
      report({
        at: key,
        severity: isOpen ? 'info' : 'warning',
        message: `${named('NetworkPolicy', manifest.name)} ${fault}.`,
        related: unnamed ? [] : [{ at: types.at, message: 'These are the directions that it enforces.' }],
        fix: [
          unnamed
            ? { title: 'Write both policy types', safety: 'unsafe', change: set(types.slot, ['Ingress', 'Egress']) }
            : { title: 'Enforce `egress` too', safety: 'unsafe', change: append(types.slot, 'Egress') },
          { title: 'Remove `egress`', safety: 'unsafe', change: remove(rules.slot, null) },
        ],
      });
    },
  },
});
