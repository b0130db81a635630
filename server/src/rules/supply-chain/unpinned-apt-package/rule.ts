import { defineRule } from '../../../engine/rule.js';
import { unpinnedPackages, usesSnapshot } from '../../../model/dockerfile/unpinned-package.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'unpinned-apt-package',
    summary: 'A package of Debian or Ubuntu is installed in whatever version the mirror has.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3008'], kics: ['dockerfile/apt_get_install_pin_version_not_defined'] },
  },
  check: {
    stage(stage, report) {
      const found = stage.instructions.flatMap((each) => unpinnedPackages(each, 'apt'));
      if (found.length === 0 || usesSnapshot(stage)) return;
      for (const { name, word } of found) {
        report({
          at: word.at,
          message: `${named('package', name)} is not pinned: each build may install another version.`,
        });
      }
    },
  },
});
