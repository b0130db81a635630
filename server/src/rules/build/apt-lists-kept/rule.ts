import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import type { Instruction } from '../../../model/dockerfile/instruction.js';
import { aptLists, cleaningFix, keptCaches } from '../../../model/dockerfile/package-cache.js';
import { callOf, type PackageCommand, packageCommandsOf } from '../../../model/dockerfile/package-manager.js';
import type { Stage } from '../../../model/dockerfile/stage.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'apt-lists-kept',
    summary: 'The package lists of apt stay in a layer of the image.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      dockle: ['DKL-DI-0005'],
      hadolint: ['DL3009'],
      kics: ['dockerfile/apt_get_install_lists_were_not_deleted'],
      semgrep: ['remove-package-cache', 'remove-package-lists'],
    },
  },
  check: {
    stage(stage, report) {
      if (!stage.inFinalChain) return;
      for (const instruction of stage.instructions) {
        const call = keptCaches(instruction, aptLists).at(-1);
        if (call === undefined) continue;
        report({
          at: call.actionWord.at,
          message: `${quoted(callOf(call))} leaves its lists in the layer: the image is larger for nothing.`,
          fix: fixOf(stage, instruction, call),
        });
      }
    },
  },
});

/** Where something installs from the lists later on, they cannot go. */
function fixOf({ instructions }: Stage, instruction: Instruction, call: PackageCommand): ReportedFix | undefined {
  const calls = packageCommandsOf(instruction.commands);
  if (!calls.slice(calls.findIndex(({ command }) => command === call.command)).some(needsLists)) return undefined;
  const later = instructions.slice(instructions.indexOf(instruction) + 1);
  if (later.some((each) => each.keyword === 'RUN' && isFirstToInstall(packageCommandsOf(each.commands))))
    return undefined;
  const fix = cleaningFix(instruction, call, 'rm -rf /var/lib/apt/lists/*');
  return { ...fix, safety: 'unsafe' };
}

function isFirstToInstall(calls: readonly PackageCommand[]): boolean {
  const first = calls.find((call) => aptLists.fills(call) || needsLists(call));
  return first !== undefined && !aptLists.fills(first);
}

function needsLists({ manager, action }: PackageCommand): boolean {
  return manager === 'apt' && (action === 'install' || action === 'upgrade' || action === 'download');
}
