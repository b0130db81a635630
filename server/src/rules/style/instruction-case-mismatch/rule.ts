import { defineRule } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'instruction-case-mismatch',
    summary: 'Instructions are written in more than one case.',
    severity: 'hint',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { buildkit: ['ConsistentInstructionCasing'] },
  },
  check: {
    dockerfile({ instructions }, report) {
      const lower = instructions.filter(({ written: { keyword } }) => /^[a-z]+$/.test(keyword)).length;
      const upper = instructions.filter(({ written: { keyword } }) => /^[A-Z]+$/.test(keyword)).length;
      for (const { written, keyword, keywordAt } of instructions) {
        const meant = lower > upper ? keyword.toLowerCase() : keyword;
        if (written.keyword === meant || !/^[a-z]+$/i.test(written.keyword)) continue;
        report({
          at: keywordAt,
          message: `${quoted(written.keyword)} is written in another case than most: it is easily overlooked.`,
          fix: { title: `Write \`${meant}\``, safety: 'safe', change: replaceText(keywordAt, meant) },
        });
      }
    },
  },
});
