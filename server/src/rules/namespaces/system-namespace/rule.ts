import { defineRule } from '../../../engine/rule.js';
import { systemNamespaces } from '../../../model/kubernetes/object-scope.js';
import type { Pod } from '../../../model/kubernetes/pod.js';
import { named, quoted } from '../../../model/quoted.js';

/** What Kubernetes gives to the pods that a cluster or node cannot do without. */
const criticalClasses: ReadonlySet<string> = new Set(['system-cluster-critical', 'system-node-critical']);

/** Where the Kubernetes project publishes: add-ons, drivers, and what runs beside drivers of others. */
const projectRegistries: ReadonlySet<string> = new Set(['registry.k8s.io', 'k8s.gcr.io']);

/** Labels that mark an add-on of the cluster. */
const addOnLabels: readonly string[] = ['kubernetes.io/cluster-service', 'addonmanager.kubernetes.io/mode'];

export default defineRule({
  meta: {
    id: 'system-namespace',
    summary: 'A program of yours runs in a namespace that is for the parts of the cluster.',
    severity: 'info',
    confidence: 'medium',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.3.4', 'nsa-cisa/namespaces'],
    peers: {
      kics: ['kubernetes/using_unrecommended_namespace'],
      trivy: ['KSV-0037'],
    },
  },
  check: {
    pod(pod, report) {
      const { kind, name, namespace, complete } = pod.object;
      if (!complete || namespace.kind !== 'known' || !systemNamespaces.has(namespace.value)) return;
      if (maySupportCluster(pod)) return;
      const message = `${named(kind, name)} runs in ${quoted(namespace.value)}: it sits among cluster secrets.`;
      report({ at: namespace, message });
    },
  },
});

/** A class, an image or a label that cannot be told may say that it does. */
function maySupportCluster({ object, template, spec, containers }: Pod): boolean {
  const priority = spec.string('priorityClassName');
  if (priority.kind === 'unknown' || (priority.kind === 'known' && criticalClasses.has(priority.value))) return true;
  const fromProject = containers.some(
    ({ container: { image } }) => image.kind === 'known' && projectRegistries.has(image.value.registry),
  );
  if (fromProject) return true;
  return [object, template].some((owner) =>
    addOnLabels.some((label) => owner.string('metadata', 'labels', label).kind !== 'absent'),
  );
}
