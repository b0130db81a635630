import { defineRule } from '../../../engine/rule.js';
import { callOf, optionOf, type PackageCommand, packageCommandsOf } from '../../../model/dockerfile/package-manager.js';
import { aptDryRunOptions } from '../../../model/dockerfile/package-programs.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'package-upgrade-in-build',
    summary: 'A build upgrades all packages of its base image, so no two builds need be alike.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: ['cis-docker-1.6/4.4', 'nist-800-190/4.1.1'],
    peers: {
      dockle: ['DKL-DI-0003'],
      hadolint: ['DL3035'],
      semgrep: [
        'avoid-apk-upgrade',
        'avoid-apt-get-upgrade',
        'avoid-dnf-update',
        'avoid-yum-update',
        'avoid-zypper-update',
      ],
      trivy: ['DS-0024'],
    },
  },
  check: {
    instruction(instruction, report) {
      if (instruction.keyword !== 'RUN') return;
      for (const call of packageCommandsOf(instruction.commands)) {
        if (!upgradesAll(call)) continue;
        report({
          at: call.actionWord.at,
          ...(releases.has(call.subCommand) ? { severity: 'warning' } : {}),
          message: `${quoted(callOf(call))} upgrades all there is: each build may get other packages.`,
        });
      }
    },
  },
});

/** These also remove packages, or go on to another release. */
const releases: ReadonlySet<string> = new Set(['dist-upgrade', 'full-upgrade', 'dup']);
const names: ReadonlySet<string> = new Set(['upgrade', 'safe-upgrade', 'update', 'up', ...releases]);
const system: ReadonlySet<string> = new Set(['apt', 'apk', 'yum', 'dnf', 'zypper']);

/** Options with which a part is upgraded, or nothing. */
const partly = [
  '--security',
  '--sec-severity',
  '--secseverity',
  '--advisory',
  '--advisories',
  '--cve',
  '--cves',
  '--bz',
  '--bzs',
  '--bugfix',
  '--self-upgrade-only',
  ...aptDryRunOptions,
  '-h',
  '--help',
];

function upgradesAll(call: PackageCommand): boolean {
  const { manager, action, subCommand, operands, isOpen } = call;
  if (action !== 'upgrade' || !system.has(manager) || !names.has(subCommand)) return false;
  return operands.length === 0 && !isOpen && optionOf(call, ...partly) === undefined;
}
