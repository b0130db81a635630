import { defineRule } from '../../../engine/rule.js';
import { cleaningFix, dnfCache, keptCaches } from '../../../model/dockerfile/package-cache.js';
import { callOf } from '../../../model/dockerfile/package-manager.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'dnf-cache-kept',
    summary: 'What dnf has downloaded stays in a layer of the image.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      hadolint: ['DL3040'],
      kics: ['dockerfile/missing_dnf_clean_all'],
      semgrep: ['missing-dnf-clean-all'],
      trivy: ['DS-0019', 'DS-0027'],
    },
  },
  check: {
    instruction(instruction, report) {
      const kept = keptCaches(instruction, dnfCache);
      const call = kept.at(-1);
      if (call === undefined) return;
      report({
        at: call.actionWord.at,
        message: `${quoted(callOf(call))} leaves its cache in the layer: the image is larger for nothing.`,
        // Each program cleans up behind itself only.
        fix: kept.every(({ program }) => program === call.program)
          ? cleaningFix(instruction, call, `${call.program} clean all`)
          : undefined,
      });
    },
  },
});
