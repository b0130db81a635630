import { defineRule } from '../../../engine/rule.js';
import { joinNext } from '../../../model/change.js';
import { callOf, packageCommandsOf } from '../../../model/dockerfile/package-manager.js';
import { quoted } from '../../../model/quoted.js';
import { isFirstToUse, staleUpdates } from './stale-updates.js';

export default defineRule({
  meta: {
    id: 'package-update-alone',
    summary: 'A layer refreshes the package index and nothing else, so the build cache keeps it until it is old.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: ['cis-docker-1.6/4.7', 'nist-800-190/4.1.1'],
    peers: {
      checkov: ['CKV_DOCKER_5'],
      'docker-bench': ['4.7'],
      dockle: ['CIS-DI-0007'],
      kics: ['dockerfile/update_instruction_alone'],
      trivy: ['DS-0017'],
    },
  },
  check: {
    stage({ instructions }, report) {
      for (const [index, instruction] of instructions.entries()) {
        if (instruction.keyword !== 'RUN') continue;
        const next = instructions[index + 1];
        for (const update of staleUpdates(instruction)) {
          const isFollowed =
            next?.keyword === 'RUN' && !next.onbuild && isFirstToUse(packageCommandsOf(next.commands), update);
          report({
            at: update.actionWord.at,
            message: `${quoted(callOf(update))} has a layer of its own: later builds install from an old index.`,
            fix: isFollowed
              ? { title: 'Join with the next `RUN`', safety: 'unsafe', change: joinNext(instruction.slot) }
              : undefined,
          });
        }
      }
    },
  },
});
