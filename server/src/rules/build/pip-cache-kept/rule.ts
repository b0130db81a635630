import { defineRule } from '../../../engine/rule.js';
import { settingIn } from '../../../model/dockerfile/configured-before.js';
import { insertBehind } from '../../../model/dockerfile/insert-word.js';
import { keptCaches, pipCache, pipWithoutCache } from '../../../model/dockerfile/package-cache.js';
import { callOf, optionOf } from '../../../model/dockerfile/package-manager.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'pip-cache-kept',
    summary: 'What pip has downloaded stays in a layer of the image.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      hadolint: ['DL3042'],
      kics: ['dockerfile/pip_install_keeping_cached_packages'],
      semgrep: ['missing-pip-no-cache-dir'],
    },
  },
  check: {
    stage(stage, report) {
      if (!stage.inFinalChain) return;
      const isSet = settingIn(stage, pipWithoutCache);
      for (const instruction of stage.instructions) {
        const calls = keptCaches(instruction, pipCache);
        if (calls.length === 0 || isSet(instruction)) continue;
        for (const call of calls) {
          // Of two that say where the cache is, the last one counts.
          const isElsewhere = optionOf(call, '--cache-dir') !== undefined;
          const change = isElsewhere ? undefined : insertBehind(instruction, call.actionWord, '--no-cache-dir');
          report({
            at: call.actionWord.at,
            message: `${quoted(callOf(call))} keeps what it downloads: the image is larger for nothing.`,
            fix: change === undefined ? undefined : { title: 'Add `--no-cache-dir`', safety: 'safe', change },
          });
        }
      }
    },
  },
});
