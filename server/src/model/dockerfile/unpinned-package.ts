// Packages that a build step installs in whatever version there is on that day.
import { remembered } from '../parted.js';
import type { ShellWord } from '../shell-command.js';
import { inForce } from './configured-before.js';
import { sourcesOf } from './copied-source.js';
import type { Instruction } from './instruction.js';
import { isKeyword } from './keywords.js';
import { callsPackageManager, optionOf, type PackageCommand, packageCommandsOf } from './package-manager.js';
import type { PackageManager } from './package-programs.js';
import { anyOfChain, type Stage } from './stage.js';

export interface UnpinnedPackage {
  readonly name: string;
  readonly word: ShellWord;
  /** Whether little depends on its version, or something else decides it in most cases. */
  readonly isMinor: boolean;
}

/** The packages of one package manager that a RUN names without a version, in order. */
export function unpinnedPackages(
  instruction: Instruction,
  ...managers: readonly PackageManager[]
): readonly UnpinnedPackage[] {
  if (instruction.keyword !== 'RUN') return [];
  if (!managers.some((manager) => callsPackageManager(instruction, manager))) return [];
  return packageCommandsOf(instruction.commands)
    .filter((call) => managers.includes(call.manager))
    .flatMap((call) => unpinnedIn(call, instruction));
}

/** Whether the packages of a stage come from the archive as it was at one time, so that names alone say which they are. */
export const usesSnapshot: (stage: Stage) => boolean = anyOfChain(({ instructions }) =>
  instructions.some(namesSnapshot),
);

const namesSnapshot = remembered(({ written, heredocs }: Instruction): boolean => {
  const isSnapshot = (text: string): boolean => /\bsnapshot(?:-\w+)?\.(?:debian\.org|ubuntu\.com)/.test(text);
  return isSnapshot(written.rest) || heredocs.some(isSnapshot);
});

/** Tells of the instructions of a stage whether `go.mod`, maybe with all other files, was copied in front of them. */
export function goModuleIn(stage: Stage): (instruction: Instruction) => boolean {
  return inForce(stage, copiesGoModule);
}

function copiesGoModule(instruction: Instruction): boolean {
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return false;
  return sourcesOf(instruction).some(({ text }) => /(?:^|\/)go\.(?:mod\*?|\*)$|^\.?\/?$/.test(text));
}

function unpinnedIn(call: PackageCommand, instruction: Instruction): readonly UnpinnedPackage[] {
  switch (call.manager) {
    case 'apt':
      return call.subCommand === 'install' && optionOf(call, '-S', '--snapshot') === undefined
        ? lacking(call, isPinnedForApt)
        : [];
    case 'apk':
      return call.subCommand === 'add' ? lacking(call, isPinnedForApk) : [];
    case 'yum':
    case 'dnf':
      if (call.subCommand === 'module install') return lacking(call, (text) => text.includes(':'));
      return call.subCommand === 'install' || call.subCommand === 'reinstall' ? lacking(call, isPinnedForRpm) : [];
    case 'zypper':
      return (call.subCommand === 'install' || call.subCommand === 'in') &&
        (optionOf(call, '-t', '--type')?.value ?? 'package') === 'package'
        ? lacking(call, (text) => text.includes(':') || isPinnedForRpm(text))
        : [];
    case 'pip':
      return unpinnedForPip(call, instruction);
    case 'npm':
    case 'yarn':
    case 'pnpm':
      return call.action === 'install' && !cleanInstalls.has(call.subCommand)
        ? [...lacking(call, isPinnedForNode), ...looseRepositories(wordsOf(call), isLooseForNode)]
        : [];
    case 'gem':
      return unpinnedForGem(call);
    case 'go':
      return unpinnedForGo(call);
  }
}

/** The packages of a call whose word does not say the version; where a part of the word is unknown, it may. */
function lacking(
  { operands }: PackageCommand,
  isPinned: (text: string) => boolean,
  isMinor: (text: string) => boolean = () => false,
): readonly UnpinnedPackage[] {
  // Behind a line that goes on by mistake the next instruction stands there.
  const end = operands.findIndex(({ word }) => isKeyword(word.text ?? ''));
  return operands.slice(0, end < 0 ? undefined : end).flatMap(({ word, kind }) => {
    const { text } = word;
    if (kind !== 'package' || text === undefined || text === '' || isPinned(text)) return [];
    return { name: text, word, isMinor: isMinor(text) };
  });
}

/** `name=1.2`, `name/release`; `name-` is removed, `task^`, `?pattern` and `na*` are several. */
function isPinnedForApt(text: string): boolean {
  return /[=/*^]|-$|^[?~]/.test(text);
}

/** A tag of a repository, as in `name@edge`, is no version; `cmd:name` and the like say what is needed. */
function isPinnedForApk(text: string): boolean {
  return /[=~<>:]|^[!.]/.test(text);
}

/**
 * `name-1.2`, `name-1:1.2-3.el9`, but not `java-11-openjdk`. What only ends in a number (`gcc-toolset-13`) may be either.
 * Groups, capabilities and patterns are no packages.
 */
function isPinnedForRpm(text: string): boolean {
  return /^[@+]|[=<>()/]/.test(text) || /-(?:\d+:)?\d[\w.+~^*]*(?:-[\d*][\w.+~^*]*)?$/.test(text) || /[*?]/.test(text);
}

/** What pip itself is made of. */
const tools: ReadonlySet<string> = new Set(['pip', 'setuptools', 'wheel']);

function unpinnedForPip(call: PackageCommand, instruction: Instruction): readonly UnpinnedPackage[] {
  const { program, subCommand } = call;
  if (subCommand !== 'pip install' && (subCommand !== 'install' || program === 'pipx')) return [];
  // Another file says which versions, or there is only what lies in a folder.
  if (optionOf(call, '-c', '--constraint', '--constraints', '--no-index') !== undefined) return [];
  if (['PIP_CONSTRAINT', 'UV_CONSTRAINT'].some((name) => instruction.environment(name).kind !== 'absent')) return [];
  const words = [...wordsOf(call), ...edited(call)];
  return [...lacking(call, isPinnedForPip, (text) => tools.has(text)), ...looseRepositories(words, isLooseForPip)];
}

/** What has a slash is a folder of this machine, or an address. */
function isPinnedForPip(text: string): boolean {
  const [requirement = ''] = text.split(';', 1);
  return /[=~]=|\s@\s/.test(requirement) || !/^\w/.test(requirement) || /^[\w.-]+\//.test(requirement);
}

/** A word that may name a repository, and the text in it that does. */
interface NamingWord {
  readonly word: ShellWord;
  readonly text: string;
}

function wordsOf({ operands }: PackageCommand): readonly NamingWord[] {
  return operands.flatMap(({ word, kind }) =>
    word.text === undefined || (kind !== 'url' && kind !== 'package') ? [] : { word, text: word.text },
  );
}

/** What pip is told to install so that it can be edited. */
function edited({ options }: PackageCommand): readonly NamingWord[] {
  return options.flatMap(({ name, value, valueWord: word }) =>
    (name !== '-e' && name !== '--editable') || value === undefined || word === undefined ? [] : { word, text: value },
  );
}

/** Repositories without a commit or a tag behind them. */
function looseRepositories(
  words: readonly NamingWord[],
  isLoose: (text: string) => boolean,
): readonly UnpinnedPackage[] {
  return words.flatMap(({ word, text }) => {
    if (!isLoose(text)) return [];
    const [address = ''] = text.split('#', 1);
    const name = address.includes(':') ? address.slice(address.lastIndexOf('/') + 1) : address;
    return { name, word, isMinor: false };
  });
}

/** `git+https://host/path`, `name @ git+https://host/path`; `@` behind it says which commit. */
function isLooseForPip(text: string): boolean {
  const [address = ''] = text.split('#', 1);
  return /^(?:[\w.-]+\s?@\s?)?git\+/.test(address) && !address.slice(address.lastIndexOf('/')).includes('@');
}

/** Repositories for npm and its like, maybe with a name in front: addresses of git, of known hosts, `user/repository`. */
const nodeRepositories: readonly RegExp[] = [
  /^(?:[\w.-]+@)?git(?:\+(?:git|ssh|https?))?:\/\//,
  /^(?:[\w.-]+@)?git@[\w.-]+:/,
  /^(?:[\w.-]+@)?(?:https?|ssh):\/\/.+\.git$/,
  /^(?:[\w.-]+@)?https?:\/\/(?:github\.com|gitlab\.com|bitbucket\.org)\/[\w.-]+\/[\w.-]+$/,
  /^(?:[\w.-]+@)?(?:github|gitlab|bitbucket|gist):/,
  /^(?:[\w.-]+@)?[\w-]+\/[\w.-]+$/,
];

/** `#` behind it says which commit. */
function isLooseForNode(text: string): boolean {
  return !text.includes('#') && nodeRepositories.some((each) => each.test(text));
}

/** They install what the lock file says. */
const cleanInstalls: ReadonlySet<string> = new Set(['ci', 'clean-install', 'ic', 'install-clean', 'workspaces focus']);

function isPinnedForNode(text: string): boolean {
  // Other packages of the same repository, or a version that it writes down elsewhere.
  if (/@(?:workspace|link|portal|file|patch|catalog):/.test(text)) return true;
  const at = text.lastIndexOf('@');
  if (at <= 0) return /^[^@][^/]*\//.test(text);
  // A word is a tag, which moves.
  return !/^(?!v?\d)[a-z]/i.test(text.slice(at + 1));
}

function unpinnedForGem(call: PackageCommand): readonly UnpinnedPackage[] {
  const { subCommand, isOpen, command } = call;
  if ((subCommand !== 'install' && subCommand !== 'i') || isOpen || optionOf(call, '-v', '--version') !== undefined)
    return [];
  const end = command.words.find(({ text }) => text === '--')?.at.span.start ?? Number.POSITIVE_INFINITY;
  return lacking(
    call,
    (text) => text.includes(':'),
    (text) => text === 'bundler',
  ).filter(({ word }) => word.at.span.start < end);
}

function unpinnedForGo(call: PackageCommand): readonly UnpinnedPackage[] {
  const { action, subCommand, operands } = call;
  // What stands behind the program that is run goes to that program.
  const judged = subCommand === 'run' ? { ...call, operands: operands.slice(0, 1) } : call;
  if (action !== 'install' && subCommand !== 'run') return [];
  return lacking(
    judged,
    (text) => !/^[\w-]+(?:\.[\w-]+)+\//.test(text) || /@(?:v?\d|[0-9a-f]{7,40}$|none$)/.test(text),
    (text) => !text.includes('@'),
  );
}
