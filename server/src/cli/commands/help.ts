import { type Flags, notKnown } from '../args.js';
import { baselineFlags } from '../baseline-flags.js';
import { configFlags } from '../config-flags.js';
import { lintFlags } from '../lint-flags.js';
import { lspFlags } from '../lsp-flags.js';
import { rulesFlags } from '../rules-flags.js';
import type { Command } from '../run.js';
import { UsageError } from '../usage-error.js';

export const overview = `Plimsoll finds what is unsafe in Dockerfiles, Compose files and Kubernetes manifests.

Usage: plimsoll COMMAND

  lint [PATH…]    checks files and folders; the working directory when none is named
  rules           lists all rules
  explain ID      says why a rule exists and what to do about a finding
  baseline        records today's findings, so that only new ones are told from then on
  config [FILE]   prints the settings that hold for a file, each with who says so
  init            writes a .plimsoll.yaml to set rules and registries in
  lsp --stdio     serves an editor that speaks the language server protocol
  help [COMMAND]  shows the flags of a command
  version         prints the version

Start with: plimsoll lint
`;

const exitCodes = `
Exit codes: 0 nothing at or above --fail-on; 1 something; 2 wrong usage, something that could not be read, or a fault of
Plimsoll itself.
`;

const texts: { readonly [command: string]: () => string } = {
  lint: () =>
    `Checks files and folders; the working directory when none is named.

Usage: plimsoll lint [FLAGS] [PATH…]

${flagTable(lintFlags)}${exitCodes}`,
  rules: () => `Lists all rules.\n\nUsage: plimsoll rules [FLAGS]\n\n${flagTable(rulesFlags)}`,
  explain: () => 'Prints the page of a rule.\n\nUsage: plimsoll explain ID\n',
  baseline: () =>
    `Records today's findings in a .plimsoll-baseline.json, in the working directory or where there is one above it.
From then on only new findings are told. It shrinks when findings go.

Usage: plimsoll baseline [FLAGS] [PATH…]

${flagTable(baselineFlags)}`,
  config: () =>
    `Prints the settings that hold for a file or folder (the working directory when none is named), as a config file
would say them; the comments tell where each comes from.

Usage: plimsoll config [FLAGS] [PATH]

${flagTable(configFlags)}`,
  init: () => 'Writes a commented .plimsoll.yaml into the working directory.\n\nUsage: plimsoll init\n',
  lsp: () => `Serves an editor as a language server.\n\nUsage: plimsoll lsp --stdio\n\n${flagTable(lspFlags)}`,
  help: () => overview,
  version: () => 'Prints the version.\n\nUsage: plimsoll version\n',
};

export const helpCommand: Command = (words, { stdout }) => {
  const [command] = words;
  const text = command === undefined ? texts.help : Object.hasOwn(texts, command) ? texts[command] : undefined;
  if (text === undefined) {
    throw new UsageError(`${notKnown('command', command ?? '', Object.keys(texts))} See 'plimsoll help'.`);
  }
  stdout.write(text());
  return Promise.resolve(0);
};

function flagTable(flags: Flags): string {
  const rows = Object.entries(flags).map(([name, { type, value, short, help }]) => {
    const behind = value === undefined ? '' : type === 'optional' ? `[=${value}]` : ` ${value}`;
    const spelling = `${short === undefined ? '' : `-${short}, `}--${name}${behind}`;
    return { spelling, help };
  });
  const width = Math.max(...rows.map((row) => row.spelling.length));
  return rows.map((row) => `  ${row.spelling.padEnd(width)}  ${row.help}\n`).join('');
}
