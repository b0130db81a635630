import { defineRule } from '../../../engine/rule.js';
import { type Change, remove, set } from '../../../model/change.js';
import type { Manifest } from '../../../model/kubernetes/manifest.js';
import { isService } from '../../../model/kubernetes/service.js';
import { is, knownItems, type Located } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'service-node-port',
    summary: 'A Service opens a port on every node of the cluster.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.4.2'],
    peers: {
      kics: ['kubernetes/service_type_is_nodeport'],
      'kube-linter': ['exposed-services'],
      'kube-score': ['service-type'],
      kubescape: ['C-0256'],
    },
  },
  check: {
    manifest(manifest, report) {
      if (!isService(manifest)) return;
      const type = manifest.string('spec', 'type');
      if (!is(type, 'NodePort')) return;
      report({
        at: type,
        message: `${named('Service', manifest.name)} opens a port on every node: whoever reaches one gets in.`,
        fix: {
          title: 'Serve the cluster only',
          safety: 'unsafe',
          change: [set(type.slot, 'ClusterIP'), ...nodeFields(manifest).flatMap((field) => removal(field))],
        },
      });
    },
  },
});

/** What the cluster refuses in a Service without ports on nodes. */
function nodeFields(manifest: Manifest): readonly Located<unknown>[] {
  const ports = knownItems(manifest.items('spec', 'ports'));
  return [manifest.scalar('spec', 'externalTrafficPolicy'), ...ports.map(({ value }) => value.scalar('nodePort'))];
}

function removal(field: Located<unknown>): readonly Change[] {
  return field.kind === 'absent' ? [] : [remove(field.slot, null)];
}
