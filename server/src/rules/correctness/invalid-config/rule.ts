import { defineRule, reportedFix } from '../../../engine/rule.js';

export default defineRule({
  meta: {
    id: 'invalid-config',
    summary: 'The configuration file has a key, rule id or value that is not understood.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['config'],
    standards: [],
    peers: {},
  },
  check: {
    file(file, report) {
      for (const { kind, at, message, fix } of file.problems) {
        if (kind === 'config') report({ at, message, fix: reportedFix(fix) });
      }
    },
  },
});
