import { defineRule, reportedFix } from '../../../engine/rule.js';

export default defineRule({
  meta: {
    id: 'multiple-merge-keys',
    summary: 'A map has several merge keys, which Compose takes for the same key written twice.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
  },
  check: {
    file(file, report) {
      for (const { kind, at, message, fix } of file.problems) {
        if (kind === 'multiple-merge-keys') report({ at, message, fix: reportedFix(fix) });
      }
    },
  },
});
