import { defineRule } from '../../../engine/rule.js';
import { questionsIn } from '../../../model/dockerfile/assume-yes.js';
import { insertBehind } from '../../../model/dockerfile/insert-word.js';
import { callOf } from '../../../model/dockerfile/package-manager.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'dnf-without-assume-yes',
    summary: 'Nobody is there to answer what dnf asks before it goes on.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      hadolint: ['DL3038'],
      kics: ['dockerfile/missing_flag_from_dnf_install'],
      semgrep: ['missing-dnf-assume-yes-switch'],
    },
  },
  check: {
    stage(stage, report) {
      for (const { instruction, asked, isFatal } of questionsIn(stage, 'dnf')) {
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
