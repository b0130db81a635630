import { defineRule } from '../../../engine/rule.js';
import type { Instruction } from '../../../model/dockerfile/instruction.js';
import { remembered } from '../../../model/parted.js';
import { quoted } from '../../../model/quoted.js';
import type { ShellCommand } from '../../../model/shell-command.js';

const downloads = remembered(({ commands }: Instruction) =>
  commands.some(({ name }) => name === 'curl' || name === 'wget'),
);

export default defineRule({
  meta: {
    id: 'wget-and-curl-both',
    summary: 'The steps of one stage download with wget and with curl.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      hadolint: ['DL4001'],
      kics: ['dockerfile/run_using_wget_and_curl'],
      trivy: ['DS-0014'],
      semgrep: ['use-either-wget-or-curl'],
    },
  },
  check: {
    stage({ instructions }, report) {
      let first: ShellCommand | undefined;
      for (const instruction of instructions) {
        if (instruction.keyword !== 'RUN' || !downloads(instruction)) continue;
        for (const command of instruction.commands) {
          if (command.name !== 'curl' && command.name !== 'wget') continue;
          first ??= command;
          if (command.name === first.name) continue;
          report({
            at: command.nameAt,
            message: `${quoted(command.name)} is used beside '${first.name}': the stage needs two tools where one will do.`,
            related: [{ at: first.nameAt, message: 'The other one is used here.' }],
          });
          return;
        }
      }
    },
  },
});
