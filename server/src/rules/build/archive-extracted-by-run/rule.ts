import { defineRule } from '../../../engine/rule.js';
import { type CopiedSource, mayBeUnpacked, sourcesOf } from '../../../model/dockerfile/copied-source.js';
import type { Instruction } from '../../../model/dockerfile/instruction.js';
import { remembered } from '../../../model/parted.js';
import { quoted } from '../../../model/quoted.js';
import type { ShellCommand } from '../../../model/shell-command.js';
import { archiveUnpackedBy } from './unpacked.js';

export default defineRule({
  meta: {
    id: 'archive-extracted-by-run',
    summary: 'An archive is copied in and unpacked by a later step: the image keeps both.',
    severity: 'hint',
    confidence: 'medium',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3010'] },
  },
  check: {
    stage({ instructions }, report) {
      /** By the names that they have behind the copy: the last one. */
      const copied = new Map<string, CopiedSource>();
      const reported = new Set<CopiedSource>();
      for (const instruction of instructions) {
        const { keyword, flags } = instruction;
        // ADD takes nothing from another stage.
        if (keyword === 'COPY' && !flags.some(({ name }) => name === 'from')) {
          const target = instruction.arguments.at(-1);
          for (const source of sourcesOf(instruction)) {
            if (source.isHeredoc || !mayBeUnpacked(source.text)) continue;
            copied.set(baseName(source.text), source);
            if (target?.kind === 'known') copied.set(baseName(target.value), source);
          }
        }
        if (keyword !== 'RUN' || copied.size === 0 || !unpacks(instruction)) continue;
        for (const command of instruction.commands) {
          const name = unpackedName(command);
          const found = name === undefined ? undefined : copied.get(name);
          if (found === undefined || reported.has(found)) continue;
          reported.add(found);
          report({
            at: found.field,
            message: `${quoted(baseName(found.text))} is unpacked later on: its layer keeps the archive, too.`,
            related: [{ at: command.at, message: 'It is unpacked here.' }],
          });
        }
      }
    },
  },
});

const unpacks = remembered(({ commands }: Instruction) => commands.some((each) => unpackedName(each) !== undefined));

function unpackedName(command: ShellCommand): string | undefined {
  const archive = archiveUnpackedBy(command);
  return archive === undefined ? undefined : baseName(archive);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
