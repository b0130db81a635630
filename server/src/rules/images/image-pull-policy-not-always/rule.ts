import { defineRule } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import type { ImageReference } from '../../../model/image-reference.js';
import type { PodContainer } from '../../../model/kubernetes/pod.js';
import type { Located } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'image-pull-policy-not-always',
    summary: 'The node may run a copy of the image that it already has, without asking the registry.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-docker-1.6/5.28', 'nist-800-190/4.2.2', 'nist-800-190/4.2.3'],
    peers: {
      kics: ['kubernetes/image_pull_policy_of_container_is_not_always'],
      checkov: ['CKV_K8S_15'],
      'kube-score': ['container-image-pull-policy'],
      polaris: ['pullPolicyNotAlways'],
      'docker-bench': ['5.28'],
      kubescape: ['C-0075'],
    },
  },
  check: {
    pod({ containers }, report) {
      for (const one of containers) {
        const { image, name } = one.container;
        if (image.kind !== 'known' || image.value.digest !== undefined) continue;
        const policy = one.own.string('imagePullPolicy');
        const fault = faultOf(policy, image.value, one);
        if (fault === undefined) continue;
        report({
          at: policy,
          message: `${named('container', name)} ${fault}`,
          fix: { title: 'Always pull the image', safety: 'unsafe', change: set(policy.slot, 'Always') },
        });
      }
    },
  },
});

function faultOf(policy: Located<string>, { tag }: ImageReference, { container }: PodContainer): string | undefined {
  if (policy.kind === 'unknown') return undefined;
  const value = policy.kind === 'known' ? policy.value : '';
  if (value === 'Never') return 'never pulls its image: only a copy on the node runs.';
  if (value === 'IfNotPresent') return 'trusts the copy of its image on the node: it may be old.';
  // Without a policy, an image without a version is pulled each time. The cluster takes an empty one for none.
  if (value !== '' || tag === undefined || tag === 'latest' || !container.complete) return undefined;
  return 'has no pull policy: an old copy on the node may run.';
}
