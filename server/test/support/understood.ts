// Whether the command understands words that a guide or an example shows.
import { type Flags, readArguments } from '../../src/cli/args.js';
import { baselineFlags } from '../../src/cli/baseline-flags.js';
import { configFlags } from '../../src/cli/config-flags.js';
import type { Io } from '../../src/cli/io.js';
import { type LintOptions, readLintOptions } from '../../src/cli/lint-options.js';
import { lspFlags } from '../../src/cli/lsp-flags.js';
import { nodeFiles } from '../../src/cli/node-files.js';
import { rulesFlags } from '../../src/cli/rules-flags.js';
import { allRules } from '../../src/rules/all.js';

const silent = { write: () => {}, isTerminal: false, columns: undefined };

/** In a repository at `/repository`. */
const io: Io = {
  cwd: '/repository',
  env: {},
  version: '0.1.0',
  stdout: silent,
  stderr: silent,
  files: nodeFiles,
  git: () => Promise.resolve({ code: undefined, stdout: '' }),
  shellChecker: () => Promise.reject(new Error('Nobody asks for it.')),
  stdin: () => Promise.resolve(new Uint8Array()),
  now: () => 0,
  today: () => '2026-06-15',
};

/**
 * What `plimsoll lint` is asked for by these words behind its name.
 * @throws UsageError for what it does not understand.
 */
export function lintOptions(words: readonly string[]): LintOptions {
  return readLintOptions(words, io, allRules);
}

const others: { readonly [command: string]: Flags } = {
  baseline: baselineFlags,
  config: configFlags,
  explain: {},
  help: {},
  init: {},
  lsp: lspFlags,
  rules: rulesFlags,
};

/** @throws Error for words behind `plimsoll` that it does not understand. */
export function understand([command = '', ...words]: readonly string[]): void {
  if (command === 'lint') {
    lintOptions(words);
    return;
  }
  const flags = Object.hasOwn(others, command) ? others[command] : undefined;
  if (flags === undefined) throw new Error(`There is no command '${command}'.`);
  readArguments(command, flags, words);
}

/** The words behind `plimsoll` of each line that begins with it, also after a prompt or the dash of a list. */
export function commandsIn(text: string): readonly (readonly string[])[] {
  return text.split('\n').flatMap((line) => {
    const [, rest] = /^\s*(?:\$ |- |entry: )?plimsoll ([^#>|]*)/.exec(line) ?? [];
    if (rest === undefined) return [];
    return [[...rest.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '')];
  });
}
