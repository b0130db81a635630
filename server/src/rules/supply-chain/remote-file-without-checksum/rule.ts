import { defineRule } from '../../../engine/rule.js';
import type { Instruction } from '../../../model/dockerfile/instruction.js';
import { innermost, isCheck } from '../../../model/download.js';
import { remembered } from '../../../model/parted.js';
import { quoted } from '../../../model/quoted.js';
import type { ShellCommand } from '../../../model/shell-command.js';
import { artefactsOf, isUnencrypted } from './artefact.js';

/** Steps with checks that are looked at behind a download. */
const farthest = 5;

export default defineRule({
  meta: {
    id: 'remote-file-without-checksum',
    summary: 'A build step downloads a file and takes it as it comes.',
    severity: 'info',
    confidence: 'medium',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: ['cis-docker-1.6/4.11'],
    peers: { 'docker-bench': ['4.11'] },
  },
  check: {
    stage({ instructions }, report) {
      /** From below: the nearest steps with checks behind the one that is looked at. */
      const later: Instruction[] = [];
      for (const run of instructions.toReversed()) {
        if (run.keyword !== 'RUN') continue;
        if (checksSomething(run)) {
          later.unshift(run);
          later.splice(farthest);
          continue;
        }
        if (!downloads(run)) continue;
        for (const { download, file } of artefactsOf(run.commands)) {
          if (file !== undefined && later.some(({ commands }) => speaksOf(commands, file))) continue;
          const { name = '', nameAt } = innermost(download);
          const isOpen = isUnencrypted(download);
          report({
            at: nameAt,
            message: isOpen
              ? `${quoted(name)} downloads without encryption or checksum: anybody on the way can change it.`
              : `${quoted(name)} downloads what nobody checks: it can be something else tomorrow.`,
            ...(isOpen ? { severity: 'warning' } : {}),
          });
        }
      }
    },
  },
});

const downloads = remembered(({ commands }: Instruction) => artefactsOf(commands).length > 0);

const checksSomething = remembered(({ commands }: Instruction) => commands.some(isCheck));

/** Whether a step that checks something names the file. */
function speaksOf(commands: readonly ShellCommand[], file: string): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return commands.some(({ words }) => words.some(({ text, raw }) => (text ?? raw).includes(name)));
}
