import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { levelOfRoot, standardsAt } from '../../../model/kubernetes/pod-security.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';
import { isRoot } from '../../../model/user.js';

const standards: readonly string[] = ['pss/restricted', 'nist-800-190/4.4.3'];

export default defineRule({
  meta: {
    id: 'contradictory-non-root',
    summary: 'A container is given root as its user and is forbidden to run as root, so it never starts.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards,
    peers: { trivy: ['KSV-0105'], 'kube-linter': ['run-as-non-root'], psa: ['runAsUser'] },
  },
  check: {
    container({ name, user, requiresNonRoot, ownUserNamespace }, report, { kubernetesMinor }) {
      if (!is(requiresNonRoot, true) || user.kind !== 'known' || !isRoot(user.value)) return;
      const level = levelOfRoot({ uid: user.value.uid, requiresNonRoot, ownUserNamespace }, kubernetesMinor);
      report({
        at: user,
        standards: standardsAt(standards, level),
        message: `${named('container', name)} must be root and must not be root: it never starts.`,
        related: [{ at: requiresNonRoot.at, message: 'This forbids it to run as root.' }],
        fix: { title: 'Remove the user', safety: 'unsafe', change: remove(user.slot, null) },
      });
    },
  },
});
