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
      // What `yarn install --offline` finds is what an earlier step has downloaded.
      const lastOffline = stage.instructions.findLastIndex((each) => each.mentions('offline'));
      for (const [index, instruction] of stage.instructions.entries()) {
        const call = keptCaches(instruction, yarnCache).at(-1);
        if (call === undefined || isBerry(instruction)) continue;
        const fix = cleaningFix(instruction, call, 'yarn cache clean');
        report({
          at: call.actionWord.at,
          message: `${quoted(callOf(call))} leaves its cache in the layer: the image is larger for nothing.`,
          fix: fix && { ...fix, safety: isClassic(call) && index >= lastOffline ? fix.safety : 'unsafe' },
        });
      }
    },
  },
});
