import { defineRule } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'from-as-case-mismatch',
    summary: 'FROM and AS are not written in the same case.',
    severity: 'hint',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { buildkit: ['FromAsCasing'] },
  },
  check: {
    instruction(instruction, report) {
      if (instruction.keyword !== 'FROM') return;
      const { written } = instruction;
      const [, as, name] = instruction.arguments;
      if (as?.kind !== 'known' || name === undefined || !/^as$/i.test(as.value)) return;
      const meant = written.keyword === 'from' ? 'as' : 'AS';
      if (as.value === meant) return;
      report({
        at: as,
        message: `${quoted(as.value)} is written in another case than FROM: keywords are then hard to tell from names.`,
        fix: { title: `Write \`${meant}\``, safety: 'safe', change: replaceText(as.at, meant) },
      });
    },
  },
});
