import { defineRule } from '../../../engine/rule.js';
import { apkCache, keptCaches } from '../../../model/dockerfile/package-cache.js';
import { callOf } from '../../../model/dockerfile/package-manager.js';
import { quoted } from '../../../model/quoted.js';
import { lastReadOfIndex, withoutCache } from './without-cache.js';

export default defineRule({
  meta: {
    id: 'apk-cache-kept',
    summary: 'The package index of apk stays in a layer of the image.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      dockle: ['DKL-DI-0004'],
      hadolint: ['DL3019'],
      kics: ['dockerfile/apk_add_using_local_cache_path'],
      semgrep: ['missing-apk-no-cache'],
      trivy: ['DS-0025'],
    },
  },
  check: {
    dockerfile({ stages, comments }, report) {
      for (const { inFinalChain, instructions } of stages) {
        if (!inFinalChain) continue;
        const lastRead = lastReadOfIndex(instructions);
        for (const [place, instruction] of instructions.entries()) {
          const calls = keptCaches(instruction, apkCache);
          const fixes = calls.length === 0 ? [] : withoutCache(instruction, calls, comments, place <= lastRead);
          for (const [index, call] of calls.entries()) {
            report({
              at: call.actionWord.at,
              message: `${quoted(callOf(call))} leaves its index in the layer: the image is larger for nothing.`,
              fix: fixes[index],
            });
          }
        }
      }
    },
  },
});
