import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { emptyPlace, replaceText, set } from '../../../model/change.js';
import type { Instruction } from '../../../model/dockerfile/instruction.js';
import { standsAsItIs } from '../../../model/dockerfile/written-word.js';
import type { Known } from '../../../model/located.js';
import { named, quoted } from '../../../model/quoted.js';
import { overlaps } from '../../../text/span.js';

export default defineRule({
  meta: {
    id: 'copy-multiple-sources-without-slash',
    summary: 'Several sources are copied to a target that is not written as a folder.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      hadolint: ['DL3021'],
      kics: ['dockerfile/copy_with_more_than_two_arguments_not_ending_with_slash'],
      trivy: ['DS-0011'],
    },
  },
  check: {
    instruction(instruction, report) {
      const { keyword, stage } = instruction;
      if (keyword !== 'COPY' && keyword !== 'ADD') return;
      const words = instruction.arguments;
      const target = words.at(-1);
      if (words.length < 3 || target?.kind !== 'known' || isFolder(target.value, stage?.os === 'windows')) return;
      const uses = instruction.variables.filter(({ at }) => overlaps(at.span, target.at.span));
      const { end } = target.at.span;
      // What a variable ends with is for whoever sets it.
      if (uses.some(({ at }) => end - at.span.end < 2)) return;
      report({
        at: target,
        message: `${named('target', target.value)} has no slash at its end: files may replace each other.`,
        fix: slashAt(target, instruction, uses),
      });
    },
  },
});

function isFolder(path: string, isWindows: boolean): boolean {
  return /(?:^|[/\\])\.{0,2}$/.test(isWindows ? path : path.replaceAll('\\', '_'));
}

function slashAt(
  target: Known<string>,
  { form, writtenArguments }: Instruction,
  uses: Instruction['variables'],
): ReportedFix | undefined {
  const fix = { title: `Write ${quoted(`${target.value}/`)}`, safety: 'safe' } as const;
  const { start, end } = target.at.span;
  if (uses.length === 0) {
    const written = writtenArguments.at(-1) ?? '';
    const isQuoted = form === 'shell' && /^(["'])[^"'\\`$]+\1$/.test(written) && end - start === written.length;
    if (isQuoted) return { ...fix, change: replaceText(emptyPlace(target.at, end - 1), '/') };
    if (standsAsItIs(target)) return { ...fix, change: replaceText(emptyPlace(target.at, end), '/') };
    // Continuation lines inside the word would go.
    return form === 'json' ? { ...fix, change: set(target.slot, `${target.value}/`) } : undefined;
  }
  let written = end - start;
  let literal = target.value.length;
  for (const { at, value } of uses) {
    written -= at.span.end - at.span.start;
    literal -= value?.length ?? 0;
  }
  // Only without quotes its end is that of its value.
  if (form === 'json' || written !== literal) return undefined;
  return { ...fix, change: replaceText(emptyPlace(target.at, end), '/') };
}
