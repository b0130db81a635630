import { defineRule } from '../../../engine/rule.js';
import { withoutRequest } from '../../../model/kubernetes/resources.js';

export default defineRule({
  meta: {
    id: 'missing-cpu-request',
    summary: 'The container asks for no CPU, so none is kept for it.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nsa-cisa/resource-policies'],
    peers: {
      kics: ['kubernetes/cpu_requests_not_set'],
      checkov: ['CKV_K8S_10'],
      trivy: ['KSV-0015'],
      'kube-linter': ['unset-cpu-requirements'],
      'kube-score': ['container-resources'],
      polaris: ['cpuRequestsMissing'],
      kubescape: ['C-0050', 'C-0268'],
    },
  },
  check: {
    pod(pod, report) {
      for (const { subject, at } of withoutRequest(pod, 'cpu')) {
        report({ at, message: `${subject} requests no CPU: on a busy node it may get next to none.` });
      }
    },
  },
});
