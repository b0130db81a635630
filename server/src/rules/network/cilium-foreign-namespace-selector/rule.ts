import { defineRule } from '../../../engine/rule.js';
import type { Fields } from '../../../model/fields.js';
import { ciliumSpecs } from '../../../model/kubernetes/cilium.js';
import { is, type Known, knownItems } from '../../../model/located.js';
import { named, quoted } from '../../../model/quoted.js';

/** The labels that name the namespace of a pod, with and without the source that Cilium writes before a label. */
const namespaceLabels: ReadonlySet<string> = new Set(
  ['io.kubernetes.pod.namespace', 'io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name'].flatMap((label) =>
    ['', 'k8s:', 'any:'].map((source) => source + label),
  ),
);

export default defineRule({
  meta: {
    id: 'cilium-foreign-namespace-selector',
    summary: 'A Cilium policy of one namespace selects pods of another, which it cannot reach.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [],
    peers: {},
  },
  check: {
    manifest(manifest, report) {
      const { kind, name, namespace } = manifest;
      // A clusterwide policy may select what it likes; without a namespace any of them may be its own.
      if (kind !== 'CiliumNetworkPolicy' || namespace.kind !== 'known') return;
      for (const spec of ciliumSpecs(manifest)) {
        for (const value of selectedNamespaces(spec)) {
          if (value.value === namespace.value) continue;
          report({
            at: value,
            message: `${named(kind, name)} is not in ${quoted(value.value, 15)}: no pod there is selected.`,
            related: [{ at: namespace.at, message: 'This is the namespace of the policy.' }],
          });
        }
      }
    },
  },
});

function selectedNamespaces(spec: Fields): readonly Known<string>[] {
  const labels = [...namespaceLabels].map((label) => spec.string('endpointSelector', 'matchLabels', label));
  const expressions = knownItems(spec.items('endpointSelector', 'matchExpressions')).map((item) => item.value);
  const lists = expressions.filter((one) => isAboutNamespace(one)).map((one) => one.strings('values'));
  return [...labels.filter((label) => label.kind === 'known'), ...lists.flatMap((list) => knownItems(list))];
}

function isAboutNamespace(expression: Fields): boolean {
  const key = expression.string('key');
  return key.kind === 'known' && namespaceLabels.has(key.value) && is(expression.string('operator'), 'In');
}
