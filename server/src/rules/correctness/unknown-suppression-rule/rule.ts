import { defineRule } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'unknown-suppression-rule',
    summary: 'An ignore comment names a rule that there is not.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile', 'compose', 'kubernetes', 'config'],
    standards: [],
    peers: {},
  },
  check: {
    suppression({ id, idAt, state, suggestion }, report) {
      if (state !== 'unknown-rule') return;
      const message = `${quoted(id)} is no rule: the comment hides nothing.`;
      if (suggestion === undefined) report({ at: idAt, message });
      else {
        const title = `Change to '${suggestion}'`;
        report({ at: idAt, message, fix: { title, safety: 'unsafe', change: replaceText(idAt, suggestion) } });
      }
    },
  },
});
