import { defineRule } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import { systemNamespaces } from '../../../model/kubernetes/object-scope.js';
import { podSecurityMark } from '../../../model/kubernetes/pod-security-labels.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

/** With it, OpenShift writes the labels: OpenShift 4.11 and later. */
const syncLabel = 'security.openshift.io/scc.podSecurityLabelSync';

export default defineRule({
  meta: {
    id: 'namespace-without-pod-security-labels',
    summary: 'The namespace lets any pod in, however much it may do to its node.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.2.1', 'nist-800-190/4.4.3', 'nsa-cisa/pod-security-enforcement'],
    peers: { kubescape: ['C-0192', 'C-0193', 'C-0197'] },
  },
  check: {
    manifest(manifest, report) {
      const { group, kind, name, complete } = manifest;
      if (kind !== 'Namespace' || group !== '' || systemNamespaces.has(name)) return;
      const level = manifest.string('metadata', 'labels', `${podSecurityMark}enforce`);
      const isMissing = level.kind === 'absent' && complete;
      if (!isMissing && !is(level, 'privileged')) return;
      if (isMissing && is(manifest.string('metadata', 'labels', syncLabel), 'true')) return;
      const fault = isMissing ? 'enforces no Pod Security level' : 'admits privileged pods';
      report({
        at: level,
        message: `${named(kind, name)} ${fault}: any pod gets in.`,
        fix: { title: 'Enforce the level `baseline`', safety: 'unsafe', change: set(level.slot, 'baseline') },
      });
    },
  },
});
