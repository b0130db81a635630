import { defineRule } from '../../../engine/rule.js';
import { quoted } from '../../../model/quoted.js';
import { matchesRegistry } from '../../../model/registry-pattern.js';

export default defineRule({
  meta: {
    id: 'untrusted-registry',
    summary: 'Nobody that you trust answers for the place that the image comes from.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile', 'compose', 'kubernetes'],
    standards: ['cis-docker-1.6/4.2', 'cis-kubernetes-1.12/5.5.1', 'nist-800-190/4.1.5'],
    peers: {
      'docker-bench': ['4.2'],
      hadolint: ['DL3026'],
      kubescape: ['C-0001', 'C-0078'],
      trivy: ['KSV-0032', 'KSV-0033', 'KSV-0034', 'KSV-0035', 'KSV-0125'],
    },
  },
  check: {
    image({ reference }, report, { trustedRegistries }) {
      if (reference.kind !== 'known' || trustedRegistries.length === 0) return;
      const { registry, repository, nameAt } = reference.value;
      if (matchesRegistry(trustedRegistries, registry, repository)) return;
      report({
        at: { ...reference, at: nameAt },
        message: `Image ${quoted(`${registry}/${repository}`)} is not from a trusted registry: nobody vouches for it.`,
      });
    },
  },
});
