import { defineRule } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { type ImageReference, parseImageReference } from '../../../model/image-reference.js';
import type { PodContainer } from '../../../model/kubernetes/pod.js';
import type { Located } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'image-pull-policy-not-always',
    summary: 'The host may run a copy of the image that it already has, without asking the registry.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
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
    composeProject({ services }, report) {
      const built = new Set(services.flatMap(builtNames));
      for (const { name, container, fields } of services) {
        const image = container?.image;
        if (image?.kind !== 'known' || image.value.digest !== undefined || built.has(fullName(image.value))) continue;
        const policy = fields.string('pull_policy');
        const fault = composeFaultOf(policy, container?.complete === true);
        if (fault === undefined) continue;
        report({
          at: policy,
          message: `${named('container', name)} ${fault}`,
          fix: { title: 'Always pull the image', safety: 'unsafe', change: set(policy.slot, 'always') },
        });
      }
    },
  },
});

/** Compose asks for no tag again, not even for `latest`. */
function composeFaultOf(policy: Located<string>, complete: boolean): string | undefined {
  if (policy.kind === 'absent') return complete ? 'has no pull policy: an old copy on the host may run.' : undefined;
  if (policy.kind === 'unknown') return undefined;
  if (policy.value === 'never') return 'never pulls its image: only a copy on the host runs.';
  const isOnce = policy.value === 'missing' || policy.value === 'if_not_present';
  return isOnce ? 'trusts the copy of its image on the host: it may be old.' : undefined;
}

/** What a service builds is not to be pulled, whoever uses it. */
function builtNames({ container, fields }: ComposeService): readonly string[] {
  if (container?.image.kind !== 'absent') return [];
  const tags = fields.mappedTexts('build', 'tags');
  return [fields.text('image'), ...(tags.kind === 'known' ? tags.value : [])].flatMap((text) => {
    const reference = text.kind === 'known' ? parseImageReference(text.value) : undefined;
    return reference === undefined ? [] : fullName(reference);
  });
}

function fullName({ registry, repository, tag }: ImageReference): string {
  return `${registry}/${repository}:${tag ?? 'latest'}`;
}

function faultOf(policy: Located<string>, { tag }: ImageReference, { container }: PodContainer): string | undefined {
  if (policy.kind === 'unknown') return undefined;
  const value = policy.kind === 'known' ? policy.value : '';
  if (value === 'Never') return 'never pulls its image: only a copy on the node runs.';
  if (value === 'IfNotPresent') return 'trusts the copy of its image on the node: it may be old.';
  // Without a policy, an image without a version is pulled each time. The cluster takes an empty one for none.
  if (value !== '' || tag === undefined || tag === 'latest' || !container.complete) return undefined;
  return 'has no pull policy: an old copy on the node may run.';
}
