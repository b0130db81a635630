import { defineRule } from '../../../engine/rule.js';
import { unpinnedPackages } from '../../../model/dockerfile/unpinned-package.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'unpinned-pip-package',
    summary: 'A package of Python is installed in whatever version is the newest.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3013'], kics: ['dockerfile/unpinned_package_version_in_pip_install'] },
  },
  check: {
    instruction(instruction, report) {
      for (const { name, word, isMinor } of unpinnedPackages(instruction, 'pip')) {
        report({
          at: word.at,
          message: `${named('package', name)} is not pinned: each build may install another version.`,
          ...(isMinor ? { severity: 'hint' } : {}),
        });
      }
    },
  },
});
