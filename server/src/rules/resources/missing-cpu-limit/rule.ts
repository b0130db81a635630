import { defineRule } from '../../../engine/rule.js';
import { withoutLimit } from '../../../model/kubernetes/resources.js';

export default defineRule({
  meta: {
    id: 'missing-cpu-limit',
    summary: 'Nothing limits how much CPU the container takes.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-docker-1.6/5.12', 'nist-800-190/4.4.3', 'nsa-cisa/resource-policies'],
    peers: {
      kics: ['kubernetes/cpu_limits_not_set', 'compose/cpus_not_limited'],
      checkov: ['CKV_K8S_11'],
      trivy: ['KSV-0011'],
      'kube-score': ['container-resources'],
      polaris: ['cpuLimitsMissing'],
      'docker-bench': ['5.12'],
      kubescape: ['C-0009', 'C-0050', 'C-0270'],
    },
  },
  check: {
    pod(pod, report) {
      for (const { subject, at } of withoutLimit(pod, 'cpu')) {
        report({ at, message: `${subject} has no CPU limit: it can slow down its whole node.` });
      }
    },
  },
});
