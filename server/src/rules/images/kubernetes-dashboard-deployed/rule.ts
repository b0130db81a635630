import { defineRule } from '../../../engine/rule.js';
import type { ImageReference } from '../../../model/image-reference.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

/**
 * The last two parts of the names of its images, whatever registry they are copied to: those of versions 2 to 7, and
 * those of version 1. The project was archived in January 2026: github.com/kubernetes-retired/dashboard
 */
const dashboards =
  /(?:^|\/)(?:kubernetesui\/dashboard(?:-[a-z0-9]+)?|kubernetes-dashboard(?:-(?:amd64|arm|arm64|ppc64le|s390x))?)$/;

export default defineRule({
  meta: {
    id: 'kubernetes-dashboard-deployed',
    summary: 'The manifest installs the Kubernetes dashboard, a web page that commands the cluster.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [],
    peers: {
      kics: ['kubernetes/dashboard_is_enabled'],
      checkov: ['CKV_K8S_33'],
      kubescape: ['C-0014'],
    },
  },
  check: {
    pod({ object, template, containers }, report) {
      const message = `${named(object.kind, object.name)} is the old dashboard: who gets in steers the cluster.`;
      let isFound = false;
      for (const { container } of containers) {
        const { image } = container;
        if (image.kind !== 'known' || !isDashboard(image.value)) continue;
        isFound = true;
        report({ at: { ...image, at: image.value.nameAt }, message });
      }
      const label = template.string('metadata', 'labels', 'k8s-app');
      if (!isFound && is(label, 'kubernetes-dashboard')) report({ at: label, message });
    },
  },
});

function isDashboard({ repository }: ImageReference): boolean {
  return dashboards.test(repository);
}
