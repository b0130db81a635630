import { defineRule } from '../../../engine/rule.js';
import { unpinnedPackages } from '../../../model/dockerfile/unpinned-package.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'unpinned-apk-package',
    summary: 'A package of Alpine is installed in whatever version the mirror has.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3018'], kics: ['dockerfile/unpinned_package_version_in_apk_add'] },
  },
  check: {
    instruction(instruction, report) {
      for (const { name, word } of unpinnedPackages(instruction, 'apk')) {
        report({
          at: word.at,
          message: `${named('package', name)} is not pinned: each build may install another version.`,
        });
      }
    },
  },
});
