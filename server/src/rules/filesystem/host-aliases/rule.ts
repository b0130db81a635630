import { defineRule } from '../../../engine/rule.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'host-aliases',
    summary: 'The pod adds names to its own hosts file.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [],
    peers: { trivy: ['KSV-0007'] },
  },
  check: {
    pod({ workload, spec }, report) {
      const aliases = spec.list('hostAliases');
      const first = aliases.kind === 'known' ? aliases.value[0] : undefined;
      if (first === undefined) return;
      report({
        at: first.scalar('ip'),
        message: `${named(workload.kind, workload.name)} has host names of its own: DNS has no say in them.`,
      });
    },
  },
});
