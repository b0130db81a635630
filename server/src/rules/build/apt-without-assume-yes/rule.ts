import { defineRule } from '../../../engine/rule.js';
import { questionsIn } from '../../../model/dockerfile/assume-yes.js';
import { insertBehind } from '../../../model/dockerfile/insert-word.js';
import { callOf } from '../../../model/dockerfile/package-manager.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'apt-without-assume-yes',
    summary: 'Nobody is there to answer what apt asks before it goes on.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      hadolint: ['DL3014'],
      kics: ['dockerfile/apt_get_missing_flags_to_avoid_manual_input'],
      semgrep: ['missing-assume-yes-switch'],
      trivy: ['DS-0021'],
    },
  },
  check: {
    stage(stage, report) {
      for (const { instruction, asked, isFatal } of questionsIn(stage, 'apt')) {
        const change = insertBehind(instruction, asked.actionWord, '-y');
        report({
          at: asked.actionWord.at,
          message: `${quoted(callOf(asked))} waits for a yes: nobody can give it, so the build stops.`,
          fix: change === undefined ? undefined : { title: 'Add `-y`', safety: isFatal ? 'safe' : 'unsafe', change },
        });
      }
    },
  },
});
