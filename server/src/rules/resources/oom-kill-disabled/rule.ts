import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { isUnlimited, limitOf } from '../../../model/compose/limits.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

/** The kernel adds it to the share of memory, in thousandths, that a process holds: from here on, half of it is forgiven. */
const spared = -500;

export default defineRule({
  meta: {
    id: 'oom-kill-disabled',
    summary: 'The kernel may not stop the container when memory runs out, and stops others instead.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['nist-800-190/4.4.3'],
    peers: {},
  },
  check: {
    service(service, report) {
      if (service.container === undefined) return;
      const { fields, name } = service;
      const disabled = fields.boolean('oom_kill_disable');
      const score = fields.number('oom_score_adj');
      const level = levelOf(service);
      if (is(disabled, true))
        report({
          at: disabled,
          ...level,
          message: `${named('service', name)} is never killed for its memory: its host can hang.`,
          fix: { title: 'Remove `oom_kill_disable`', safety: 'unsafe', change: remove(disabled.slot, false) },
        });
      if (score.kind === 'known' && score.value <= spared)
        report({
          at: score,
          ...level,
          message: `${named('service', name)} is spared when memory runs out: others are killed.`,
          fix: { title: 'Remove `oom_score_adj`', safety: 'unsafe', change: remove(score.slot, 0) },
        });
    },
  },
});

/** Without a limit it can take all the memory of its host before the kernel steps in. */
function levelOf(service: ComposeService): { readonly severity?: 'error' } {
  return service.complete && isUnlimited(limitOf(service, 'memory')) ? { severity: 'error' } : {};
}
