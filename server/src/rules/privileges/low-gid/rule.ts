import { defineRule } from '../../../engine/rule.js';
import { lowIds } from '../../../model/kubernetes/security-context.js';

export default defineRule({
  meta: {
    id: 'low-gid',
    summary: 'The container runs in a group whose number may also be that of a group of the node.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [],
    peers: { trivy: ['KSV-0021'], 'kube-score': ['container-security-context-user-group-id'] },
    options: { lowest: { default: 10_000, description: 'The lowest number that is high enough.' } },
  },
  check: {
    pod(pod, report, { options }) {
      for (const { subject, id } of lowIds(pod, 'runAsGroup', options.lowest)) {
        report({ at: id, message: `${subject} has a low group id: its node may have the same group.` });
      }
    },
  },
});
