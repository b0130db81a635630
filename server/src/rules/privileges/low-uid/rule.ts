import { defineRule } from '../../../engine/rule.js';
import { lowIds } from '../../../model/kubernetes/security-context.js';

export default defineRule({
  meta: {
    id: 'low-uid',
    summary: 'The container runs as a user whose number may also be that of a user of the node.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.4.3'],
    peers: {
      kics: ['kubernetes/containers_run_with_low_uid'],
      checkov: ['CKV_K8S_40'],
      trivy: ['KSV-0020'],
      'kube-score': ['container-security-context-user-group-id'],
    },
    options: { lowest: { default: 10_000, description: 'The lowest number that is high enough.' } },
  },
  check: {
    pod(pod, report, { options }) {
      for (const { subject, id } of lowIds(pod, 'runAsUser', options.lowest)) {
        report({ at: id, message: `${subject} has a low user id: its node may have the same user.` });
      }
    },
  },
});
