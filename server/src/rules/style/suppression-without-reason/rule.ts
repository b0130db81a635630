import { defineRule } from '../../../engine/rule.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'suppression-without-reason',
    summary: 'An ignore comment does not say why.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile', 'compose', 'kubernetes'],
    standards: [],
    peers: {},
  },
  check: {
    suppression({ id, commentAt, reason }, report) {
      if (reason !== '') return;
      // All ids of a comment are one finding, since they share its place.
      report({
        at: commentAt,
        message: `${quoted(id)} is ignored without a reason: nobody can tell if it still holds.`,
      });
    },
  },
});
