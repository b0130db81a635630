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
      const copied: { readonly source: CopiedSource; readonly names: readonly string[] }[] = [];
      const reported = new Set<CopiedSource>();
      for (const instruction of instructions) {
        const { keyword, flags } = instruction;
        // ADD takes nothing from another stage.
        if (keyword === 'COPY' && !flags.some(({ name }) => name === 'from')) {
          const target = instruction.arguments.at(-1);
          for (const source of sourcesOf(instruction)) {
            if (source.isHeredoc || !mayBeUnpacked(source.text)) continue;
            const names = [source.text, ...(target?.kind === 'known' ? [target.value] : [])].map(baseName);
            copied.push({ source, names });
          }
        }
        if (keyword !== 'RUN' || copied.length === 0 || !unpacks(instruction)) continue;
        for (const command of instruction.commands) {
          const name = unpackedName(command);
          const found = name === undefined ? undefined : copied.findLast(({ names }) => names.includes(name));
          if (found === undefined || reported.has(found.source)) continue;
          reported.add(found.source);
          report({
            at: found.source.field,
            message: `${quoted(baseName(found.source.text))} is unpacked later on: its layer keeps the archive, too.`,
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
