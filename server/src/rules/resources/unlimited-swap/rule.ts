import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'unlimited-swap',
    summary: 'The container may fill the swap space of its host.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
  },
  check: {
    service({ fields, name, container }, report) {
      if (container === undefined) return;
      const limit = fields.scalar('memswap_limit');
      if (!is(limit, '-1')) return;
      report({
        at: limit,
        message: `${named('service', name)} may use all swap: a leak slows down its whole host.`,
        fix: { title: 'Remove `memswap_limit`', safety: 'unsafe', change: remove(limit.slot, 0) },
      });
    },
  },
});
