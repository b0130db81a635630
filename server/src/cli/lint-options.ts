// What the flags of `plimsoll lint` ask for.
import { resolve } from 'node:path';
import { withSlashes } from '../disk/disk-files.js';
import { kubernetesMinorOf, type Overrides } from '../engine/config.js';
import type { Rule, Severity } from '../engine/rule.js';
import { profiles, severities } from '../engine/settings.js';
import type { ConfigChoice } from '../service/configuration.js';
import { type Arguments, choice, lastValue, notKnown, readArguments } from './args.js';
import type { Io } from './io.js';
import { lintFlags } from './lint-flags.js';
import { UsageError } from './usage-error.js';

export type Format = 'text' | 'json' | 'sarif' | 'github';

export interface LintOptions {
  /** Absolute; the working directory where none is named. */
  readonly paths: readonly string[];
  readonly format: Format;
  readonly failOn: 'error' | 'warning' | 'info' | 'never';
  readonly fix: boolean;
  /** Absolute; undefined when nothing comes from standard input. */
  readonly stdinPath: string | undefined;
  readonly showSuppressed: boolean;
  readonly quiet: boolean;
  readonly colour: boolean | undefined;
  readonly config: ConfigChoice;
  readonly overrides: Overrides;
}

const formats: readonly Format[] = ['text', 'json', 'sarif', 'github'];
const thresholds: readonly LintOptions['failOn'][] = ['error', 'warning', 'info', 'never'];

/** @throws UsageError for anything that is not understood. */
export function readLintOptions(words: readonly string[], io: Io, rules: readonly Rule[]): LintOptions {
  const args = readArguments('lint', lintFlags, words);
  const { positionals, values } = args;
  const absolute = (path: string) => withSlashes(resolve(io.cwd, path));
  const stdinName = lastValue(args, 'stdin-filename');
  if (positionals.includes('-')) {
    throw new UsageError("To lint standard input, say what file it stands for: '--stdin-filename NAME'.");
  }
  if (stdinName !== undefined && positionals.length > 0) {
    throw new UsageError("With '--stdin-filename' the text comes from standard input: name no other path.");
  }
  if (positionals.includes('')) throw new UsageError('A path is empty.');
  return {
    paths: positionals.length === 0 ? [io.cwd] : positionals.map(absolute),
    format: choice(args, 'format', formats) ?? 'text',
    failOn: choice(args, 'fail-on', thresholds) ?? 'error',
    fix: values.has('fix'),
    stdinPath: stdinName === undefined ? undefined : absolute(stdinName),
    showSuppressed: values.has('show-suppressed'),
    quiet: values.has('quiet'),
    colour: values.has('no-color') ? false : values.has('color') ? true : undefined,
    config: configChoice(args, absolute),
    overrides: overridesOf(args, new Set(rules.map((rule) => rule.meta.id))),
  };
}

function configChoice(args: Arguments, absolute: (path: string) => string): ConfigChoice {
  const file = lastValue(args, 'config');
  const none = args.values.has('no-config');
  if (file !== undefined && none) throw new UsageError("'--config' and '--no-config' exclude each other.");
  if (file !== undefined) return { from: 'file', path: absolute(file) };
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
