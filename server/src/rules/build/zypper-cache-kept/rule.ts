import { defineRule } from '../../../engine/rule.js';
import { cleaningFix, keptCaches, zypperCache } from '../../../model/dockerfile/package-cache.js';
import { callOf } from '../../../model/dockerfile/package-manager.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'zypper-cache-kept',
    summary: 'What zypper has downloaded stays in a layer of the image.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      hadolint: ['DL3036'],
      kics: ['dockerfile/missing_zypper_clean'],
      semgrep: ['missing-zypper-clean'],
      trivy: ['DS-0020'],
    },
  },
  check: {
    instruction(instruction, report) {
      const call = keptCaches(instruction, zypperCache).at(-1);
      if (call === undefined) return;
      report({
        at: call.actionWord.at,
        message: `${quoted(callOf(call))} leaves its cache in the layer: the image is larger for nothing.`,
        fix: cleaningFix(instruction, call, 'zypper clean --all'),
      });
    },
  },
});
