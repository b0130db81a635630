// Where a build step has packages installed without a look at their signatures: as the manuals have it in 2026.
import type { PackageCommand } from '../../../model/dockerfile/package-manager.js';
import type { PackageManager } from '../../../model/dockerfile/package-programs.js';
import { innermost } from '../../../model/download.js';
import type { ShellCommand, ShellWord } from '../../../model/shell-command.js';
import type { Place } from '../../../text/span.js';

export interface Unsigned {
  /** What says so, as it is to be shown. */
  readonly text: string;
  readonly at: Place;
  /** The words that can go; none where that would break something. */
  readonly words: readonly ShellWord[];
  /** Whether only files of this machine are installed so. */
  readonly isLocal: boolean;
}

const flags: ReadonlyMap<PackageManager, readonly string[]> = new Map([
  ['apt', ['--allow-unauthenticated', '--force-yes', '--allow-insecure-repositories']],
  ['apk', ['--allow-untrusted']],
  ['yum', ['--nogpgcheck', '--no-gpgchecks']],
  ['dnf', ['--nogpgcheck', '--no-gpgchecks']],
  ['zypper', ['--no-gpg-checks', '--no-gpgcheck', '--allow-unsigned-rpm']],
]);

/** Settings that stand behind an option: `-o Name=value`. */
const settings: ReadonlyMap<PackageManager, readonly [options: readonly string[], value: RegExp]> = new Map([
  [
    'apt',
    [
      ['-o', '--option'],
      /^(?:APT::Get::AllowUnauthenticated|Acquire::Allow(?:Insecure|Weak)Repositories)=(?:true|yes|1|on)$/i,
    ],
  ],
  ['yum', [['--setopt'], /^(?:[^=]*\.)?gpgcheck=(?:0|false|no|off)$/i]],
  ['dnf', [['--setopt'], /^(?:[^=]*\.)?gpgcheck=(?:0|false|no|off)$/i]],
  ['gem', [['-P', '--trust-policy'], /^NoSecurity$/]],
]);

/** What a package manager is told on its command line. */
export function unsignedIn(call: PackageCommand): readonly Unsigned[] {
  const { manager, options, operands, action } = call;
  const isLocal = action === 'install' && operands.length > 0 && operands.every(({ kind }) => kind === 'file');
  const [names, said] = settings.get(manager) ?? [[], /^$/];
  return options.flatMap(({ name, word, value, valueWord = word }): readonly Unsigned[] => {
    if (flags.get(manager)?.includes(name) === true && value !== 'false') {
      return [{ text: name, at: word.at, words: [word], isLocal }];
    }
    if (!names.includes(name) || !said.test(value ?? '')) return [];
    // One letter of several cannot go alone.
    const isWhole = word !== valueWord || word.text?.startsWith(name) === true;
    return [{ text: value ?? '', at: valueWord.at, words: isWhole ? [word, valueWord] : [], isLocal }];
  });
}

const unchecked: ReadonlySet<string> = new Set(['--nosignature', '--nodigest', '--nofiledigest', '--noverify']);

const longInstalls: ReadonlySet<string> = new Set(['--install', '--upgrade', '--freshen', '--reinstall']);

/** `rpm` itself: a question, as with `-qa`, harms nobody. */
export function unsignedRpm({ name, words }: ShellCommand): Unsigned | undefined {
  if (name !== 'rpm') return undefined;
  const word = words.find(({ text }) => unchecked.has(text ?? ''));
  const installs = words.some(
    ({ text = '' }) => longInstalls.has(text) || (/^-\w*[iUF]/.test(text) && !/[qV]/.test(text)),
  );
  if (word === undefined || !installs || word.text === undefined) return undefined;
  const isLocal = !words.some(({ text, raw }) => (text ?? raw).includes('://'));
  return { text: word.text, at: word.at, words: [word], isLocal };
}

const written =
  /\[[^\][]{0,200}\b(?:trusted|allow-insecure)=yes\b[^\][]{0,200}\]|\bTrusted: yes\b|(?:(?<!\w)|(?<=\\n))gpgcheck\s{0,9}=\s{0,9}0(?!\d)|\bSigLevel\s{0,9}=\s{0,9}Never\b/;
const writers: ReadonlySet<string> = new Set(['cat', 'echo', 'printf', 'tee']);
const editors: ReadonlySet<string> = new Set(['sed', 'add-apt-repository', 'apt-add-repository', 'yum-config-manager']);

/** What a command writes into the settings of a package manager. `all`: the commands around it. */
export function unsignedText(command: ShellCommand, all: readonly ShellCommand[]): Unsigned | undefined {
  const { name = '', words, redirects } = command;
  if (command.runs !== undefined || !(writers.has(name) || editors.has(name))) return undefined;
  const texts = [
    ...words.slice(1),
    ...redirects.flatMap(({ operator, target }) => (operator.startsWith('<<') ? (target ?? []) : [])),
  ];
  for (const word of texts) {
    const match = written.exec(word.raw);
    if (match === null || (name === 'sed' && !isReplacement(word.raw, match.index))) continue;
    if (writers.has(name) && name !== 'tee' && !reachesFile(command, all)) return undefined;
    const isLocal = /^\s*(?:file|copy):/.test(word.raw.slice(match.index + match[0].length));
    return { text: match[0], at: partOf(word, match.index, match[0].length), words: [], isLocal };
  }
  return undefined;
}

/** `s/gpgcheck=1/gpgcheck=0/`, but neither the other way round nor `/gpgcheck=0/d`. */
function isReplacement(script: string, index: number): boolean {
  const setting = /^\w+/.exec(script.slice(index))?.[0] ?? '';
  return /^["']?(?:[\d$,]*|\/[^/]*\/)s\W/.test(script) && script.lastIndexOf(setting) === index;
}

function reachesFile(command: ShellCommand, all: readonly ShellCommand[]): boolean {
  return (
    command.redirects.some(({ operator }) => operator.startsWith('>')) ||
    all.some((reader) => reader.pipedFrom === command && innermost(reader).name === 'tee')
  );
}

/** A part of a word as it is written; all of it where lines are joined in it. */
function partOf({ raw, at }: ShellWord, index: number, length: number): Place {
  if (at.span.end - at.span.start !== raw.length) return at;
  const start = at.span.start + index;
  return { file: at.file, span: { start, end: start + length } };
}
