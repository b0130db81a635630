import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import { isZero, withoutLimit } from '../../../model/kubernetes/resources.js';
import type { Located, Slot } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'missing-memory-limit',
    summary: 'Nothing limits how much memory the container takes.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-docker-1.6/5.11', 'nist-800-190/4.4.3', 'nsa-cisa/resource-policies'],
    peers: {
      kics: ['kubernetes/memory_limits_not_defined', 'compose/memory_not_limited'],
      checkov: ['CKV_K8S_13'],
      trivy: ['KSV-0018'],
      'kube-linter': ['unset-memory-requirements'],
      'kube-score': ['container-resources'],
      polaris: ['memoryLimitsMissing'],
      'docker-bench': ['5.11'],
      kubescape: ['C-0004', 'C-0009', 'C-0271'],
    },
  },
  check: {
    pod(pod, report) {
      for (const { subject, own, at } of withoutLimit(pod, 'memory')) {
        report({
          at,
          message: `${subject} has no memory limit: it can use up its node.`,
          fix: limitTo(own.scalar('resources', 'requests', 'memory'), at.slot),
        });
      }
    },
  },
});

/** A number that nobody chose would be a guess: only what the container asks for is offered. */
function limitTo(request: Located<string>, slot: Slot): ReportedFix | undefined {
  if (request.kind !== 'known' || isZero(request.value)) return undefined;
  const { value } = request;
  const isNumber = /^[1-9]\d{0,14}$/.test(value);
  return {
    title: `Limit memory to its request, ${quoted(value)}`,
    safety: 'unsafe',
    change: set(slot, isNumber ? Number(value) : value),
  };
}
