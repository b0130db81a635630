import { defineRule, reportedFix } from '../../../engine/rule.js';

export default defineRule({
  meta: {
    id: 'skipped-file',
    summary: 'The file, or a part of it, was not checked because a stated limit was reached.',
    severity: 'info',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile', 'compose', 'kubernetes', 'config'],
    standards: [],
    peers: {},
  },
  check: {
    file(file, report) {
      for (const { kind, at, message, fix } of file.problems) {
        if (kind === 'limit') report({ at, message, fix: reportedFix(fix) });
      }
    },
  },
});
