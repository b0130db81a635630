import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'privileged-lifecycle-hook',
    summary: 'A lifecycle hook of the service runs privileged, whatever its container may do.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['cis-docker-1.6/5.23', 'nist-800-190/4.4.3'],
    peers: { 'docker-bench': ['5.23'] },
  },
  check: {
    service({ name, container, hooks }, report) {
      if (container === undefined) return;
      for (const { key, fields } of hooks) {
        const privileged = fields.boolean('privileged');
        if (!is(privileged, true)) continue;
        // In a privileged container it gains nothing; `pre_start` runs in one of its own.
        if (key !== 'pre_start' && is(container.privileged, true)) continue;
        report({
          at: privileged,
          message: `${named('service', name)} has a privileged '${key}' hook: it can reach the host.`,
          fix: { title: 'Remove `privileged`', safety: 'unsafe', change: remove(privileged.slot, false) },
        });
      }
    },
  },
});
