// What a permission change does: the modes of chmod, `install -m`, `mkdir -m` and the flag `--chmod` of COPY and ADD.
import type { Place } from '../text/span.js';
import { restOfWord, type ShellCommand, type ShellWord } from './shell-command.js';

/** What a mode gives; what it takes away, or leaves as it is, is not among it. */
export interface FileMode {
  /** Everybody may write. */
  readonly otherWrite: boolean;
  readonly setuid: boolean;
  readonly setgid: boolean;
  /** In a directory, nobody can take away what belongs to another user. */
  readonly sticky: boolean;
}

/** One change of a mode by a command. */
export interface ModeChange {
  readonly mode: FileMode;
  /** The mode as it is written, without quotes. */
  readonly text: string;
  readonly at: Place;
  /** Whether what is changed is made by the same command, and is a directory. */
  readonly makesDirectory: boolean;
  /** What is changed, as far as the command says; undefined for a path that it takes from elsewhere. */
  readonly paths: readonly (string | undefined)[];
}

/** A longer mode is none. */
const longestMode = 100;
/** Words of one command that are looked at. */
const mostWords = 1000;

/** Reads an octal or a symbolic mode; undefined for a text that is none. */
export function parseFileMode(text: string): FileMode | undefined {
  if (text === '' || text.length > longestMode) return undefined;
  return /^[-+=]?[0-7]{1,5}$/.test(text) ? octalMode(text) : symbolicMode(text);
}

function octalMode(text: string): FileMode {
  const bits = text.startsWith('-') ? 0 : Number.parseInt(text.replace(/^[+=]/, ''), 8);
  const has = (bit: number): boolean => Math.floor(bits / bit) % 2 === 1;
  return { otherWrite: has(0o2), setuid: has(0o4000), setgid: has(0o2000), sticky: has(0o1000) };
}

/** Who, and then one or more changes: `u+rwX`, `go-w`, `a+x-w`, `g=u`. */
const clause = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/;
const action = /([-+=])([rwxXstugo]*)/g;

function symbolicMode(text: string): FileMode | undefined {
  const mode = { otherWrite: false, setuid: false, setgid: false, sticky: false };
  for (const part of text.split(',')) {
    const [, who = '', actions = ''] = clause.exec(part) ?? [];
    if (actions === '') return undefined;
    const concerns = (letter: string): boolean => who === '' || who.includes(letter) || who.includes('a');
    for (const [, operator = '', letters = ''] of actions.matchAll(action)) {
      const change = (key: keyof FileMode, letter: string, isMeant: boolean): void => {
        if (!isMeant) return;
        if (letters.includes(letter)) mode[key] = operator !== '-';
        else if (operator === '=') mode[key] = false;
      };
      // Without a who, the umask keeps the others from writing.
      change('otherWrite', 'w', who !== '' && concerns('o'));
      change('setuid', 's', concerns('u'));
      change('setgid', 's', concerns('g'));
      change('sticky', 't', who === '' || who.includes('a') || who.includes('o'));
    }
  }
  return mode;
}

/** The changes of mode that a command makes, those of `find … -exec chmod` among them. */
export function modeChangesOf({ name, words }: ShellCommand): readonly ModeChange[] {
  switch (name) {
    case 'chmod':
      return listed(ofChmod(words.slice(1, mostWords)));
    case 'install':
      return listed(ofOption(words.slice(1, mostWords), 'gmotS', 'd'));
    case 'mkdir':
      return listed(ofOption(words.slice(1, mostWords), 'm', undefined));
    case 'find':
      return ofFind(words.slice(0, mostWords));
    default:
      return [];
  }
}

function listed(change: ModeChange | undefined): readonly ModeChange[] {
  return change === undefined ? [] : [change];
}

function ofChmod(words: readonly ShellWord[]): ModeChange | undefined {
  let mode: ShellWord | undefined;
  const paths: ShellWord[] = [];
  let options = true;
  for (const word of words) {
    if (options && word.text === '--') options = false;
    else if (options && isChmodOption(word.text)) {
      if (word.text?.startsWith('--reference') === true) return undefined;
    } else if (mode === undefined) mode = word;
    else paths.push(word);
  }
  return mode && changed(mode, 0, paths, false);
}

/** `-w` and `-x` are modes. */
function isChmodOption(text: string | undefined): boolean {
  return text !== undefined && (/^-[Rvcfhn]+$/.test(text) || /^--[a-z]/.test(text));
}

/**
 * A mode in an option: `-m 755`, `-Dm755`, `--mode=755`. `valued`: the letters of options that take a value;
 * `directory`: the letter with which directories are made, undefined where that is all that is made.
 */
function ofOption(words: readonly ShellWord[], valued: string, directory: string | undefined): ModeChange | undefined {
  let mode: { readonly word: ShellWord; readonly start: number } | undefined;
  let makesDirectory = directory === undefined;
  const paths: ShellWord[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    const { text } = word ?? {};
    if (word === undefined) break;
    const option = text === undefined ? undefined : readOption(text, valued);
    if (option === undefined) paths.push(word);
    else {
      makesDirectory ||= directory !== undefined && option.switches.includes(directory);
      const next = option.takesNext ? words[++index] : undefined;
      if (option.valued !== 'm') continue;
      mode = option.takesNext ? next && { word: next, start: 0 } : { word, start: option.valueStart };
    }
  }
  return mode && changed(mode.word, mode.start, makesDirectory ? paths : paths.slice(-1), makesDirectory);
}

interface Option {
  /** The letters in front of the one that takes a value. */
  readonly switches: string;
  /** The letter of the option that takes a value. */
  readonly valued: string | undefined;
  readonly takesNext: boolean;
  readonly valueStart: number;
}

function readOption(text: string, valued: string): Option | undefined {
  if (text.startsWith('--')) {
    const [, name = '', equals] = /^--([a-z-]+)(=)?/.exec(text) ?? [];
    const isMode = name === 'mode';
    const takesNext = equals === undefined && (isMode || /^(?:group|owner|suffix|target-directory)$/.test(name));
    const switches = name === 'directory' ? 'd' : '';
    return { switches, valued: isMode ? 'm' : undefined, takesNext, valueStart: name.length + 3 };
  }
  if (!/^-[A-Za-z]/.test(text)) return undefined;
  let at = 1;
  while (at < text.length && !valued.includes(text.charAt(at))) at++;
  const isSwitchOnly = at === text.length;
  return {
    switches: text.slice(1, at),
    valued: isSwitchOnly ? undefined : text[at],
    takesNext: at === text.length - 1,
    valueStart: at + 1,
  };
}

/** `find … -exec chmod 755 {} +`, as often as it is there. */
function ofFind(words: readonly ShellWord[]): readonly ModeChange[] {
  const changes: ModeChange[] = [];
  for (let index = 1; index < words.length; index++) {
    if (words[index]?.text !== 'chmod' || !/^-(?:exec|execdir|ok|okdir)$/.test(words[index - 1]?.text ?? '')) continue;
    const rest = words.slice(index + 1);
    const end = rest.findIndex(({ text }) => text === ';' || text === '+');
    const change = ofChmod(end < 0 ? rest : rest.slice(0, end));
    if (change !== undefined) changes.push({ ...change, paths: [] });
  }
  return changes;
}

function changed(
  word: ShellWord,
  start: number,
  paths: readonly ShellWord[],
  makesDirectory: boolean,
): ModeChange | undefined {
  const text = word.text?.slice(start);
  const mode = text === undefined ? undefined : parseFileMode(text);
  if (text === undefined || mode === undefined) return undefined;
  return { mode, text, at: restOfWord(word, start), makesDirectory, paths: paths.map((path) => path.text) };
}
