import { defineRule } from '../../../engine/rule.js';
import { ciliumRules, listSize } from '../../../model/kubernetes/cilium.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'cilium-requires-removed',
    summary: 'A Cilium policy has a list of requirements, which Cilium no longer knows.',
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
      for (const { section, fields } of ciliumRules(manifest)) {
        const name = section.direction === 'ingress' ? 'fromRequires' : 'toRequires';
        if (listSize(fields, name) !== 'some') continue;
        report({
          at: fields.key([name]),
          message: `${quoted(name)} is unknown to Cilium from 1.19 on: what it demands is no longer checked.`,
        });
      }
    },
  },
});
