// Which package managers ask before they go on, and how they are told not to.
import { hasFallback, type ShellCommand } from '../shell-command.js';
import { type Setting, settingIn } from './configured-before.js';
import type { Instruction } from './instruction.js';
import {
  callsPackageManager,
  optionOf,
  type PackageCommand,
  type PackageOption,
  packageCommandsOf,
} from './package-manager.js';
import { aptDryRunOptions, type PackageManager } from './package-programs.js';
import type { Stage } from './stage.js';

/** How one package manager is told to go on, or not to do anything at all. */
interface Manner {
  readonly options: readonly string[];
  /** Those that count in front of the sub-command only. */
  readonly optionsBefore: readonly string[];
  /** What a configuration file says, and `-o` or `--setopt` in one command. */
  readonly setting: Setting | undefined;
  /** Sub-commands that ask although they are none of the usual ones. */
  readonly alsoAsks: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

const ofRpm: Manner = {
  optionsBefore: [],
  options: ['-y', '--assumeyes', '--assume-yes', '--assumeno', '-h', '--help', '--version'],
  setting: {
    written: /(?:assume|default)yes\s*=\s*(?:true|yes|on|1)/i,
    file: /(?:yum|dnf|tdnf)\.conf|(?:^|\/)(?:yum|dnf|tdnf)\/?$/,
  },
  alsoAsks: new Set(['module enable', 'module disable', 'module reset', 'module switch-to']),
};

/** With `--download-only` all of them ask just the same. */
const manners: ReadonlyMap<PackageManager, Manner> = new Map([
  [
    'apt',
    {
      optionsBefore: [],
      options: [
        '-y',
        '--yes',
        '--assume-yes',
        '--assume-no',
        ...aptDryRunOptions,
        '--trivial-only',
        '-h',
        '--help',
        '-v',
        '--version',
      ],
      setting: {
        written: /assume-yes[\s"'\\=:]*(?:true|yes|on|1)|\bquiet[\s"'\\=:]*[2-9]/i,
        file: /apt\.conf|(?:^|\/)apt\/?$/,
      },
      alsoAsks: none,
    },
  ],
  ['yum', ofRpm],
  ['dnf', ofRpm],
  [
    'zypper',
    {
      optionsBefore: ['-n'],
      options: ['-y', '--no-confirm', '--non-interactive', '-D', '--dry-run', '-h', '--help'],
      setting: undefined,
      alsoAsks: none,
    },
  ],
]);

/** Options that name a file with settings. */
const elsewhere: ReadonlySet<string> = new Set(['-c', '--config', '--config-file']);
/** Options whose value is one setting. */
const settings: ReadonlySet<string> = new Set(['-o', '--option', '--setopt']);

/** A question that nobody can answer during a build. */
export interface Question {
  readonly instruction: Instruction;
  readonly asked: PackageCommand;
  /** Whether the script ends without an answer, instead of doing something else. */
  readonly isFatal: boolean;
}

/** The calls of a package manager in a stage that wait for an answer. */
export function questionsIn(stage: Stage, manager: PackageManager): readonly Question[] {
  const manner = manners.get(manager);
  if (manner === undefined) return [];
  const isSet = manner.setting === undefined ? undefined : settingIn(stage, manner.setting);
  return stage.instructions.flatMap((instruction) => {
    if (instruction.keyword !== 'RUN' || !callsPackageManager(instruction, manager)) return [];
    const { commands } = instruction;
    const asking = packageCommandsOf(commands).filter((each) => each.manager === manager && asks(each, manner));
    if (asking.length === 0) return [];
    const answered = answeredIn(commands);
    const open = asking.filter(({ command }) => !answered.has(command));
    if (open.length === 0) return [];
    // Last, for it looks through all that stands above.
    if (isSet?.(instruction) === true) return [];
    return open.map((asked) => ({ instruction, asked, isFatal: !hasFallback(asked.command) }));
  });
}

function asks(call: PackageCommand, manner: Manner): boolean {
  const { action, subCommand, operands, options, isOpen } = call;
  // A word that is a variable may be the answer.
  if (isOpen) return false;
  const isChange = action === 'install' || action === 'remove' || action === 'upgrade';
  if (!isChange && !manner.alsoAsks.has(subCommand)) return false;
  const isNothing = (subCommand === 'install' || subCommand === 'in') && operands.length === 0;
  if (isNothing && optionOf(call, '-f', '--fix-broken') === undefined) return false;
  return !options.some((option) => answers(option, manner)) && !(call.manager === 'apt' && quietness(options) >= 2);
}

function answers({ name, value, valueWord, isBefore }: PackageOption, manner: Manner): boolean {
  if (manner.options.includes(name) || (isBefore && manner.optionsBefore.includes(name))) return true;
  if (manner.setting === undefined) return false;
  if (elsewhere.has(name)) return true;
  // An assignment that a variable decides may be the answer, too.
  return settings.has(name) && (value === undefined ? valueWord !== undefined : manner.setting.written.test(value));
}

/** apt that is quiet at level 2 asks nothing. */
function quietness(options: readonly PackageOption[]): number {
  let level = 0;
  for (const { name, value } of options) {
    if (name === '-q' || name === '--quiet') level += value === undefined ? 1 : Number(value);
  }
  return level;
}

/** The commands whose input comes from a file or from another command, `yes` for one. */
function answeredIn(commands: readonly ShellCommand[]): ReadonlySet<ShellCommand> {
  const answered = new Set<ShellCommand>();
  for (const command of commands) {
    const { pipedFrom, redirects, runs, script } = command;
    const isAnswered =
      answered.has(command) || pipedFrom !== undefined || redirects.some(({ operator }) => operator.startsWith('<'));
    if (!isAnswered) continue;
    answered.add(command);
    for (const inner of [runs, ...(script ?? [])]) if (inner !== undefined) answered.add(inner);
  }
  return answered;
}
