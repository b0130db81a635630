import { defineRule } from '../../../engine/rule.js';
import type { ImageRole } from '../../../model/image-reference.js';
import { quoted } from '../../../model/quoted.js';

/** Where a tag that moves changes what is run. A cache, for one, is meant to move. */
const judged: readonly ImageRole[] = ['container', 'base', 'copy-source', 'mount-source', 'syntax'];

/** Room for the name beside it. */
const longestTag = 14;

export default defineRule({
  meta: {
    id: 'image-latest-tag',
    summary: 'The image is named without a tag, or with one that moves: what runs can change unnoticed.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile', 'compose', 'kubernetes'],
    standards: ['nist-800-190/4.2.2'],
    peers: {
      checkov: ['CKV_DOCKER_7', 'CKV_K8S_14'],
      dclint: ['service-image-require-explicit-tag'],
      'docker-bench': ['5.28'],
      dockle: ['DKL-DI-0006'],
      hadolint: ['DL3006', 'DL3007'],
      kics: [
        'kubernetes/invalid_image',
        'dockerfile/image_version_not_explicit',
        'dockerfile/image_version_using_latest',
      ],
      'kube-linter': ['latest-tag'],
      'kube-score': ['container-image-tag'],
      kubescape: ['C-0075', 'C-0304'],
      polaris: ['tagNotSpecified'],
      semgrep: ['avoid-latest-version', 'missing-image-version'],
      trivy: ['DS-0001', 'KSV-0013', 'examples/docker-compose/latest_tag.rego'],
    },
    options: {
      movingTags: { default: [], description: 'More tags that move as `latest` does, e.g. `edge` or `nightly`.' },
    },
  },
  check: {
    image({ role, reference }, report, { options }) {
      if (!judged.includes(role) || reference.kind !== 'known') return;
      const { repository, registry, tag, digest, nameAt, tagAt } = reference.value;
      if (digest !== undefined || (tag !== undefined && tag !== 'latest' && !options.movingTags.includes(tag))) return;
      const name = registry === 'docker.io' ? repository.replace(/^library\//, '') : repository;
      const fault = tag === undefined ? 'has no tag' : `has the tag ${quoted(tag, longestTag)}`;
      report({
        at: { ...reference, at: tagAt ?? nameAt },
        message: `Image ${quoted(name)} ${fault}: its content changes unnoticed.`,
      });
    },
  },
});
