import { defineRule } from '../../../engine/rule.js';
import { type Setting, settingIn } from '../../../model/dockerfile/configured-before.js';
import { insertBehind } from '../../../model/dockerfile/insert-word.js';
import {
  callOf,
  callsPackageManager,
  optionOf,
  type PackageCommand,
  packageCommandsOf,
} from '../../../model/dockerfile/package-manager.js';
import { aptDryRunOptions } from '../../../model/dockerfile/package-programs.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'apt-recommends-installed',
    summary: 'Packages get installed that apt only recommends.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: ['cis-docker-1.6/4.3'],
    peers: {
      'docker-bench': ['4.3'],
      hadolint: ['DL3015'],
      kics: ['dockerfile/apt_get_not_avoiding_additional_packages'],
      semgrep: ['missing-no-install-recommends'],
      trivy: ['DS-0029'],
    },
  },
  check: {
    stage(stage, report) {
      const isSet = settingIn(stage, withoutThem);
      for (const instruction of stage.instructions) {
        if (instruction.keyword !== 'RUN' || !callsPackageManager(instruction, 'apt')) continue;
        const calls = packageCommandsOf(instruction.commands).filter(installsMore);
        if (calls.length === 0 || isSet(instruction)) continue;
        for (const call of calls) {
          const change = asksForThem(call)
            ? undefined
            : insertBehind(instruction, call.actionWord, '--no-install-recommends');
          report({
            at: call.actionWord.at,
            message: `${quoted(callOf(call))} adds recommended packages: more to patch, and to attack.`,
            fix:
              change === undefined ? undefined : { title: 'Add `--no-install-recommends`', safety: 'unsafe', change },
          });
        }
      }
    },
  },
});

const withoutThem: Setting = {
  written: /install-recommends[\s"'\\=:]*(?:false|no|off|0)/i,
  file: /apt\.conf|(?:^|\/)apt\/?$/,
};

/** Somebody wants them: the opposite in front of that would change nothing. */
function asksForThem(call: PackageCommand): boolean {
  const { options } = call;
  if (optionOf(call, '--install-recommends') !== undefined) return true;
  return options.some(({ value }) => value !== undefined && /install-recommends/i.test(value));
}

const notInstalling = ['--no-install-recommends', ...aptDryRunOptions, '-d', '--download-only', '-c', '--config-file'];

function installsMore(call: PackageCommand): boolean {
  const { manager, program, subCommand, operands, options, isOpen } = call;
  if (manager !== 'apt' || program === 'aptitude' || subCommand !== 'install') return false;
  // A variable may be the option.
  if (isOpen || operands.length === 0 || optionOf(call, ...notInstalling) !== undefined) return false;
  return !options.some(
    ({ name, value }) =>
      (name === '-o' || name === '--option') && (value === undefined || withoutThem.written.test(value)),
  );
}
