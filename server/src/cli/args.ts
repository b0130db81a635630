// Reads the words after a command, with a clear answer to each that is not understood.
import { parseArgs } from 'node:util';
import { closest } from '../text/closest.js';
import { UsageError } from './usage-error.js';

export interface Flag {
  /** `optional`: its value, if any, stands behind an equals sign. */
  readonly type: 'string' | 'boolean' | 'optional';
  /** Stands for what belongs there in the help: `FILE`. */
  readonly value?: string;
  readonly help: string;
  readonly short?: string;
}

export type Flags = { readonly [name: string]: Flag };

export interface Arguments {
  readonly positionals: readonly string[];
  /** Every value of a flag, in order; a switch has the value ''. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** @throws UsageError for a flag that is not there, lacks its value or has one too many. */
export function readArguments(command: string, flags: Flags, words: readonly string[]): Arguments {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { type: wanted, short }]) => {
      const type = wanted === 'string' ? ('string' as const) : ('boolean' as const);
      return [name, short === undefined ? { type } : { type, short }];
    }),
  );
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true });
  const positionals: string[] = [];
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (flag === undefined) throw unknownFlag(command, rawName, name, Object.keys(flags));
    if (flag.type === 'boolean' && value !== undefined) throw new UsageError(`'${rawName}' takes no value.`);
    if (
      flag.type === 'string' &&
      (value === undefined || value === '' || (!token.inlineValue && value.startsWith('-')))
    ) {
      throw new UsageError(`'${rawName}' needs a value: ${rawName} ${flag.value ?? 'VALUE'}.`);
    }
    if (flag.type === 'optional' && value === '') {
      throw new UsageError(`'${rawName}=' lacks its value: ${rawName}[=${flag.value ?? 'VALUE'}].`);
    }
    values.set(name, [...(values.get(name) ?? []), value ?? '']);
  }
  return { positionals, values };
}

/** The last value of a flag. */
export function lastValue({ values }: Arguments, name: string): string | undefined {
  return values.get(name)?.at(-1);
}

/**
 * The last value of a flag that takes one of a few words.
 * @throws UsageError for any other word.
 */
export function choice<T extends string>(args: Arguments, name: string, words: readonly T[]): T | undefined {
  const value = lastValue(args, name);
  if (value === undefined) return undefined;
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) {
    const meant = closest(value, words);
    const question = meant === undefined ? '' : ` Did you mean '${meant}'?`;
    throw new UsageError(`'--${name}' does not take '${value}'.${question} It takes ${words.join(', ')}.`);
  }
  return word;
}

/** "There is no rule 'privilegd'. Did you mean 'privileged'?" */
export function notKnown(noun: string, word: string, known: Iterable<string>): string {
  const meant = closest(word, known);
  return `There is no ${noun} '${word}'.${meant === undefined ? '' : ` Did you mean '${meant}'?`}`;
}

function unknownFlag(command: string, rawName: string, name: string, known: readonly string[]): UsageError {
  const meant = closest(name, known);
  const question = meant === undefined ? `See 'plimsoll ${command} --help'.` : `Did you mean '--${meant}'?`;
  return new UsageError(`'plimsoll ${command}' has no flag '${rawName}'. ${question}`);
}
