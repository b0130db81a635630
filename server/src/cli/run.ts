// Finds the command and runs it. Everything that a command needs is loaded when it is known which one it is.
import { notKnown } from './args.js';
import type { Io } from './io.js';
import { isUsageError, UsageError } from './usage-error.js';

export type ExitCode = 0 | 1 | 2;

/** A command gets the words behind its name. It throws a UsageError for those that it does not understand. */
export type Command = (words: readonly string[], io: Io) => Promise<ExitCode>;

const commands: { readonly [name: string]: () => Promise<Command> } = {
  lint: async () => (await import('./commands/lint.js')).lintCommand,
  rules: async () => (await import('./commands/rules.js')).rulesCommand,
  explain: async () => (await import('./commands/explain.js')).explainCommand,
  baseline: async () => (await import('./commands/baseline.js')).baselineCommand,
  config: async () => (await import('./commands/config.js')).configCommand,
  init: async () => (await import('./commands/init.js')).initCommand,
  lsp: async () => (await import('./commands/lsp.js')).lspCommand,
  help: async () => (await import('./commands/help.js')).helpCommand,
  version: async () => (await import('./commands/version.js')).versionCommand,
};

const aliases: { readonly [word: string]: string } = {
  '--help': 'help',
  '-h': 'help',
  '--version': 'version',
  '-v': 'version',
};

/** Runs `plimsoll` with the words behind its own name. Never rejects: what goes wrong is told on `stderr`. */
export async function run(words: readonly string[], io: Io): Promise<ExitCode> {
  try {
    const [first, ...rest] = words;
    if (first === undefined) {
      const { overview } = await import('./commands/help.js');
      io.stderr.write(overview);
      return 2;
    }
    const name = Object.hasOwn(aliases, first) ? (aliases[first] ?? first) : first;
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (load === undefined) throw await unknownCommand(first, io);
    if (rest.includes('--help') || rest.includes('-h')) {
      return await (await import('./commands/help.js')).helpCommand([name], io);
    }
    return await (await load())(rest, io);
  } catch (error) {
    if (isUsageError(error)) {
      const { visible } = await import('./visible.js');
      io.stderr.write(`plimsoll: ${visible(error.message)}\n`);
    } else {
      const report = error instanceof Error ? error.stack : String(error);
      const { visible } = await import('./visible.js');
      // It may hold a path or a piece of a file.
      const lines = (report ?? '').split('\n').map(visible).join('\n');
      io.stderr.write(`plimsoll: this is a fault of Plimsoll itself, nothing is known about the files.\n${lines}\n`);
    }
    return 2;
  }
}

async function unknownCommand(word: string, { cwd, files }: Io): Promise<UsageError> {
  if (word.startsWith('-')) return new UsageError(`There is no flag '${word}' without a command. See 'plimsoll help'.`);
  const { resolve } = await import('node:path');
  const isPath = (await files.stat(resolve(cwd, word))) !== undefined;
  const hint = isPath ? `To lint it: plimsoll lint ${word}` : "See 'plimsoll help'.";
  return new UsageError(`${notKnown('command', word, Object.keys(commands))} ${hint}`);
}
