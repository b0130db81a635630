import { defineRule } from '../../../engine/rule.js';
import type { Manifest } from '../../../model/kubernetes/manifest.js';
import { isNamespaced } from '../../../model/kubernetes/object-scope.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

/** What the cluster itself keeps there, as kind and name. */
const ofTheCluster: ReadonlySet<string> = new Set([
  'ConfigMap kube-root-ca.crt',
  'Endpoints kubernetes',
  'EndpointSlice kubernetes',
  'Service kubernetes',
  'ServiceAccount default',
]);

export default defineRule({
  meta: {
    id: 'default-namespace',
    summary: 'The object is put into the namespace default, among everything that nobody sorted.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.6.1', 'cis-kubernetes-1.12/5.6.4', 'nist-800-190/4.3.4', 'nsa-cisa/namespaces'],
    peers: {
      kics: [
        'kubernetes/ensure_administrative_boundaries_between_resources',
        'kubernetes/using_unrecommended_namespace',
      ],
      checkov: ['CKV_K8S_21'],
      trivy: ['KSV-0110'],
      'kube-linter': ['use-namespace'],
      kubescape: ['C-0061', 'C-0209', 'C-0212'],
    },
    options: {
      missing: { default: false, description: 'Whether an object that names no namespace counts, too.' },
    },
  },
  check: {
    manifest(manifest, report, { options }) {
      const { group, kind, name, complete } = manifest;
      // A patch names the object that it changes.
      if (!complete || !isNamespaced(group, kind) || ofTheCluster.has(`${kind} ${name}`)) return;
      const { namespace } = manifest;
      if (!isDefault(namespace, options.missing)) return;
      const fault = namespace.kind === 'absent' ? 'names no namespace' : "is in the namespace 'default'";
      report({ at: namespace, message: `${named(kind, name)} ${fault}: nothing sets it apart.` });
    },
  },
});

function isDefault(namespace: Manifest['namespace'], mayLack: boolean): boolean {
  return is(namespace, 'default') || (mayLack && namespace.kind === 'absent');
}
