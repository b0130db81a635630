import { defineRule } from '../../../engine/rule.js';

const refused: ReadonlySet<string> = new Set(['FROM', 'MAINTAINER', 'ONBUILD']);

export default defineRule({
  meta: {
    id: 'invalid-onbuild-trigger',
    summary: 'ONBUILD holds an instruction that it may not hold.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3043'] },
  },
  check: {
    instruction({ keyword, keywordAt, onbuild }, report) {
      if (!onbuild || !refused.has(keyword)) return;
      report({ at: keywordAt, message: `ONBUILD may not hold ${keyword}: the build is refused.` });
    },
  },
});
