// What a configuration file says, and how it becomes the settings of a file.
import type { Profile, Severity } from './rule.js';
import { newestKubernetesMinor, type RuleSetting, type Settings } from './settings.js';

/** The contents of a `.plimsoll.yaml`; undefined where it says nothing. */
export interface Config {
  readonly profile?: Profile | undefined;
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly trustedRegistries?: readonly string[] | undefined;
  readonly kubernetesMinor?: number | undefined;
  /** Patterns with the meaning of `.gitignore`, relative to the folder of the file. */
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

export const emptyConfig: Config = { rules: new Map() };

/** A config with what it leaves unsaid taken from another one; rules are taken one by one, patterns of files not at all. */
export function filledFrom(config: Config, fallback: Config): Config {
  return {
    ...config,
    profile: config.profile ?? fallback.profile,
    rules: new Map([...fallback.rules, ...config.rules]),
    trustedRegistries: config.trustedRegistries ?? fallback.trustedRegistries,
    kubernetesMinor: config.kubernetesMinor ?? fallback.kubernetesMinor,
  };
}

/** What the command line says. It wins over the file. */
export interface Overrides {
  readonly profile?: Profile | undefined;
  readonly severities?: ReadonlyMap<string, Severity | 'off'> | undefined;
  readonly only?: ReadonlySet<string> | undefined;
  readonly kubernetesMinor?: number | undefined;
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

/** The settings of the files that a config file speaks for. */
export function settingsOf(config: Config, overrides: Overrides = {}): Settings {
  const rules = new Map(config.rules);
  for (const [id, severity] of overrides.severities ?? [])
    rules.set(id, { severity, options: rules.get(id)?.options ?? {} });
  return {
    profile: overrides.profile ?? config.profile ?? 'recommended',
    rules,
    trustedRegistries: config.trustedRegistries ?? defaultTrustedRegistries,
    kubernetesMinor: overrides.kubernetesMinor ?? config.kubernetesMinor ?? newestKubernetesMinor,
    only: overrides.only,
  };
}

/** The minor number of a Kubernetes version such as `1.31` or `v1.31.4`; undefined for anything else. */
export function kubernetesMinorOf(version: string): number | undefined {
  const match = /^v?1\.(\d{1,3})(?:\.\d+)?$/.exec(version.trim());
  return match === null ? undefined : Number(match[1]);
}
