// Caches of package managers that stay in a layer of the image. Folders and options as in the manuals named in
// package-programs.ts.
import { appendCommand, type Change, type Safety } from '../change.js';
import { valueOf } from '../located.js';
import { hasFallback, type ShellCommand } from '../shell-command.js';
import type { Setting } from './configured-before.js';
import type { Instruction } from './instruction.js';
import { callsPackageManager, optionOf, type PackageCommand, packageCommandsOf } from './package-manager.js';
import { isMounted, lastRemovalOf, removedPaths, removes } from './removal.js';

/** Where a cache is, what fills it, and what empties it. */
export interface PackageCache {
  /** Any of them may be the one. `~` is whatever home. */
  readonly folders: readonly string[];
  /** The variable that names the folder. */
  readonly variable?: string;
  /** The option that names the folder. */
  readonly option?: string;
  /** The variable that, with any value, does without it. */
  readonly without?: string;
  /** Whether a call leaves something there. */
  fills(call: PackageCommand): boolean;
  /** Whether a call empties the cache that another one filled. */
  empties(call: PackageCommand, filled: PackageCommand): boolean;
}

/** The calls in an instruction whose cache gets into the image that is built. */
export function keptCaches(instruction: Instruction, cache: PackageCache): readonly PackageCommand[] {
  if (instruction.keyword !== 'RUN' || instruction.stage?.inFinalChain !== true) return [];
  if (!callsPackageManager(instruction)) return [];
  const { commands } = instruction;
  const calls = packageCommandsOf(commands);
  if (!calls.some((call) => cache.fills(call))) return [];
  const order = new Map(commands.map((command, index) => [command, index]));
  const lastRemoval = lastRemovalIn(instruction, cache);
  const emptying = new Map<string, PackageCommand>();
  const kept: PackageCommand[] = [];
  for (const call of calls.toReversed()) {
    if (cache.fills(call)) {
      if (lastRemoval(call) > (order.get(call.command) ?? 0)) continue;
      if ([...emptying.values()].some((other) => cache.empties(other, call))) continue;
      if (cache.without === undefined || !isSet(cache.without, call, instruction)) kept.push(call);
    } else if (call.action === 'clean') {
      const words = call.operands.map(({ word }) => word.raw);
      emptying.set([call.program, call.subCommand, ...words].join(' '), call);
    }
  }
  return kept.reverse();
}

/** When the cache of a call was removed for the last time; never gets there, or may not get there, is at the very end. */
function lastRemovalIn(instruction: Instruction, cache: PackageCache): (call: PackageCommand) => number {
  const { commands } = instruction;
  const { folders } = cache;
  if (isMounted(instruction, folders)) return () => commands.length;
  const last = commands.findLastIndex((command) => removes(command, instruction, folders));
  let paths: ReadonlyMap<string, number> | undefined;
  return (call) => {
    const own = ownFolder(call, instruction, cache);
    if (own === undefined) return last;
    if (own.text === undefined || isMounted(instruction, [own.text])) return commands.length;
    paths ??= removedPaths(instruction);
    return Math.max(last, lastRemovalOf(own.text, paths));
  };
}

/** Whether a variable has, or may have, a value in a call: pip takes an empty one for none. */
function isSet(variable: string, { command }: PackageCommand, instruction: Instruction): boolean {
  const assigned = command.assignments.findLast(({ name }) => name === variable);
  if (assigned !== undefined) return assigned.value?.text !== '';
  const value = instruction.environment(variable);
  if (value.kind === 'unknown' || (value.kind === 'known' && value.value !== '')) return true;
  return instruction.commands.some(
    ({ name, words }) => name === 'export' && words.some(({ raw }) => raw.startsWith(`${variable}=`)),
  );
}

/** The folder that a call is told to use. Its text is undefined where a variable decides about it. */
function ownFolder(
  call: PackageCommand,
  instruction: Instruction,
  { variable, option }: PackageCache,
): { readonly text: string | undefined } | undefined {
  const chosen = option === undefined ? undefined : optionOf(call, option);
  if (chosen !== undefined) return { text: chosen.value };
  if (variable === undefined) return undefined;
  const assigned = call.command.assignments.find(({ name }) => name === variable);
  if (assigned !== undefined) return { text: assigned.value?.text };
  const value = instruction.environment(variable);
  return value.kind === 'absent' ? undefined : { text: valueOf(value) };
}

/** Whether a call changes what is installed. */
function changesPackages({ action, operands, isOpen }: PackageCommand): boolean {
  return action === 'upgrade' || (action === 'install' && (operands.length > 0 || isOpen));
}

/** The name of a program as far as it decides where its cache is: `yum` and `dnf` have been one since 2018. */
function familyOf({ program }: PackageCommand): string {
  return program === 'microdnf' || program === 'tdnf' ? program : 'dnf';
}

const cleaned: ReadonlySet<string> = new Set(['all', 'metadata']);

function cacheOfRpm(manager: 'yum' | 'dnf'): PackageCache {
  return {
    folders: ['/var/cache/dnf', '/var/cache/libdnf5', '/var/cache/yum', '/var/cache/tdnf'],
    fills: (call) =>
      call.manager === manager &&
      changesPackages(call) &&
      !call.options.some(({ name, value }) => name === '--setopt' && value?.startsWith('cachedir=') !== false),
    empties: (call, filled) =>
      (call.manager === 'yum' || call.manager === 'dnf') &&
      call.action === 'clean' &&
      familyOf(call) === familyOf(filled) &&
      (call.isOpen || call.operands.some(({ word }) => word.text !== undefined && cleaned.has(word.text))),
  };
}

export const yumCache: PackageCache = cacheOfRpm('yum');
export const dnfCache: PackageCache = cacheOfRpm('dnf');

export const zypperCache: PackageCache = {
  folders: ['/var/cache/zypp'],
  fills: (call) =>
    call.manager === 'zypper' &&
    changesPackages(call) &&
    !call.options.some(({ name, isBefore }) => isBefore && zypperFolders.has(name)),
  empties: ({ manager, action }) => manager === 'zypper' && action === 'clean',
};
const zypperFolders: ReadonlySet<string> = new Set(['-C', '--cache-dir', '--pkg-cache-dir', '--raw-cache-dir']);

export const apkCache: PackageCache = {
  folders: ['/var/cache/apk', '/etc/apk/cache'],
  fills: (call) =>
    call.manager === 'apk' &&
    call.subCommand === 'add' &&
    call.operands.length > 0 &&
    !call.isOpen &&
    optionOf(call, '--no-cache', '--no-network', '--cache-dir', '-s', '--simulate') === undefined,
  empties: ({ manager, action }) => manager === 'apk' && action === 'clean',
};

/** The lists that `apt-get update` downloads. What it installs, official images remove by themselves. */
export const aptLists: PackageCache = {
  folders: ['/var/lib/apt/lists'],
  fills: (call) =>
    call.manager === 'apt' &&
    (call.action === 'update' || (call.action === 'install' && optionOf(call, '-U', '--update') !== undefined)) &&
    optionOf(call, '--print-uris') === undefined,
  empties: ({ manager, subCommand }) =>
    manager === 'apt' && (subCommand === 'dist-clean' || subCommand === 'distclean'),
};

const pipSources = ['-r', '--requirement', '-e', '--editable', '--group', '--requirements-from-script'];
// pip takes the beginning of an option for the option.
const pipWithout = ['--no-cache-dir', '--no-cache', '--no-index', '--dry-run', '-h', '--help'];

/** Settings of pip with which it has no cache. */
export const pipWithoutCache: Setting = {
  written: /no[-_]cache[-_]dir/i,
  file: /pip\.conf|(?:^|\/)\.?pip\/?$/,
};

export const pipCache: PackageCache = {
  folders: ['~/.cache/pip'],
  variable: 'PIP_CACHE_DIR',
  // Also `0` and `off` do without it: pip 25.3 says so in its code.
  without: 'PIP_NO_CACHE_DIR',
  option: '--cache-dir',
  fills: (call) =>
    call.manager === 'pip' &&
    call.program !== 'uv' &&
    call.program !== 'pipx' &&
    call.subCommand === 'install' &&
    !call.isOpen &&
    (call.operands.length > 0 || optionOf(call, ...pipSources) !== undefined) &&
    optionOf(call, ...pipWithout) === undefined &&
    !isLocal(call),
  empties: ({ manager, action }) => manager === 'pip' && action === 'clean',
};

/** Nothing is downloaded but what builds need. */
function isLocal(call: PackageCommand): boolean {
  return (
    optionOf(call, '--no-deps') !== undefined &&
    call.operands.every(({ kind }) => kind === 'file') &&
    optionOf(call, '-r', '--requirement') === undefined
  );
}

export const yarnCache: PackageCache = {
  folders: ['~/.cache/yarn', '~/.cache/yarn/v6', '~/.yarn'],
  variable: 'YARN_CACHE_FOLDER',
  option: '--cache-folder',
  fills: ({ manager, action, subCommand }) =>
    manager === 'yarn' && action === 'install' && subCommand !== 'workspaces focus',
  empties: ({ manager, action }) => manager === 'yarn' && action === 'clean',
};

/** Programs with which a command runs somewhere else or as somebody else, or nothing runs behind it. */
const displacing: ReadonlySet<string | undefined> = new Set(['chroot', 'exec', 'gosu', 'runuser', 'su', 'su-exec']);

/** Empties a cache at the end of its RUN. Undefined where that would empty another one. */
export function cleaningFix(
  instruction: Instruction,
  call: PackageCommand,
  cleaning: string,
): { readonly title: string; readonly safety: Safety; readonly change: Change } | undefined {
  const { command } = call;
  const { commands } = instruction;
  if (optionOf(call, '--installroot', '--root') !== undefined) return undefined;
  if (optionOf(call, call.manager === 'apk' ? '-p' : '-R') !== undefined) return undefined;
  let outermost = command;
  let text = cleaning;
  for (let outer = runnerOf(command, commands); outer !== undefined; outer = runnerOf(outer, commands)) {
    outermost = outer;
    if (displacing.has(outer.name)) return undefined;
    if (outer.name !== 'sudo') continue;
    if (outer.words.some(({ text }) => text !== undefined && /^(?:-[A-Za-z]*[ug]|--(?:user|group))/.test(text)))
      return undefined;
    text = `sudo ${cleaning}`;
  }
  const holder = commands.find(({ script }) => script?.includes(outermost));
  if (displacing.has(holder?.name)) return undefined;
  // Where the call may not happen, or its program goes away again, that need not be there.
  const isSure =
    holder === undefined &&
    !command.enclosed &&
    command.connection !== '||' &&
    !hasFallback(command) &&
    !isRemovedBehind(call);
  return {
    title: `Append \`${text}\``,
    safety: isSure ? 'safe' : 'unsafe',
    change: appendCommand(instruction.slot, text),
  };
}

function runnerOf(command: ShellCommand, commands: readonly ShellCommand[]): ShellCommand | undefined {
  return commands.find(({ runs }) => runs === command);
}

/** Whether a program is named where something may be removed: `rm /usr/local/bin/yarn*`, `yum remove yum`. */
function isRemovedBehind({ command, program }: PackageCommand): boolean {
  return command.later.some(({ words }) =>
    words.slice(1).some(({ raw }) => {
      const name = raw.slice(raw.lastIndexOf('/') + 1);
      return name.startsWith(program) && !/[a-z]/i.test(name.slice(program.length));
    }),
  );
}
