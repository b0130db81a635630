import { defineRule } from '../../../engine/rule.js';
import { joinNext } from '../../../model/change.js';
import type { Instruction } from '../../../model/dockerfile/instruction.js';
import { remembered } from '../../../model/parted.js';

/** Longer steps are cached better alone. */
const maxCommands = 2;

export default defineRule({
  meta: {
    id: 'consecutive-run',
    summary: 'Steps that stand next to each other could share a layer.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3059'], kics: ['dockerfile/multiple_run_add_copy_instructions_listed'] },
  },
  check: {
    stage({ instructions, inFinalChain }, report) {
      if (!inFinalChain) return;
      instructions.forEach((run, index) => {
        const before = instructions[index - 1];
        if (before === undefined || !isShort(run) || !isShort(before) || flagsOf(run) !== flagsOf(before)) return;
        report({
          at: run.keywordAt,
          message: "'RUN' follows another short one: together they would be one layer.",
          related: [{ at: before.keywordAt, message: 'This is the one in front of it.' }],
          fix: { title: 'Join it with the one in front', safety: 'unsafe', change: joinNext(before.slot) },
        });
      });
    },
  },
});

const isShort = remembered(({ keyword, onbuild, form, heredocs, commands }: Instruction): boolean => {
  if (keyword !== 'RUN' || onbuild || form === 'json' || heredocs.length > 0) return false;
  return commands.length > 0 && commands.length <= maxCommands;
});

function flagsOf({ flags }: Instruction): string {
  return flags.map(({ name, value }) => `${name}=${value.kind === 'known' ? value.value : value.kind}`).join(' ');
}
