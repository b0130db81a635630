import { defineRule } from '../../../engine/rule.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'expired-suppression',
    summary: 'The last day of an ignore comment is over.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile', 'compose', 'kubernetes'],
    standards: [],
    peers: {},
  },
  check: {
    suppression({ until, state }, report) {
      if (until === undefined) return;
      // All ids of a comment are one finding, since they share its last day.
      if (until.day === undefined) {
        const what = until.text === '' ? "'until:' has no day" : `${quoted(until.text, 20)} is no day`;
        report({ at: until.at, message: `${what} such as '2026-12-31': the comment hides nothing.` });
      } else if (state === 'ended') {
        report({ at: until.at, message: `'${until.day}' is over: what the comment hid is shown again.` });
      }
    },
  },
});
