import { defineRule } from '../../../engine/rule.js';
import { unpinnedPackages } from '../../../model/dockerfile/unpinned-package.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'unpinned-npm-package',
    summary: 'A package of JavaScript is installed in whatever version is the newest.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3016'], kics: ['dockerfile/npm_install_without_pinned_version'] },
  },
  check: {
    instruction(instruction, report) {
      for (const { name, word } of unpinnedPackages(instruction, 'npm', 'yarn', 'pnpm')) {
        report({
          at: word.at,
          message: `${named('package', name)} is not pinned: each build may install another version.`,
        });
      }
    },
  },
});
