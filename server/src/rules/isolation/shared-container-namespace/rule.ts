import { defineRule } from '../../../engine/rule.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'shared-container-namespace',
    summary: 'The containers of a pod share their processes and can reach into each other.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.4.3'],
    peers: {},
  },
  check: {
    pod({ workload, spec }, report) {
      const shared = spec.boolean('shareProcessNamespace');
      if (!is(shared, true)) return;
      // An init container is gone before others start; a sidecar stays.
      if (workload.containers.filter(({ role }) => role !== 'init').length < 2) return;
      report({
        at: shared,
        message: `${named(workload.kind, workload.name)} shares processes: its containers reach one another.`,
      });
    },
  },
});
