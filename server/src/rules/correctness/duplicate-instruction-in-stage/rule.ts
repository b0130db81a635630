import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import type { Instruction } from '../../../model/dockerfile/instruction.js';

const countsOnce: ReadonlySet<string> = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK']);

export default defineRule({
  meta: {
    id: 'duplicate-instruction-in-stage',
    summary: 'A stage has several instructions of which only the last one counts.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      buildkit: ['MultipleInstructionsDisallowed'],
      hadolint: ['DL3012', 'DL4003', 'DL4004'],
      kics: ['dockerfile/multiple_cmd_instructions_listed', 'dockerfile/multiple_entrypoint_instructions_listed'],
      semgrep: ['multiple-cmd-instructions', 'multiple-entrypoint-instructions'],
      trivy: ['DS-0007', 'DS-0016', 'DS-0023'],
    },
  },
  check: {
    stage({ instructions }, report) {
      const last = new Map<string, Instruction>();
      for (const instruction of instructions.toReversed()) {
        const { keyword, keywordAt, onbuild, slot, swallowed } = instruction;
        // What stands between two marks of a template may be there without the rest.
        if (!/^[A-Z]+$/.test(keyword)) last.clear();
        // What follows is meant for another stage.
        if (swallowed.has('FROM')) last.clear();
        if (onbuild || !countsOnce.has(keyword)) continue;
        // One that is still being written takes nothing away.
        if (keyword === 'HEALTHCHECK' && instruction.arguments.length === 0) continue;
        const counting = last.get(keyword);
        if (counting === undefined) {
          last.set(keyword, instruction);
          continue;
        }
        report({
          at: keywordAt,
          message: `This ${keyword} has no effect: another one in the same stage takes its place.`,
          related: [{ at: counting.keywordAt, message: 'This is the one that counts.' }],
          fix: { title: `Remove this ${keyword}`, safety: 'safe', change: remove(slot) },
        });
      }
    },
  },
});
