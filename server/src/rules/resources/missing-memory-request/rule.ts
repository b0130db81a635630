import { defineRule } from '../../../engine/rule.js';
import { withoutRequest } from '../../../model/kubernetes/resources.js';

export default defineRule({
  meta: {
    id: 'missing-memory-request',
    summary: 'The container asks for no memory, so none is kept for it.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nsa-cisa/resource-policies'],
    peers: {
      kics: ['kubernetes/memory_requests_not_defined'],
      checkov: ['CKV_K8S_12'],
      trivy: ['KSV-0016'],
      'kube-score': ['container-resources'],
      polaris: ['memoryRequestsMissing'],
      kubescape: ['C-0004', 'C-0269'],
    },
  },
  check: {
    pod(pod, report) {
      for (const { subject, at } of withoutRequest(pod, 'memory')) {
        report({ at, message: `${subject} requests no memory: its node may have too little.` });
      }
    },
  },
});
