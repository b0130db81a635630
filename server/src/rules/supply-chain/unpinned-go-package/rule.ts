import { defineRule } from '../../../engine/rule.js';
import { goModuleIn, unpinnedPackages } from '../../../model/dockerfile/unpinned-package.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'unpinned-go-package',
    summary: 'A Go program is built from whatever version is the newest.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3062'] },
  },
  check: {
    stage(stage, report) {
      const hasGoModule = goModuleIn(stage);
      for (const instruction of stage.instructions) {
        for (const { name, word, isMinor } of unpinnedPackages(instruction, 'go')) {
          report({
            at: word.at,
            message: `${named('Go package', name)} is not pinned: each build may install another version.`,
            ...(isMinor && hasGoModule(instruction) ? { severity: 'hint' } : {}),
          });
        }
      }
    },
  },
});
