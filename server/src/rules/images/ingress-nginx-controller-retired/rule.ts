import { defineRule } from '../../../engine/rule.js';
import type { ImageReference } from '../../../model/image-reference.js';
import { named } from '../../../model/quoted.js';

/**
 * The repositories of the controller, whatever registry they are copied to. Maintained until March 2026, nothing since:
 * kubernetes.io/blog/2025/11/11/ingress-nginx-retirement
 */
const controllers: ReadonlySet<string> = new Set([
  'ingress-nginx/controller',
  'ingress-nginx/controller-chroot',
  // Its name until release 0.33 of July 2020.
  'kubernetes-ingress-controller/nginx-ingress-controller',
]);

export default defineRule({
  meta: {
    id: 'ingress-nginx-controller-retired',
    summary: 'The manifest runs the ingress-nginx controller, which nobody maintains any more.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nsa-cisa/upgrading'],
    peers: { kubescape: ['C-0292'] },
  },
  check: {
    container({ name, image }, report) {
      if (image.kind !== 'known' || !isController(image.value)) return;
      report({
        at: { ...image, at: image.value.nameAt },
        message: `${named('container', name)} runs ingress-nginx: no fixes since March 2026.`,
      });
    },
  },
});

function isController({ repository }: ImageReference): boolean {
  return controllers.has(repository.split('/').slice(-2).join('/'));
}
