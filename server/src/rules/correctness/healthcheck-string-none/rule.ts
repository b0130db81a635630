import { defineRule } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import { is } from '../../../model/located.js';
import { named, quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'healthcheck-string-none',
    summary: 'A health check that is meant to be off is run as a command, and fails each time.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
  },
  check: {
    service({ name, fields }, report) {
      const test = fields.string('healthcheck', 'test');
      if (test.kind !== 'known' || test.value.trim().toUpperCase() !== 'NONE') return;
      // What is off in any case does not run it.
      const disable = fields.boolean('healthcheck', 'disable');
      if (disable.kind !== 'absent' && !is(disable, false)) return;
      report({
        at: test,
        message: `${named('service', name)} runs ${quoted(test.value, 8)} as its health check: it is never healthy.`,
        fix: { title: 'Turn the health check off', safety: 'unsafe', change: set(test.slot, ['NONE']) },
      });
    },
  },
});
