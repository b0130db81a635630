import { defineRule, reportedFix } from '../../../engine/rule.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'unused-suppression',
    summary: 'An ignore comment silences nothing.',
    severity: 'hint',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile', 'compose', 'kubernetes', 'config'],
    standards: [],
    peers: {},
  },
  check: {
    suppression({ id, idAt, state, removal }, report) {
      if (state !== 'unused') return;
      const message = `${quoted(id)} finds nothing here: it would only hide what goes wrong later.`;
      report({ at: idAt, message, fix: reportedFix(removal) });
    },
  },
});
