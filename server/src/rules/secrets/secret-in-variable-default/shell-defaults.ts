// The defaults of variables in the words of a shell command: `${NAME:-text}`, `${NAME:=text}`.
import type { ShellCommand, ShellWord } from '../../../model/shell-command.js';
import type { Place } from '../../../text/span.js';

export interface WrittenDefault {
  readonly name: string;
  /** The variables whose value it is a part of. */
  readonly alsoCalled: readonly string[];
  readonly text: string;
  readonly at: Place;
}

/** Words of one command that are looked at, and characters of a word. */
const mostWords = 500;
const longestWord = 5000;

const withDefault = /\$\{([A-Za-z_]\w{0,100}):?[-=]([^${}"'`\\]{1,400})\}/g;

/** All of a command, but for those in a script that it runs. */
export function defaultsIn({ words, assignments, script }: ShellCommand): readonly WrittenDefault[] {
  return [
    ...assignments.flatMap(({ name, value }) => (value === undefined ? [] : defaultsOf(value, [name]))),
    ...(script === undefined ? words.slice(0, mostWords).flatMap((word) => defaultsOf(word, namesOf(word))) : []),
  ];
}

/** `export NAME=…`, `--name=…`. */
function namesOf({ raw }: ShellWord): readonly string[] {
  const name = /^(?:--)?([A-Za-z_][\w-]{0,100})=/.exec(raw)?.[1];
  return name === undefined ? [] : [name];
}

function defaultsOf({ raw, at: word }: ShellWord, alsoCalled: readonly string[]): readonly WrittenDefault[] {
  if (raw.length > longestWord || !raw.includes('${')) return [];
  const isOneToOne = word.span.end - word.span.start === raw.length;
  return [...raw.matchAll(withDefault)].map(({ 0: match, 1: name = '', 2: text = '', index }) => {
    const end = word.span.start + index + match.length - 1;
    const at = isOneToOne ? { file: word.file, span: { start: end - text.length, end } } : word;
    return { name, alsoCalled, text, at };
  });
}
