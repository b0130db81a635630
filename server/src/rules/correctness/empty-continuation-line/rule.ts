import { defineRule } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';

export default defineRule({
  meta: {
    id: 'empty-continuation-line',
    summary: 'A blank line stands between the lines of an instruction.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { buildkit: ['NoEmptyContinuation'] },
  },
  check: {
    instruction(instruction, report) {
      const lines = instruction.blankLines;
      const [first] = lines;
      if (first === undefined) return;
      report({
        at: first.at,
        message: `A blank line is inside this ${instruction.keyword}: builders are going to refuse it.`,
        fix: {
          title: lines.length === 1 ? 'Remove the blank line' : `Remove the ${lines.length} blank lines`,
          safety: 'safe',
          change: lines.map(({ whole }) => replaceText(whole, '')),
        },
      });
    },
  },
});
