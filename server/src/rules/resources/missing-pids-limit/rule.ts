import { defineRule } from '../../../engine/rule.js';
import { isUnlimited, limitOf, limitTo } from '../../../model/compose/limits.js';
import { named } from '../../../model/quoted.js';

const suggested = 200;

export default defineRule({
  meta: {
    id: 'missing-pids-limit',
    summary: 'Nothing limits how many processes the container starts.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['cis-docker-1.6/5.29', 'nist-800-190/4.4.3'],
    peers: { kics: ['compose/pids_limit_not_set'], 'docker-bench': ['5.29'] },
  },
  check: {
    service(service, report) {
      const { container, complete, name } = service;
      // Windows has no such limit.
      if (!complete || container === undefined || container.os === 'windows') return;
      const at = limitOf(service, 'pids');
      if (!isUnlimited(at)) return;
      const change = limitTo(service, 'pids', { short: suggested, deployed: suggested });
      report({
        at,
        ...(at.kind === 'known' ? { severity: 'warning' } : {}),
        message: `${named('service', name)} may start endless processes: its host runs out.`,
        fix: change && { title: `Limit processes to ${suggested}`, safety: 'unsafe', change },
      });
    },
  },
});
