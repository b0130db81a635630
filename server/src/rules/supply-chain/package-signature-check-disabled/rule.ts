import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { removeWords, replaceText } from '../../../model/change.js';
import { optionOf, type PackageCommand, packageCommandsOf } from '../../../model/dockerfile/package-manager.js';
import { isDownload } from '../../../model/download.js';
import { quoted } from '../../../model/quoted.js';
import { type Unsigned, unsignedIn, unsignedRpm, unsignedText } from './unsigned.js';

export default defineRule({
  meta: {
    id: 'package-signature-check-disabled',
    summary: 'A package manager is told to take packages whose origin it cannot check.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: ['cis-docker-1.6/4.11'],
    peers: {
      checkov: ['CKV2_DOCKER_7', 'CKV2_DOCKER_8', 'CKV2_DOCKER_9', 'CKV2_DOCKER_10', 'CKV2_DOCKER_11'],
      'docker-bench': ['4.11'],
    },
  },
  check: {
    instruction(instruction, report) {
      if (instruction.keyword !== 'RUN') return;
      const { commands } = instruction;
      const judge = (found: Unsigned | undefined, call?: PackageCommand): void => {
        if (found === undefined) return;
        // What was built here has no signature. What was fetched a moment ago is no different from a package.
        const isBuiltHere = found.isLocal && !commands.some(isDownload);
        report({
          at: found.at,
          message: `${quoted(found.text)} skips the signature check: anybody can slip other packages in.`,
          ...(isBuiltHere ? { severity: 'info' } : {}),
          fix: fixOf(found, call),
        });
      };
      for (const call of packageCommandsOf(commands)) {
        for (const found of unsignedIn(call)) judge(found, call);
      }
      for (const command of commands) judge(unsignedRpm(command) ?? unsignedText(command, commands));
    },
  },
});

function fixOf({ words, text }: Unsigned, call: PackageCommand | undefined): ReportedFix | undefined {
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined || last.at.span.end < first.at.span.end) return undefined;
  // It also says yes to everything, which somebody still has to say.
  const saysYes =
    text === '--force-yes' && call !== undefined && optionOf(call, '-y', '--yes', '--assume-yes', '-qq') === undefined;
  if (saysYes) {
    return first.raw === text && first.at.span.end - first.at.span.start === text.length
      ? { title: 'Change to `-y`', safety: 'unsafe', change: replaceText(first.at, '-y') }
      : undefined;
  }
  const place = { file: first.at.file, span: { start: first.at.span.start, end: last.at.span.end } };
  return { title: `Remove ${quoted(text)}`, safety: 'unsafe', change: removeWords(place) };
}
