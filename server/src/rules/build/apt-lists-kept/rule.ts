import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import type { Instruction } from '../../../model/dockerfile/instruction.js';
import { aptLists, cleaningFix, keptCaches } from '../../../model/dockerfile/package-cache.js';
import {
  callOf,
  callsPackageManager,
  type PackageCommand,
  packageCommandsOf,
} from '../../../model/dockerfile/package-manager.js';
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
    stage({ inFinalChain, instructions }, report) {
      if (!inFinalChain) return;
      let isNeededLater = false;
      for (const instruction of instructions.toReversed()) {
        if (instruction.keyword !== 'RUN' || !callsPackageManager(instruction, 'apt')) continue;
        const calls = packageCommandsOf(instruction.commands);
        const call = keptCaches(instruction, aptLists).at(-1);
        if (call !== undefined) {
          report({
            at: call.actionWord.at,
            message: `${quoted(callOf(call))} leaves its lists in the layer: the image is larger for nothing.`,
            fix: isNeededLater ? undefined : fixOf(instruction, call, calls),
          });
        }
        isNeededLater ||= isFirstToInstall(calls);
      }
    },
  },
});

/** Lists that nothing here installs from are for something that cannot be seen. */
function fixOf(
  instruction: Instruction,
  call: PackageCommand,
  calls: readonly PackageCommand[],
): ReportedFix | undefined {
  if (!calls.slice(calls.findIndex(({ command }) => command === call.command)).some(needsLists)) return undefined;
  const fix = cleaningFix(instruction, call, 'rm -rf /var/lib/apt/lists/*');
  return fix && { ...fix, safety: 'unsafe' };
}

function isFirstToInstall(calls: readonly PackageCommand[]): boolean {
  const first = calls.find((call) => aptLists.fills(call) || needsLists(call));
  return first !== undefined && !aptLists.fills(first);
}

function needsLists({ manager, action }: PackageCommand): boolean {
  return manager === 'apt' && (action === 'install' || action === 'upgrade' || action === 'download');
}
