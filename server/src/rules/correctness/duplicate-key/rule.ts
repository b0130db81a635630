import { defineRule, reportedFix } from '../../../engine/rule.js';

export default defineRule({
  meta: {
    id: 'duplicate-key',
    summary: 'A map has the same key twice.',
    severity: { compose: 'error', kubernetes: 'warning' },
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards: [],
    peers: { dclint: ['invalid-yaml'] },
  },
  check: {
    file(file, report) {
      for (const { kind, at, message, fix } of file.problems) {
        if (kind === 'duplicate-key') report({ at, message, fix: reportedFix(fix) });
      }
    },
  },
});
