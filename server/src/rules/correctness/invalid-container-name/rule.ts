import { defineRule } from '../../../engine/rule.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'invalid-container-name',
    summary: 'The name of a container has signs in it that Docker does not allow.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: { dclint: ['service-container-name-regex'] },
  },
  check: {
    service({ fields }, report) {
      const name = fields.string('container_name');
      if (name.kind !== 'known' || name.value === '') return;
      // The engine writes a slash in front of each name, and takes one that is there already.
      const bare = name.value.replace(/^\//, '');
      const subject = named('container name', name.value);
      if (/^[\w.-]*$/.test(bare) && bare.length < 2) {
        report({ at: name, message: `${subject} is too short: Docker wants two characters.` });
      } else if (!/^[A-Za-z\d][\w.-]+$/.test(bare)) {
        const what = /^[_.-][\w.-]*$/.test(bare) ? 'begins with a sign' : 'has signs that it must not have';
        report({ at: name, message: `${subject} ${what}: Docker refuses it.` });
      }
    },
  },
});
