// What a shell command asks of a package manager.
import { remembered } from '../parted.js';
import type { ShellCommand, ShellWord } from '../shell-command.js';
import type { Instruction } from './instruction.js';
import {
  type PackageAction,
  type PackageManager,
  type PackageProgram,
  packagePrograms,
  pipProgram,
  type ValuedOptions,
} from './package-programs.js';

/** One call of a package manager whose sub-command is known. */
export interface PackageCommand {
  readonly command: ShellCommand;
  readonly manager: PackageManager;
  /** `apt-get`, `microdnf`, `pip3`, `python3 -m pip`, `uv`. */
  readonly program: string;
  readonly action: PackageAction;
  /** `install`, `dist-upgrade`, `group install`, `pip install` (of uv); empty for `yarn` alone, which installs. */
  readonly subCommand: string;
  /** The word that says it, the second one of two; the name of the program where there is none. */
  readonly actionWord: ShellWord;
  /** In the order of the text, those in front of the sub-command, too; a bundle (`-qy`) is one for each letter. */
  readonly options: readonly PackageOption[];
  /** What it is to be done to, in the order of the text. */
  readonly operands: readonly PackageOperand[];
  /** Whether one of its words may be options, packages, or nothing at all: `apt-get install $OPTIONS`. */
  readonly isOpen: boolean;
}

export interface PackageOption {
  /** With its dashes: `-y`, `--assume-yes`. */
  readonly name: string;
  /** The word that it stands in. */
  readonly word: ShellWord;
  /** Undefined where it has none, and where it cannot be told. */
  readonly value: string | undefined;
  /** The word that the value stands in, maybe `word` itself; undefined where it has none. */
  readonly valueWord: ShellWord | undefined;
  /** Whether it stands in front of the sub-command. */
  readonly isBefore: boolean;
}

export interface PackageOperand {
  readonly word: ShellWord;
  /**
   * `package`: a name, maybe with a version (which a variable may decide: `curl=$VERSION` is one whose text is
   * undefined); `file`: a path or an archive; `url`: what is fetched from an address; `unknown`: a variable.
   */
  readonly kind: 'package' | 'file' | 'url' | 'unknown';
}

/** What a command asks of a package manager; undefined where it is none, or where its sub-command cannot be told. */
export function packageCommandOf(command: ShellCommand): PackageCommand | undefined {
  const found = findProgram(command);
  return found === undefined ? undefined : readCommand(command, found);
}

/**
 * The same for a list of commands, such as those of an instruction; what is no package manager is left out. More words
 * than can be seen come from `xargs`.
 */
export function packageCommandsOf(commands: readonly ShellCommand[]): readonly PackageCommand[] {
  const found: PackageCommand[] = [];
  const fed = new Set<ShellCommand>();
  for (const command of commands) {
    const isFed = fed.has(command);
    if (command.runs !== undefined && (isFed || command.name === 'xargs')) fed.add(command.runs);
    const read = packageCommandOf(command);
    if (read !== undefined) found.push(isFed ? { ...read, isOpen: true } : read);
  }
  return found;
}

const managersIn = remembered(
  ({ commands }: Instruction): ReadonlySet<PackageManager> =>
    new Set(packageCommandsOf(commands).map(({ manager }) => manager)),
);

/** Whether an instruction calls a package manager, or this one; its commands need not be read again to tell. */
export function callsPackageManager(instruction: Instruction, manager?: PackageManager): boolean {
  const managers = managersIn(instruction);
  return manager === undefined ? managers.size > 0 : managers.has(manager);
}

/** The last option of one of these names. */
export function optionOf({ options }: PackageCommand, ...names: readonly string[]): PackageOption | undefined {
  return options.findLast(({ name }) => names.includes(name));
}

/** A call as a message names it: `apt-get install`. */
export function callOf({ program, subCommand }: PackageCommand): string {
  return subCommand === '' ? program : `${program} ${subCommand}`;
}

interface Found {
  readonly program: PackageProgram;
  readonly name: string;
  /** The index of the first word behind the name of the program. */
  readonly start: number;
}

function findProgram({ name, words }: ShellCommand): Found | undefined {
  if (name === undefined) return undefined;
  const program = packagePrograms.get(name);
  if (program !== undefined) return { program, name, start: 1 };
  if (!name.startsWith('p')) return undefined;
  if (/^pip[23]?(?:[.-][\d.]+)?$/.test(name)) return { program: pipProgram, name, start: 1 };
  if (!/^python[\d.]*$/.test(name)) return undefined;
  for (let i = 1; i < words.length; i++) {
    const text = words[i]?.text;
    if (text === '-m') {
      const isPip = words[i + 1]?.text === 'pip';
      return isPip ? { program: pipProgram, name: `${name} -m pip`, start: i + 2 } : undefined;
    }
    // A script or a module of another name comes first.
    if (text === undefined || !/^-[A-Za-ln-z]/.test(text) || text.includes('c')) return undefined;
  }
  return undefined;
}

/** A command while its words are read, one after the other. */
interface Reading {
  readonly words: readonly ShellWord[];
  readonly program: PackageProgram;
  readonly options: PackageOption[];
  readonly operands: PackageOperand[];
  /** The words of the sub-command. */
  readonly action: ShellWord[];
  subCommand: string | undefined;
  isOpen: boolean;
  /** The index of the word that is read. */
  at: number;
}

function readCommand(command: ShellCommand, { program, name, start }: Found): PackageCommand | undefined {
  const { words } = command;
  const reading: Reading = {
    words,
    program,
    options: [],
    operands: [],
    action: [],
    subCommand: undefined,
    isOpen: false,
    at: start,
  };
  let onlyOperands = false;
  for (let word = words[start]; word !== undefined; word = words[++reading.at]) {
    const known = knownStart(word);
    if (!onlyOperands && word.text === '--') onlyOperands = true;
    else if (!onlyOperands && known.startsWith('-') && known !== '-') readOption(reading, word, known);
    else if (!readOperand(reading, word, known)) return undefined;
  }
  const { options, operands, isOpen } = reading;
  const actionWord = reading.action.at(-1) ?? words[start - 1];
  const action = actionOf(reading);
  if (action === undefined || actionWord === undefined) return undefined;
  const subCommand = reading.subCommand ?? '';
  return {
    command,
    manager: program.manager,
    program: name,
    action,
    subCommand,
    actionWord,
    options,
    operands,
    isOpen,
  };
}

/** Options that are all a program is asked. */
const asking: ReadonlySet<string> = new Set(['-h', '--help', '-v', '-V', '--version']);

function actionOf({ program, subCommand, action, options, isOpen }: Reading): PackageAction | undefined {
  if (subCommand !== undefined) return program.actions.get(subCommand) ?? 'other';
  if (options.some(({ name }) => asking.has(name))) return 'other';
  // The first word of two alone says nothing, and a variable may have been the sub-command.
  return action.length > 0 || isOpen ? undefined : program.bare;
}

/** False where nothing can be told any more. */
function readOperand(reading: Reading, word: ShellWord, known: string): boolean {
  const { program, action } = reading;
  if (reading.subCommand !== undefined) {
    const kind = kindOf(word, known, program.file);
    if (kind === 'unknown') reading.isOpen = true;
    reading.operands.push({ word, kind });
    return true;
  }
  if (word.text === undefined) {
    reading.isOpen = true;
    return known === '';
  }
  action.push(word);
  if (action.length === 1 && program.groups.has(word.text)) return true;
  const subCommand = action.map(({ text }) => text).join(' ');
  // Behind a variable, this may be its value, or a package.
  if (reading.isOpen && !program.actions.has(subCommand)) return false;
  reading.subCommand = subCommand;
  return true;
}

function readOption(reading: Reading, word: ShellWord, known: string): void {
  const { program, subCommand } = reading;
  const valued = subCommand === undefined ? program.valuedBefore : program.valued;
  if (known.startsWith('--') || program.hasWordOptions) readLongOption(reading, word, known, valued);
  else readBundle(reading, word, known, valued);
}

function readLongOption(reading: Reading, word: ShellWord, known: string, { long }: ValuedOptions): void {
  const equals = known.indexOf('=');
  if (equals > 0) addWithRest(reading, known.slice(0, equals), word, equals + 1);
  else if (word.text === undefined) reading.isOpen = true;
  else if (long.has(known)) addWithNext(reading, known, word);
  else add(reading, known, word, undefined);
}

function readBundle(reading: Reading, word: ShellWord, known: string, { short }: ValuedOptions): void {
  for (let i = 1; i < known.length; i++) {
    const letter = known.charAt(i);
    const hasEquals = known[i + 1] === '=';
    if (hasEquals || short.includes(letter)) {
      const isLast = i === known.length - 1 && word.text !== undefined;
      if (isLast) addWithNext(reading, `-${letter}`, word);
      else addWithRest(reading, `-${letter}`, word, hasEquals ? i + 2 : i + 1);
      return;
    }
    add(reading, `-${letter}`, word, undefined);
  }
  if (word.text === undefined) reading.isOpen = true;
}

function addWithNext(reading: Reading, name: string, word: ShellWord): void {
  reading.at++;
  const next = reading.words[reading.at];
  add(reading, name, word, next, next?.text);
}

function addWithRest(reading: Reading, name: string, word: ShellWord, start: number): void {
  add(reading, name, word, word, word.text?.slice(start));
}

function add(
  { options, subCommand }: Reading,
  name: string,
  word: ShellWord,
  valueWord: ShellWord | undefined,
  value?: string,
): void {
  options.push({ name, word, value, valueWord, isBefore: subCommand === undefined });
}

/** The text of a word, up to the first thing in it that is expanded. */
function knownStart({ text, raw }: ShellWord): string {
  if (text !== undefined) return text;
  const end = raw.search(/[$`]/);
  return (end < 0 ? raw : raw.slice(0, end)).replace(/["'\\]/g, '');
}

function kindOf({ text }: ShellWord, known: string, file: RegExp): PackageOperand['kind'] {
  if (known === '') return text === undefined ? 'unknown' : 'package';
  if (/^(?:[a-z][a-z0-9+.-]*:\/\/|git[+@])|[ @][a-z+]+:\/\//i.test(known)) return 'url';
  if (/^(?:\.{0,2}\/|~|\.(?:$|\[))|^\.\.$/.test(known) || known.startsWith('file:')) return 'file';
  return text !== undefined && file.test(text) ? 'file' : 'package';
}
