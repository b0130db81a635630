// What a configuration file says, and how it becomes the settings of a file.
import type { Place } from '../text/span.js';
import type { CentralIgnore } from './central-ignores.js';
import type { Profile, Severity } from './rule.js';
import { newestKubernetesMinor, type RuleSetting, type Settings } from './settings.js';

/** The contents of a `.plimsoll.yaml`; undefined where it says nothing. */
export interface Config {
  readonly profile?: Profile | undefined;
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly trustedRegistries?: readonly string[] | undefined;
  readonly kubernetesMinor?: number | undefined;
  /** The files that Compose gets variables from in place of `.env`, relative to the folder of the file. */
  readonly composeEnvFiles?: readonly string[] | undefined;
  /** Which stage of a Dockerfile is built, where it is not the last one. */
  readonly dockerfileTargets?: readonly DockerfileTarget[] | undefined;
  /** Patterns with the meaning of `.gitignore`, relative to the folder of the file. */
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  /** Other config files, relative to this one, that fill what this one does not say; a later one wins. */
  readonly extends: readonly Extended[];
  readonly overrides: readonly FileOverride[];
  readonly ignores: readonly CentralIgnore[];
  /** The tools whose comments and annotations do not count, each with where that is said. */
  readonly unheardTools?: ReadonlyMap<string, Place> | undefined;
  /** What is said of a run as a whole and has no effect, in sentences that say what has. */
  readonly unapplied?: readonly string[] | undefined;
  /** Where each thing is said: `profile`, `rules.privileged`. */
  readonly places: ReadonlyMap<string, Place>;
}

export interface DockerfileTarget {
  /** A pattern with the meaning of `.gitignore`. */
  readonly files: string;
  /** Its name or number. */
  readonly stage: string;
}

export interface Extended {
  /** As it is written. */
  readonly path: string;
  readonly at: Place;
}

/** Settings of rules for some of the files. */
export interface FileOverride {
  /** Patterns with the meaning of `.gitignore`. */
  readonly files: readonly string[];
  readonly rules: ReadonlyMap<string, RuleSetting>;
  /** Where each thing is said: `rules.privileged`. */
  readonly places: ReadonlyMap<string, Place>;
}

export const emptyConfig: Config = { rules: new Map(), extends: [], overrides: [], ignores: [], places: new Map() };

/**
 * A config over another one. What it says again replaces what that one says; rules are taken one by one, overrides and
 * ignores of both count.
 */
export function configOver(base: Config, config: Config): Config {
  return {
    profile: config.profile ?? base.profile,
    rules: rulesOver(base.rules, config.rules),
    trustedRegistries: config.trustedRegistries ?? base.trustedRegistries,
    kubernetesMinor: config.kubernetesMinor ?? base.kubernetesMinor,
    composeEnvFiles: config.composeEnvFiles ?? base.composeEnvFiles,
    dockerfileTargets: config.dockerfileTargets ?? base.dockerfileTargets,
    include: config.include ?? base.include,
    exclude: config.exclude ?? base.exclude,
    extends: config.extends,
    overrides: [...base.overrides, ...config.overrides],
    ignores: [...base.ignores, ...config.ignores],
    unheardTools: config.unheardTools ?? base.unheardTools,
    places: new Map([...base.places, ...config.places]),
  };
}

/** Settings of rules over others: what is said of a rule replaces the same thing said of it before. */
export function rulesOver(
  base: ReadonlyMap<string, RuleSetting>,
  over: ReadonlyMap<string, RuleSetting>,
): ReadonlyMap<string, RuleSetting> {
  if (over.size === 0) return base;
  const rules = new Map(base);
  for (const [id, { severity, options }] of over) {
    const before = base.get(id);
    rules.set(id, { severity: severity ?? before?.severity, options: { ...before?.options, ...options } });
  }
  return rules;
}

/** What the command line says. It wins over the file. */
export interface Overrides {
  readonly profile?: Profile | undefined;
  readonly severities?: ReadonlyMap<string, Severity | 'off'> | undefined;
  readonly only?: ReadonlySet<string> | undefined;
  readonly kubernetesMinor?: number | undefined;
  /** False: comments and annotations in files do not count. */
  readonly inlineIgnores?: boolean | undefined;
  /** `2026-12-31`; undefined: nothing that is written in a file has ended. */
  readonly today?: string | undefined;
}

/**
 * Registries and publishers that somebody answers for: curated images, vendors' own hosts, and this machine. Public hosts
 * where anyone can publish (Docker Hub users, ghcr.io, quay.io, gcr.io, the registries of cloud accounts) are not among
 * them.
 */
export const defaultTrustedRegistries: readonly string[] = [
  'docker.io/library',
  'docker.io/docker',
  'mcr.microsoft.com',
  'registry.k8s.io',
  'gcr.io/distroless',
  'cgr.dev/chainguard',
  'public.ecr.aws/docker/library',
  'public.ecr.aws/amazonlinux',
  'public.ecr.aws/lambda',
  'registry.access.redhat.com',
  'registry.redhat.io',
  'container-registry.oracle.com',
  'docker.elastic.co',
  'nvcr.io/nvidia',
  'quay.io/prometheus',
  'ghcr.io/distroless',
  'localhost',
  '127.0.0.1',
  '[::1]',
];

/**
 * The settings of a file; in `config` there is what counts for it, and its `overrides` are not looked at. Of its
 * `dockerfileTargets` the last one counts.
 */
export function settingsOf(config: Config, overrides: Overrides = {}): Settings {
  const said = [...(overrides.severities ?? [])].map(([id, severity]) => [id, { severity, options: {} }] as const);
  const rules = rulesOver(config.rules, new Map(said));
  return {
    profile: overrides.profile ?? config.profile ?? 'recommended',
    rules,
    trustedRegistries: config.trustedRegistries ?? defaultTrustedRegistries,
    kubernetesMinor: overrides.kubernetesMinor ?? config.kubernetesMinor ?? newestKubernetesMinor,
    only: overrides.only,
    dockerfileTarget: config.dockerfileTargets?.at(-1)?.stage,
    ignores: config.ignores,
    inlineIgnores: overrides.inlineIgnores ?? true,
    unheardTools: config.unheardTools ?? new Map(),
    today: overrides.today,
  };
}

/** The minor number of a Kubernetes version such as `1.31` or `v1.31.4`; undefined for anything else. */
export function kubernetesMinorOf(version: string): number | undefined {
  const match = /^v?1\.(\d{1,3})(?:\.\d+)?$/.exec(version.trim());
  return match === null ? undefined : Number(match[1]);
}
