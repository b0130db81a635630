import { defineRule } from '../../../engine/rule.js';
import { cleaningFix, keptCaches, yumCache } from '../../../model/dockerfile/package-cache.js';
import { callOf } from '../../../model/dockerfile/package-manager.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'yum-cache-kept',
    summary: 'What yum has downloaded stays in a layer of the image.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      hadolint: ['DL3032'],
      kics: ['dockerfile/yum_clean_all_missing'],
      semgrep: ['missing-yum-clean-all'],
      trivy: ['DS-0015'],
    },
  },
  check: {
    instruction(instruction, report) {
      const call = keptCaches(instruction, yumCache).at(-1);
      if (call === undefined) return;
      report({
        at: call.actionWord.at,
        message: `${quoted(callOf(call))} leaves its cache in the layer: the image is larger for nothing.`,
        fix: cleaningFix(instruction, call, 'yum clean all'),
      });
    },
  },
});
