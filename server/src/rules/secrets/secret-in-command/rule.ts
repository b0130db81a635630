import { defineRule } from '../../../engine/rule.js';
import { quoted } from '../../../model/quoted.js';
import { isStandIn, secretsIn, secretsInStep } from './inline-secrets.js';

/** What has commands. */
const running: ReadonlySet<string> = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'RUN']);

export default defineRule({
  meta: {
    id: 'secret-in-command',
    summary: 'A password or token is written into a command line.',
    severity: 'warning',
    confidence: 'medium',
    profile: 'recommended',
    since: '0.1.0',
    marksSecrets: true,
    formats: ['dockerfile', 'compose', 'kubernetes'],
    standards: ['cis-docker-1.6/4.10', 'nist-800-190/4.1.4'],
    peers: {
      'docker-bench': ['4.10'],
      kics: [
        'kubernetes/common/passwords_and_secrets',
        'compose/common/passwords_and_secrets',
        'dockerfile/common/passwords_and_secrets',
      ],
      trivy: ['DS-0031'],
    },
  },
  check: {
    command(command, report) {
      if (command.format === 'dockerfile') return;
      for (const { sign, at } of secretsIn(command)) {
        report({ at, message: `${quoted(sign)} carries a secret: the file and every list of processes show it.` });
      }
    },
    instruction(instruction, report) {
      if (!running.has(instruction.keyword)) return;
      const isShipped = instruction.stage?.inFinalChain === true;
      for (const command of instruction.commands) {
        for (const secret of secretsInStep(command)) {
          if (instruction.keyword === 'RUN' && isStandIn(secret)) continue;
          const { sign, at, isDefault } = secret;
          report({
            at,
            message: `${quoted(sign)} carries a secret: the file and the history of the image show it.`,
            severity: isShipped && !isDefault ? 'warning' : 'info',
          });
        }
      }
    },
  },
});
