// What decides which rules run on a file, and how loud they are.
import type { FileKind } from '../model/format.js';
import type { Place } from '../text/span.js';
import type { CentralIgnore } from './central-ignores.js';
import { type OptionValue, type Profile, type Rule, type Severity, severityOf } from './rule.js';

/** From the smallest to the one that contains all. */
export const profiles: readonly Profile[] = ['recommended', 'strict', 'all'];
/** What may be said of a rule, from the quietest to the loudest. */
export const severities: readonly (Severity | 'off')[] = ['off', 'hint', 'info', 'warning', 'error'];

export const loudness: { readonly [severity in Severity]: number } = { error: 3, warning: 2, info: 1, hint: 0 };

export interface RuleSetting {
  /** Undefined: the severity of the rule. */
  readonly severity: Severity | 'off' | undefined;
  readonly options: { readonly [name: string]: OptionValue };
}

/** The settings of one file: what a config file, the command line or the editor said, over the defaults. */
export interface Settings {
  readonly profile: Profile;
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly trustedRegistries: readonly string[];
  readonly kubernetesMinor: number;
  /** The name or number of the stage that is built of a Dockerfile; undefined: the last one. */
  readonly dockerfileTarget: string | undefined;
  /** Only these rules run, whatever else is said; undefined: no such limit. */
  readonly only: ReadonlySet<string> | undefined;
  /** What the config file silences in this file. */
  readonly ignores: readonly CentralIgnore[];
  /** Whether comments and annotations in the file count. */
  readonly inlineIgnores: boolean;
  /** Other tools whose comments and annotations do not count all the same, each with where that is said. */
  readonly unheardTools: ReadonlyMap<string, Place>;
  /** `2026-12-31`; undefined: nothing that is written in the file has ended. */
  readonly today: string | undefined;
}

/** The newest Kubernetes minor that the rules know; the default target. */
export const newestKubernetesMinor = 37;

const rank: { readonly [profile in Profile]: number } = { recommended: 0, strict: 1, all: 2 };

/**
 * The severity that was set for a rule, `off` where it does not run. `default`: it runs at its own severity.
 * A severity set by name switches on a rule that the profile leaves out.
 */
export function activation(rule: Rule, settings: Settings, kind: FileKind): Severity | 'off' | 'default' {
  const { id, profile, formats } = rule.meta;
  if (!formats.includes(kind)) return 'off';
  if (settings.only !== undefined && !settings.only.has(id)) return 'off';
  const severity = settings.rules.get(id)?.severity;
  if (severity !== undefined) return severity;
  if (settings.only !== undefined) return 'default';
  return rank[profile] <= rank[settings.profile] ? 'default' : 'off';
}

/** The severity of a finding: what the user set, else what the rule chose for it, else that of the rule. */
export function effectiveSeverity(
  rule: Rule,
  set: Severity | 'default',
  chosen: Severity | undefined,
  kind: FileKind,
): Severity {
  return set !== 'default' ? set : (chosen ?? severityOf(rule.meta, kind));
}
