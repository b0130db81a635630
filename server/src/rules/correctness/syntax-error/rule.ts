import { defineRule, reportedFix } from '../../../engine/rule.js';

export default defineRule({
  meta: {
    id: 'syntax-error',
    summary: 'A part of the file cannot be read as what it should be.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile', 'compose', 'kubernetes', 'config'],
    standards: [],
    peers: { dclint: ['invalid-yaml'], hadolint: ['DL1000'] },
  },
  check: {
    file(file, report) {
      for (const { kind, at, message, fix } of file.problems) {
        if (kind === 'syntax') report({ at, message, fix: reportedFix(fix) });
      }
    },
  },
});
