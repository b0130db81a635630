// The options and operands of a command, told apart as getopt does it.
import type { ShellWord } from './shell-command.js';

export interface OptionSyntax {
  /** The letters whose value follows, in the same word or in the next one. */
  readonly valuedLetters: string;
  /** The long options, without dashes, whose value is the next word where no `=` is. */
  readonly valuedNames: ReadonlySet<string>;
}

export interface CommandOption {
  /** A letter, or a long name without its dashes. */
  readonly name: string;
  /** Undefined where it has none, or where an expansion decides. */
  readonly value: string | undefined;
  /** The word that holds the value, else the option. */
  readonly word: ShellWord;
}

export interface CommandLine {
  readonly options: readonly CommandOption[];
  readonly operands: readonly ShellWord[];
  /** Whether an expansion may bring options that nobody can see here. */
  readonly isOpen: boolean;
}

/** Reads the words of a command, its name left out. */
export function readCommandLine(words: readonly ShellWord[], syntax: OptionSyntax): CommandLine {
  const options: CommandOption[] = [];
  const operands: ShellWord[] = [];
  let isOpen = false;
  for (let index = 1; index < words.length; index++) {
    const word = words[index];
    if (word === undefined) break;
    const { text } = word;
    if (text === '--') {
      operands.push(...words.slice(index + 1));
      break;
    }
    const written = text ?? writtenOption(word);
    if (written === undefined || !/^-./.test(written)) {
      if (mayBeOption(word)) isOpen = true;
      operands.push(word);
      continue;
    }
    const next = words[index + 1];
    const takesNext = written.startsWith('--')
      ? addLong(options, word, written, next, syntax)
      : addShort(options, word, written, next, syntax);
    if (takesNext) index++;
  }
  return { options, operands, isOpen };
}

/** Whether a word that an expansion begins could turn out to be an option. */
function mayBeOption({ text, raw }: ShellWord): boolean {
  return text === undefined && /^"?[$`-]/.test(raw);
}

/** The value of the first of some options; undefined where none of them is there. */
export function optionOf({ options }: CommandLine, ...names: readonly string[]): CommandOption | undefined {
  return options.find(({ name }) => names.includes(name));
}

/** An option whose name can be read, though its value cannot: `--uid=$ID`. */
function writtenOption({ raw }: ShellWord): string | undefined {
  const match = /^"?(--?\w[\w-]*=?)/.exec(raw);
  return match?.[1];
}

function addLong(
  options: CommandOption[],
  word: ShellWord,
  written: string,
  next: ShellWord | undefined,
  { valuedNames }: OptionSyntax,
): boolean {
  const equals = written.indexOf('=');
  if (equals >= 0) {
    options.push({
      name: written.slice(2, equals),
      value: word.text === undefined ? undefined : written.slice(equals + 1),
      word,
    });
    return false;
  }
  const name = written.slice(2);
  const isValued = valuedNames.has(name);
  options.push({ name, value: isValued ? next?.text : undefined, word: (isValued ? next : undefined) ?? word });
  return isValued;
}

function addShort(
  options: CommandOption[],
  word: ShellWord,
  written: string,
  next: ShellWord | undefined,
  { valuedLetters }: OptionSyntax,
): boolean {
  for (let at = 1; at < written.length; at++) {
    const name = written[at] ?? '';
    if (!valuedLetters.includes(name)) {
      options.push({ name, value: undefined, word });
      continue;
    }
    // What an expansion brings stands behind what can be read.
    const isLast = at === written.length - 1 && word.text !== undefined;
    const value = isLast ? next?.text : word.text?.slice(at + 1);
    options.push({ name, value, word: (isLast ? next : undefined) ?? word });
    return isLast;
  }
  return false;
}
