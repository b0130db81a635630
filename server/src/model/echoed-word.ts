// What a pipe brings to a command, where echo or printf says it.
import type { ShellCommand, ShellWord } from './shell-command.js';

/** Words that are looked at. */
const mostWords = 50;

/** The text that is written out for a command to read; undefined where it cannot be told. */
export function echoedWord({ pipedFrom, redirects }: ShellCommand): ShellWord | undefined {
  const here = redirects.findLast(({ operator }) => operator.startsWith('<'));
  if (here !== undefined) return here.operator === '<<<' ? staticOf(here.target) : undefined;
  if (pipedFrom === undefined || (pipedFrom.name !== 'echo' && pipedFrom.name !== 'printf')) return undefined;
  const words = pipedFrom.words.slice(1, mostWords);
  const first = words.findIndex(({ text }) => text === undefined || !/^-[neE]+$/.test(text));
  const said = first < 0 ? [] : words.slice(first);
  // Of `printf 'root:%s' password` nobody knows in one word what it says.
  return said.length === 1 ? staticOf(said[0]) : undefined;
}

function staticOf(word: ShellWord | undefined): ShellWord | undefined {
  return word?.text === undefined ? undefined : word;
}
