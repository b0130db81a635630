import type { Fix } from '../model/change.js';
import type { Place } from '../text/span.js';
import type { CentralIgnore } from './central-ignores.js';
import type { Confidence, RelatedPlace, Severity } from './rule.js';

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  /** The check of another tool that speaks, where a rule passes on what that says: `SC2086`. */
  readonly check?: string;
  readonly at: Place;
  readonly related: readonly RelatedPlace[];
  readonly standards: readonly string[];
  /** Intents; a language room turns them into edits when somebody asks. The first one is the preferred one. */
  readonly fixes: readonly Fix[];
  /** What is marked is a secret. */
  readonly secret?: true;
  readonly suppressed: Suppressed | undefined;
}

/** Why a finding is not shown. */
export interface Suppressed {
  /** `annotation`: one of the Kubernetes object. `config`: the list `ignores` of a config file. */
  readonly by: 'comment' | 'annotation' | 'config' | 'baseline';
  /** The other tool that the comment or annotation was written for: `hadolint`. */
  readonly tool?: string;
  /** The check of that tool as the comment or annotation writes it: `DL3007`. Not there where it means all of them. */
  readonly check?: string;
  readonly reason: string;
  /** Which one of the config file it is. */
  readonly ignore?: CentralIgnore;
}

/** A rule that threw. The others went on. */
export interface RuleFailure {
  readonly rule: string;
  readonly error: unknown;
}
