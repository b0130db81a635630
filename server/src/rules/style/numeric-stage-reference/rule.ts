import type { ReportedFix } from '../../../engine/rule.js';
import { defineRule } from '../../../engine/rule.js';
import { emptyPlace, replaceText } from '../../../model/change.js';
import type { Stage } from '../../../model/dockerfile/stage.js';
import { quoted } from '../../../model/quoted.js';
import type { Place } from '../../../text/span.js';

export default defineRule({
  meta: {
    id: 'numeric-stage-reference',
    summary: 'A stage is meant by its number.',
    severity: 'hint',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { kics: ['dockerfile/using_unnamed_build_stages'] },
  },
  check: {
    dockerfile({ instructions, stages }, report) {
      const names = new Map<string | undefined, number>();
      for (const { name } of stages) names.set(name?.toLowerCase(), (names.get(name?.toLowerCase()) ?? 0) + 1);
      for (const { stageReferences } of instructions) {
        for (const { text, at, isNumber, stage } of stageReferences) {
          if (!isNumber || stage === undefined) continue;
          report({
            at,
            message: `Stage ${quoted(text, 23)} is meant by its number: one more stage above, and it is another one.`,
            fix: fixFor(at, stage, names),
          });
        }
      }
    },
  },
});

function fixFor(
  at: Place,
  { name, index, from }: Stage,
  names: ReadonlyMap<string | undefined, number>,
): ReportedFix | undefined {
  if (name !== undefined) {
    // A name that two stages have is that of the last one.
    const isItsOwn = names.get(name.toLowerCase()) === 1 && /^[a-z][\w.-]*$/i.test(name);
    return isItsOwn ? { title: `Write \`${name}\``, safety: 'safe', change: replaceText(at, name) } : undefined;
  }
  const made = `stage-${index}`;
  // Something else behind the image is no name, and an error.
  if (names.has(made) || from.arguments.length !== 1) return undefined;
  const as = from.written.keyword === 'from' ? 'as' : 'AS';
  const { rest } = from;
  return {
    title: `Name the stage \`${made}\``,
    safety: 'safe',
    change: [replaceText(emptyPlace(rest, rest.span.end), ` ${as} ${made}`), replaceText(at, made)],
  };
}
