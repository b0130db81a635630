import { defineRule } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import { defaultTypes } from '../../../model/kubernetes/network-policy.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'missing-policy-types',
    summary: 'A policy does not say which directions it is for.',
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
      const types = defaultTypes(manifest);
      if (types?.impliesIngress !== false) return;
      report({
        at: types.written,
        message: `${named('NetworkPolicy', manifest.name)} has no policyTypes: readers must know the default.`,
        fix: {
          title: 'Write the policy types that hold now',
          safety: types.isConditional ? 'unsafe' : 'safe',
          change: set(types.written.slot, types.effective),
        },
      });
    },
  },
});
