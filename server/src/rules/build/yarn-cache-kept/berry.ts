// Which yarn it is. Yarn 2 and later, called Berry, may run the program from its cache: there it must not be emptied.
import { inForce } from '../../../model/dockerfile/configured-before.js';
import type { Instruction } from '../../../model/dockerfile/instruction.js';
import { optionOf, type PackageCommand, packageCommandOf } from '../../../model/dockerfile/package-manager.js';
import type { Stage } from '../../../model/dockerfile/stage.js';
import type { ShellCommand } from '../../../model/shell-command.js';

const files = /(?:^|\/)\.(?:yarnrc\.yml$|yarn(?:\/|$)|pnp\.)/;
const variables = /^YARN_(?:ENABLE_|NODE_LINKER|GLOBAL_FOLDER|NM_|PNP_)/;
const subCommands: ReadonlySet<string> = new Set([
  'set version',
  'set resolution',
  'plugin import',
  'workspaces focus',
  'workspaces foreach',
  'dlx',
]);
const newOptions = ['--immutable', '--immutable-cache', '--check-cache', '--inline-builds', '--mode'];
/** Those of yarn 1 that Berry refuses. */
const oldOptions = [
  '--production',
  '--prod',
  '--pure-lockfile',
  '--non-interactive',
  '--ignore-engines',
  '--network-timeout',
  '--ignore-optional',
  '--ignore-scripts',
];

/** Whether a call is one of yarn 1 for certain. */
export function isClassic(call: PackageCommand): boolean {
  return call.subCommand === 'global add' || optionOf(call, ...oldOptions) !== undefined;
}

/** Tells of the instructions of a stage whether yarn may be Berry there, by what is copied, set or run no later. */
export function berryIn(stage: Stage): (instruction: Instruction) => boolean {
  return inForce(stage, speaksOfBerry);
}

function speaksOfBerry(instruction: Instruction): boolean {
  const { keyword, assignments } = instruction;
  if (keyword === 'ENV' || keyword === 'ARG') return assignments.some(({ name }) => variables.test(name));
  if (keyword === 'RUN') return instruction.commands.some(isForBerry);
  if (keyword !== 'COPY' && keyword !== 'ADD') return false;
  return instruction.arguments.some((word) => word.kind === 'known' && files.test(word.value));
}

function isForBerry(command: ShellCommand): boolean {
  const { name, words } = command;
  // Which version it brings, package.json says.
  if (name === 'corepack') return !words.some(({ text }) => text?.startsWith('yarn@1') || text?.startsWith('pnpm'));
  if (name !== 'yarn') return false;
  const call = packageCommandOf(command);
  return call !== undefined && (subCommands.has(call.subCommand) || optionOf(call, ...newOptions) !== undefined);
}
