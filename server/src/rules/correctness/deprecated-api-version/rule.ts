import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import type { Manifest } from '../../../model/kubernetes/manifest.js';
import { named } from '../../../model/quoted.js';
import { type OutdatedVersion, outdatedVersion } from '../../../standards/kubernetes/api.js';

/** Kinds that got a selector by themselves in the beta versions, and need one that is written now. */
const selecting: ReadonlySet<string> = new Set(['Deployment', 'DaemonSet', 'ReplicaSet', 'StatefulSet']);

export default defineRule({
  meta: {
    id: 'deprecated-api-version',
    summary: 'The API version of an object is deprecated, or no longer served.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nsa-cisa/upgrading'],
    peers: {
      kics: ['kubernetes/object_is_using_a_deprecated_api_version'],
      trivy: ['KSV-0107'],
      'kube-linter': ['no-extensions-v1beta'],
      'kube-score': ['stable-version'],
    },
  },
  check: {
    manifest(manifest, report, { kubernetesMinor }) {
      const { apiVersion, kind, kindAt, name } = manifest;
      const outdated = outdatedVersion(apiVersion, kind);
      if (outdated === undefined || kubernetesMinor < outdated.deprecated) return;
      const { removed } = outdated;
      const isGone = removed !== undefined && kubernetesMinor >= removed;
      const field = manifest.string('apiVersion');
      report({
        // The items of a typed list need not write it.
        at: field.kind === 'known' ? field : kindAt,
        severity: isGone ? 'error' : 'hint',
        message: `${named(kind, name)} ${isGone ? refusal(kubernetesMinor) : warning(outdated)}`,
        fix: fixOf(manifest, outdated),
      });
    },
  },
});

function refusal(minor: number): string {
  return `is refused: 1.${minor} no longer serves this API version.`;
}

function warning({ deprecated, replacement }: OutdatedVersion): string {
  return replacement === undefined
    ? `is deprecated since 1.${deprecated}: better not build on it.`
    : `uses a version that is deprecated since 1.${deprecated}: it will go.`;
}

function fixOf(manifest: Manifest, { replacement, sameFields }: OutdatedVersion): ReportedFix | undefined {
  const field = manifest.string('apiVersion');
  if (field.kind !== 'known' || replacement === undefined || !sameFields) return undefined;
  if (selecting.has(manifest.kind) && !hasOnlyNewFields(manifest)) return undefined;
  return { title: `Use \`${replacement}\``, safety: 'unsafe', change: replaceText(field.at, replacement) };
}

function hasOnlyNewFields(manifest: Manifest): boolean {
  return (
    manifest.fields('spec', 'selector').kind === 'known' &&
    manifest.fields('spec', 'rollbackTo').kind === 'absent' &&
    manifest.scalar('spec', 'templateGeneration').kind === 'absent'
  );
}
