import { defineRule } from '../../../engine/rule.js';
import { unpinnedPackages } from '../../../model/dockerfile/unpinned-package.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'unpinned-yum-package',
    summary: 'A package is installed with yum in whatever version the repository has.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3033'], kics: ['dockerfile/yum_install_without_version'] },
  },
  check: {
    instruction(instruction, report) {
      for (const { name, word } of unpinnedPackages(instruction, 'yum')) {
        report({
          at: word.at,
          message: `${named('package', name)} is not pinned: each build may install another version.`,
        });
      }
    },
  },
});
