import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { remove, removeWords, replaceText } from '../../../model/change.js';
import { quoted } from '../../../model/quoted.js';
import type { ShellCommand, ShellWord } from '../../../model/shell-command.js';
import { isUncheckedBy, settingOf, staysAtHome, type Unchecked, uncheckedIn, variablesOf } from './unchecked.js';

export default defineRule({
  meta: {
    id: 'tls-verification-disabled',
    summary: 'A program is told to trust any certificate.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile', 'compose', 'kubernetes'],
    standards: ['cis-docker-1.6/4.11', 'nist-800-190/4.2.1'],
    peers: {
      checkov: [
        'CKV2_DOCKER_2',
        'CKV2_DOCKER_3',
        'CKV2_DOCKER_4',
        'CKV2_DOCKER_5',
        'CKV2_DOCKER_6',
        'CKV2_DOCKER_12',
        'CKV2_DOCKER_13',
        'CKV2_DOCKER_14',
        'CKV2_DOCKER_15',
        'CKV2_DOCKER_16',
      ],
      'docker-bench': ['4.11'],
    },
  },
  check: {
    container({ environment }, report) {
      for (const { name, value, slot, repeatedAt } of environment) {
        if (value.kind !== 'known' || repeatedAt !== undefined || !isUncheckedBy(name, value.value)) continue;
        report({
          at: value,
          message: `${quoted(name)} switches certificate checks off: anybody on the way can answer.`,
          fix: { title: `Remove ${quoted(name)}`, safety: 'unsafe', change: remove(slot) },
        });
      }
    },
    instruction({ keyword, assignments, stage, onbuild }, report) {
      if (keyword !== 'ENV' && keyword !== 'ARG') return;
      // Only what the last stage is built on is shipped, and only ENV outlives the build.
      const isShipped = keyword === 'ENV' && !onbuild && stage?.inFinalChain === true;
      for (const { name, value } of assignments) {
        if (value.kind !== 'known' || !isUncheckedBy(name, value.value)) continue;
        report({
          at: value,
          message: `${quoted(name)} switches certificate checks off: anybody on the way can answer.`,
          ...(isShipped ? { severity: 'error' } : {}),
          fix: { title: `Remove ${quoted(name)}`, safety: 'unsafe', change: remove(value.slot) },
        });
      }
    },
    command(command, report) {
      const set = variablesOf(command).find(({ name, text }) => isUncheckedBy(name, text));
      if (set !== undefined) {
        report({
          at: set.at,
          message: `${quoted(set.name)} switches certificate checks off: anybody on the way can answer.`,
        });
      }
      // What another command runs is looked at as a command of its own.
      const found = command.runs === undefined ? uncheckedIn(command) : undefined;
      if (found === undefined) return;
      const [first] = found.words;
      const last = found.words.at(-1) ?? first;
      const span = { start: first.at.span.start, end: Math.max(first.at.span.end, last.at.span.end) };
      report({
        at: { file: first.at.file, span },
        message: `${quoted(settingOf(found))} switches certificate checks off: anybody on the way can answer.`,
        ...(staysAtHome(command) ? { severity: 'info' } : {}),
        fix: fixOf(command, found),
      });
    },
  },
});

/** Takes items out of a list, and words out of a script. */
function fixOf(command: ShellCommand, found: Unchecked): ReportedFix | undefined {
  const { words, redirects } = command;
  const { index, rest } = found;
  const [first] = found.words;
  if (rest !== undefined) {
    // Quotes and escapes inside the word are for a person to keep.
    const isBare = first.at.span.end - first.at.span.start === first.raw.length && first.raw === first.text;
    if (rest === '' || !isBare) return undefined;
    return { title: `Change to ${quoted(rest)}`, safety: 'unsafe', change: replaceText(first.at, rest) };
  }
  const title = `Remove ${quoted(settingOf(found))}`;
  const slots = found.words.flatMap(({ slot }) => slot ?? []);
  // Of a command that is written in two ways only a part has slots.
  if (slots.length > 0 && slots.length < found.words.length) return undefined;
  if (slots.length > 0) return { title, safety: 'unsafe', change: slots.map((slot) => remove(slot)) };
  const start = words[index - 1]?.at.span.end;
  const end = found.words.at(-1)?.at.span.end;
  if (command.format === 'dockerfile') {
    // A redirection may stand between two words. Where places are no more than about right, they overlap.
    if (start === undefined || end === undefined || start > first.at.span.start) return undefined;
    if (found.words.length > 1 && redirects.length > 0) return undefined;
    const place = { file: first.at.file, span: { start: first.at.span.start, end } };
    return { title, safety: 'unsafe', change: removeWords(place) };
  }
  // Only blanks and continued lines stand between words, unless a redirection does.
  if (start === undefined || end === undefined || start >= first.at.span.start || redirects.length > 0)
    return undefined;
  if (command.format === 'compose' && !standInOneText(words.slice(index - 1, index + found.words.length)))
    return undefined;
  const place = { file: first.at.file, span: { start, end } };
  return { title, safety: 'unsafe', change: replaceText(place, '') };
}

/**
 * Whether words have no more than a blank between them: `entrypoint` and `command` are two texts. A variable that is
 * filled in ends behind its words.
 */
function standInOneText(words: readonly ShellWord[]): boolean {
  return words.every(
    ({ at, filledIn }, index) =>
      !filledIn && (index === 0 || at.span.start - (words[index - 1]?.at.span.end ?? 0) === 1),
  );
}
