import { defineRule } from '../../../engine/rule.js';
import { quoted } from '../../../model/quoted.js';
import { passwordsSet } from './account-password.js';

export default defineRule({
  meta: {
    id: 'password-set-in-command',
    summary: 'A build step gives an account of the image a password that is fixed, or none at all.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    marksSecrets: true,
    formats: ['dockerfile'],
    standards: ['cis-docker-1.6/4.10', 'nist-800-190/4.1.4'],
    peers: {
      checkov: ['CKV2_DOCKER_17'],
      dockle: ['DKL-LI-0001'],
      kics: ['dockerfile/common/passwords_and_secrets'],
    },
  },
  check: {
    instruction(instruction, report) {
      if (instruction.keyword !== 'RUN') return;
      // Nobody logs in to a stage that is not shipped.
      const severity = instruction.stage?.inFinalChain === true ? 'warning' : 'info';
      for (const command of instruction.commands) {
        const name = quoted(command.name ?? '');
        for (const { kind, at } of passwordsSet(command)) {
          const message =
            kind === 'fixed'
              ? `${name} sets a password that is in the file: it opens every container of this image.`
              : `${name} leaves an account without a password: everybody can become this user.`;
          report({ at, message, severity });
        }
      }
    },
  },
});
