import { defineRule, type Severity } from '../../../engine/rule.js';
import { modeChangesIn } from '../../../model/dockerfile/mode-changes.js';
import type { FileMode } from '../../../model/file-mode.js';
import { quoted } from '../../../model/quoted.js';

/** Room for the mode beside the words. */
const longestMode = 20;

export default defineRule({
  meta: {
    id: 'setuid-bit',
    summary: 'A program is made to run with the rights of its owner or group, whoever starts it.',
    severity: 'warning',
    confidence: 'medium',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: ['cis-docker-1.6/4.8', 'nist-800-190/4.1.2'],
    peers: { 'docker-bench': ['4.8'], dockle: ['CIS-DI-0008'] },
  },
  check: {
    instruction(instruction, report) {
      const isShipped = instruction.stage?.inFinalChain === true;
      for (const { mode, text, at, makesDirectory } of modeChangesIn(instruction)) {
        // Nothing runs with the rights of a directory.
        if (makesDirectory || (!mode.setuid && !mode.setgid)) continue;
        const what = mode.setuid ? 'lends the rights of the owner' : 'lends the rights of the group';
        report({
          at,
          message: `Mode ${quoted(text, longestMode)} ${what}: a flaw in that program gives them away.`,
          severity: severityOf(mode, isShipped),
        });
      }
    },
  },
});

/** Many a `g+s` is meant for a directory, which cannot be told from a file. */
function severityOf({ setuid }: FileMode, isShipped: boolean): Severity {
  if (!isShipped) return 'hint';
  return setuid ? 'warning' : 'info';
}
