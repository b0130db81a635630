import { defineRule } from '../../../engine/rule.js';
import { cleaningFix, keptCaches, yarnCache } from '../../../model/dockerfile/package-cache.js';
import { callOf } from '../../../model/dockerfile/package-manager.js';
import { quoted } from '../../../model/quoted.js';
import { berryIn, isClassic } from './berry.js';

export default defineRule({
  meta: {
    id: 'yarn-cache-kept',
    summary: 'What yarn has downloaded stays in a layer of the image.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3060'] },
  },
  check: {
    stage(stage, report) {
      if (!stage.inFinalChain) return;
      const isBerry = berryIn(stage);
      for (const instruction of stage.instructions) {
        const call = keptCaches(instruction, yarnCache).at(-1);
        if (call === undefined || isBerry(instruction)) continue;
        const fix = cleaningFix(instruction, call, 'yarn cache clean');
        report({
          at: call.actionWord.at,
          message: `${quoted(callOf(call))} leaves its cache in the layer: the image is larger for nothing.`,
          fix: isClassic(call) ? fix : { ...fix, safety: 'unsafe' },
        });
      }
    },
  },
});
