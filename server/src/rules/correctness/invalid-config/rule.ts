import { defineRule, reportedFix } from '../../../engine/rule.js';

export default defineRule({
  meta: {
    id: 'invalid-config',
    summary: 'Something in the configuration file is not understood and has no effect.',
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
