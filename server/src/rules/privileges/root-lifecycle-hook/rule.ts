import { defineRule } from '../../../engine/rule.js';
import { named } from '../../../model/quoted.js';
import { containerUser, isRoot } from '../../../model/user.js';

export default defineRule({
  meta: {
    id: 'root-lifecycle-hook',
    summary: 'A hook runs as root in a service that does not.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['cis-docker-1.6/5.24'],
    peers: { 'docker-bench': ['5.24'] },
  },
  check: {
    service({ hooks, name, container }, report) {
      if (hooks.length === 0 || container?.user.kind !== 'known' || isRoot(container.user.value)) return;
      for (const { fields } of hooks) {
        const user = fields.string('user');
        if (user.kind !== 'known' || !isRoot(containerUser(user.value))) continue;
        report({
          at: user,
          message: `${named('service', name)} runs a hook as root: its own user should prevent it.`,
        });
      }
    },
  },
});
