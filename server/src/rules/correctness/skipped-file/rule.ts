import { defineRule, reportedFix } from '../../../engine/rule.js';

export default defineRule({
  meta: {
    id: 'skipped-file',
    summary: 'Something in the file was not checked, because it goes beyond a limit.',
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
