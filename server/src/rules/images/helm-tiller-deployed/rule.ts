import { defineRule } from '../../../engine/rule.js';
import type { Fields } from '../../../model/fields.js';
import { imageName } from '../../../model/image-reference.js';
import { isService } from '../../../model/kubernetes/service.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'helm-tiller-deployed',
    summary: 'The manifest installs Tiller, the part of Helm 2 that obeys whoever can reach it.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [],
    peers: {
      kics: [
        'kubernetes/tiller_deployment_is_accessible_from_within_the_cluster',
        'kubernetes/tiller_is_deployed',
        'kubernetes/tiller_service_is_not_deleted',
      ],
      checkov: ['CKV_K8S_34', 'CKV_K8S_44', 'CKV_K8S_45'],
      trivy: ['KSV-0102'],
    },
  },
  check: {
    pod({ object, template, containers }, report) {
      const message = `${named(object.kind, object.name)} runs Tiller: whoever reaches it rules the cluster.`;
      let isFound = false;
      for (const { container } of containers) {
        const { image } = container;
        if (image.kind !== 'known' || imageName(image.value) !== tiller) continue;
        isFound = true;
        report({ at: { ...image, at: image.value.nameAt }, message });
      }
      const label = tillerLabel(template, 'metadata', 'labels');
      if (!isFound && label !== undefined) report({ at: label, message });
    },
    manifest(manifest, report) {
      if (!isService(manifest)) return;
      const label = tillerLabel(manifest, 'spec', 'selector') ?? tillerLabel(manifest, 'metadata', 'labels');
      if (label === undefined) return;
      const subject = named(manifest.kind, manifest.name);
      report({ at: label, message: `${subject} leads to Tiller: whoever reaches it rules the cluster.` });
    },
  },
});

/** Helm 2 got its last fixes in November 2020: helm.sh/blog/helm-2-becomes-unsupported. */
const tiller = 'tiller';

/** The label that, with `app: helm` beside it, `helm init` gave to what belongs to Tiller. */
function tillerLabel(owner: Fields, ...path: readonly string[]) {
  const name = owner.string(...path, 'name');
  return is(name, tiller) && is(owner.string(...path, 'app'), 'helm') ? name : undefined;
}
