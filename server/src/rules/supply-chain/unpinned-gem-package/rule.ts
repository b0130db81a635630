import { defineRule } from '../../../engine/rule.js';
import { unpinnedPackages } from '../../../model/dockerfile/unpinned-package.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'unpinned-gem-package',
    summary: 'A gem is installed in whatever version is the newest.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3028'], kics: ['dockerfile/gem_install_without_version'] },
  },
  check: {
    instruction(instruction, report) {
      for (const { name, word, isMinor } of unpinnedPackages(instruction, 'gem')) {
        report({
          at: word.at,
          message: `${named('gem', name)} is not pinned: each build may install another version.`,
          ...(isMinor ? { severity: 'hint' } : {}),
        });
      }
    },
  },
});
