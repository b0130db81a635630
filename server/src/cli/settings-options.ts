// What the flags say that decide about settings; several commands have them.
import { kubernetesMinorOf, type Overrides } from '../engine/config.js';
import type { Rule, Severity } from '../engine/rule.js';
import { profiles, severities } from '../engine/settings.js';
import type { FileChoice } from '../service/file-choice.js';
import { type Arguments, choice, type Flags, lastValue, notKnown } from './args.js';
import type { Io } from './io.js';
import { absolutePath } from './local-paths.js';
import { relativeTo } from './report.js';
import { UsageError } from './usage-error.js';

export const settingsFlags: Flags = {
  profile: { type: 'string', value: 'recommended|strict|all', help: 'which rules run' },
  rule: {
    type: 'string',
    value: 'ID=SEVERITY',
    help: 'off, hint, info, warning or error for one rule; may be repeated',
  },
  only: { type: 'string', value: 'ID,…', help: 'only these rules run' },
  config: { type: 'string', value: 'FILE', help: 'takes this config file, not the nearest .plimsoll.yaml' },
  'no-config': { type: 'boolean', help: 'reads no config file' },
  'kubernetes-version': { type: 'string', value: '1.N', help: 'the version that manifests are judged for' },
};

/** For the commands that look for findings. */
export const inlineIgnoresFlags: Flags = {
  'no-inline-ignores': { type: 'boolean', help: 'ignore comments and annotations in files do not count' },
};

export interface AskedSettings {
  readonly config: FileChoice;
  readonly overrides: Overrides;
}

/** @throws UsageError for anything that is not understood. */
export function readSettings(args: Arguments, io: Io, rules: readonly Rule[]): AskedSettings {
  return {
    config: fileChoice(args, 'config', io),
    overrides: overridesOf(args, new Set(rules.map((rule) => rule.meta.id))),
  };
}

/** @throws UsageError where the config file that was named is not there. */
export async function requireConfig({ config }: AskedSettings, { cwd, files }: Io): Promise<void> {
  if (config.from !== 'file' || (await files.stat(config.path)) === 'file') return;
  throw new UsageError(`There is no config file '${relativeTo(cwd, config.path)}'.`);
}

/**
 * What `--NAME FILE` and `--no-NAME` ask for.
 * @throws UsageError where both are there.
 */
export function fileChoice(args: Arguments, name: 'config' | 'baseline', { cwd }: Io): FileChoice {
  const file = lastValue(args, name);
  const none = args.values.has(`no-${name}`);
  if (file !== undefined && none) throw new UsageError(`'--${name}' and '--no-${name}' exclude each other.`);
  if (file !== undefined) return { from: 'file', path: absolutePath(cwd, file) };
  return { from: none ? 'none' : 'nearest' };
}

function overridesOf(args: Arguments, known: ReadonlySet<string>): Overrides {
  const version = lastValue(args, 'kubernetes-version');
  const kubernetesMinor = version === undefined ? undefined : kubernetesMinorOf(version);
  if (version !== undefined && kubernetesMinor === undefined) {
    throw new UsageError(`'${version}' is no Kubernetes version: it looks like 1.31 or v1.31.`);
  }
  const only = args.values.get('only')?.flatMap((list) => list.split(',').map((id) => id.trim()));
  for (const id of only ?? []) if (!known.has(id)) throw new UsageError(notKnown('rule', id, known));
  return {
    profile: choice(args, 'profile', profiles),
    severities: new Map((args.values.get('rule') ?? []).map((setting) => severityOf(setting, known))),
    only: only === undefined ? undefined : new Set(only),
    kubernetesMinor,
    inlineIgnores: args.values.has('no-inline-ignores') ? false : undefined,
  };
}

function severityOf(setting: string, known: ReadonlySet<string>): readonly [id: string, severity: Severity | 'off'] {
  const equals = setting.indexOf('=');
  if (equals < 0) throw new UsageError(`'--rule ${setting}' lacks a severity: --rule ID=SEVERITY.`);
  const id = setting.slice(0, equals);
  const word = setting.slice(equals + 1);
  if (!known.has(id)) throw new UsageError(notKnown('rule', id, known));
  const severity = severities.find((candidate) => candidate === word);
  if (severity === undefined) {
    throw new UsageError(`${notKnown('severity', word, severities)} It is one of ${severities.join(', ')}.`);
  }
  return [id, severity];
}
