import { defineRule } from '../../../engine/rule.js';
import { unpinnedPackages } from '../../../model/dockerfile/unpinned-package.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'unpinned-dnf-package',
    summary: 'A package is installed with dnf in whatever version the repository has.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3041'], kics: ['dockerfile/missing_version_specification_in_dnf_install'] },
  },
  check: {
    instruction(instruction, report) {
      for (const { name, word } of unpinnedPackages(instruction, 'dnf')) {
        report({
          at: word.at,
          message: `${named('package', name)} is not pinned: each build may install another version.`,
        });
      }
    },
  },
});
