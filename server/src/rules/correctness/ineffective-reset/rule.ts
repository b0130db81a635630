import { defineRule } from '../../../engine/rule.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'ineffective-reset',
    summary: 'A tag that takes away or replaces what is below has nothing to act on.',
    severity: 'info',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
  },
  check: {
    composeProject({ idleTags }, report) {
      for (const { tag, at, inList } of idleTags) {
        report({
          at,
          message: inList
            ? `${quoted(tag)} does nothing at an item of a list: what is listed below stays.`
            : `${quoted(tag)} has nothing to act on: no file or service below says anything here.`,
        });
      }
    },
  },
});
