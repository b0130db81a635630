import { defineRule, reportedFix } from '../../../engine/rule.js';

export default defineRule({
  meta: {
    id: 'invalid-interpolation',
    summary: 'A dollar sign and a brace begin what is no variable reference of Compose.',
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
        if (kind === 'invalid-interpolation') report({ at, message, fix: reportedFix(fix) });
      }
    },
  },
});
