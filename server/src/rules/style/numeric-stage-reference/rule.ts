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
      const names = new Set(stages.map(({ name }) => name?.toLowerCase()));
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
  names: ReadonlySet<string | undefined>,
): ReportedFix | undefined {
  // A name that is a number is refused, and no better.
  if (name !== undefined && /^\d/.test(name)) return undefined;
  if (name !== undefined) return { title: `Write \`${name}\``, safety: 'safe', change: replaceText(at, name) };
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
