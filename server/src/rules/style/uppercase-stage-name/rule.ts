import { defineRule } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import type { Instruction, StageReference } from '../../../model/dockerfile/instruction.js';
import type { Stage } from '../../../model/dockerfile/stage.js';
import { quoted } from '../../../model/quoted.js';
import { once } from '../../../text/once.js';

export default defineRule({
  meta: {
    id: 'uppercase-stage-name',
    summary: 'The name of a stage has capital letters.',
    severity: 'hint',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { buildkit: ['StageNameCasing'] },
  },
  check: {
    dockerfile({ stages, instructions }, report) {
      const usesOf = once(() => usesByName(instructions));
      for (const stage of stages) {
        const { name, nameAt } = stage;
        if (name === undefined || name === name.toLowerCase()) continue;
        const uses = usesOf().get(stage) ?? [];
        // A variable that brings the name is not its text.
        const areNames = uses.every(({ at, text }) => at.span.end - at.span.start === text.length);
        const meant = name.toLowerCase();
        report({
          at: nameAt,
          message: `Stage ${quoted(name, 24)} has capital letters: names differ in their letters only by mistake.`,
          fix: areNames
            ? {
                title: `Rename it to \`${meant}\``,
                safety: 'unsafe',
                change: [nameAt, ...uses.filter(({ text }) => text !== meant).map(({ at }) => at)].map((at) =>
                  replaceText(at, meant),
                ),
              }
            : undefined,
        });
      }
    },
  },
});

/** Where stages are named, and not numbered. */
function usesByName(instructions: readonly Instruction[]): ReadonlyMap<Stage, readonly StageReference[]> {
  const uses = new Map<Stage, StageReference[]>();
  for (const use of instructions.flatMap(({ stageReferences }) => stageReferences)) {
    if (use.stage === undefined || use.isNumber) continue;
    const known = uses.get(use.stage);
    if (known === undefined) uses.set(use.stage, [use]);
    else known.push(use);
  }
  return uses;
}
