import { defineRule } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import { is } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'unquoted-user',
    summary: 'The user is written as a number, where Compose takes nothing but text.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
  },
  check: {
    service({ fields, hooks }, report) {
      for (const owner of [fields, ...hooks.map((hook) => hook.fields)]) {
        const type = owner.scalarType('user');
        const user = owner.string('user');
        if (!is(type, 'number') || user.kind !== 'known') continue;
        report({
          at: user,
          message: `User ${quoted(user.value)} is a number for YAML: Compose wants text and refuses the file.`,
          fix: /^\d+$/.test(user.value)
            ? { title: 'Quote it', safety: 'safe', change: set(user.slot, user.value) }
            : undefined,
        });
      }
    },
  },
});
