import { defineRule } from '../../../engine/rule.js';
import { questionsIn } from '../../../model/dockerfile/assume-yes.js';
import { insertBehind } from '../../../model/dockerfile/insert-word.js';
import { callOf } from '../../../model/dockerfile/package-manager.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'zypper-without-assume-yes',
    summary: 'Nobody is there to answer what zypper asks before it goes on.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      hadolint: ['DL3034'],
      kics: ['dockerfile/missing_zypper_non_interactive_switch'],
      semgrep: ['missing-zypper-no-confirm-switch'],
    },
  },
  check: {
    stage(stage, report) {
      for (const { instruction, asked, isFatal } of questionsIn(stage, 'zypper')) {
        const [name] = asked.command.words;
        const change = name === undefined ? undefined : insertBehind(instruction, name, '--non-interactive');
        report({
          at: asked.actionWord.at,
          message: `${quoted(callOf(asked))} waits for a yes: nobody can give it, so the build stops.`,
          fix:
            change === undefined
              ? undefined
              : { title: 'Add `--non-interactive`', safety: isFatal ? 'safe' : 'unsafe', change },
        });
      }
    },
  },
});
