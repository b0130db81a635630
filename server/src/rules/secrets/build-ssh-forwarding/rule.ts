import { defineRule } from '../../../engine/rule.js';
import type { Assignment } from '../../../model/compose/fields.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'build-ssh-forwarding',
    summary: 'The build of an image may use SSH keys of the person who builds it.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['nist-800-190/4.1.4'],
    peers: {},
  },
  check: {
    service({ name, fields }, report) {
      const keys = fields.assignments('build', 'ssh');
      for (const key of keys.kind === 'known' ? keys.value : []) {
        const path = key.value.kind === 'known' ? key.value.value : '';
        const subject = named('service', name);
        // A socket is that of an agent. What is not a path outside is a file of the project.
        const isInProject = path !== '' && !/^(?:[/~]|\.\.\/|[A-Za-z]:)|\.sock$/.test(path);
        report({
          at: isInProject ? key.value : placeOf(key),
          message: isInProject
            ? `${subject} builds with a key of the project: every copy of it has it.`
            : `${subject} lends its build SSH keys: a step can log in with them.`,
          ...(isInProject ? { severity: 'warning' } : {}),
        });
      }
    },
  },
});

/** The name, with the hops that lead to it. */
function placeOf({ name, nameAt, value, slot }: Assignment) {
  const via = value.kind === 'absent' ? [] : value.via;
  return { kind: 'known', value: name, at: nameAt, via, slot } as const;
}
