import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import { bytesOf, isUnlimited, limitOf, limitTo } from '../../../model/compose/limits.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { isZero, withoutLimit } from '../../../model/kubernetes/resources.js';
import { type Located, type Slot, valueOf } from '../../../model/located.js';
import { named, quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'missing-memory-limit',
    summary: 'Nothing limits how much memory the container takes.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
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
          fix: limitToRequest(own.scalar('resources', 'requests', 'memory'), at.slot),
        });
      }
    },
    service(service, report) {
      if (!service.complete || service.container === undefined) return;
      const at = limitOf(service, 'memory');
      if (!isUnlimited(at)) return;
      report({
        at,
        message: `${named('service', service.name)} has no memory limit: it can use up its host.`,
        fix: firstLimit(service),
      });
    },
  },
});

/** A number that nobody chose would be a guess: only what the container asks for is offered. */
function limitToRequest(request: Located<string>, slot: Slot): ReportedFix | undefined {
  if (request.kind !== 'known' || isZero(request.value)) return undefined;
  const { value } = request;
  const isNumber = /^[1-9]\d{0,14}$/.test(value);
  return {
    title: `Limit memory to its request, ${quoted(value)}`,
    safety: 'unsafe',
    change: set(slot, isNumber ? Number(value) : value),
  };
}

/** The engine takes no limit that is below the reservation, or above the limit of memory and swap together. */
function firstLimit(service: ComposeService): ReportedFix | undefined {
  const reserved = limitOf(service, 'memory reservation');
  const value = isUnlimited(reserved) ? '512m' : valueOf(reserved)?.text;
  if (value === undefined) return undefined;
  const withSwap = service.fields.scalar('memswap_limit');
  if (withSwap.kind === 'unknown') return undefined;
  if (withSwap.kind === 'known' && !isRoomIn(withSwap.value, value)) return undefined;
  const change = limitTo(service, 'memory', { short: value, deployed: value });
  const title = isUnlimited(reserved) ? 'Limit memory to 512 MiB' : `Limit memory to its reservation, ${quoted(value)}`;
  return change && { title, safety: 'unsafe', change };
}

function isRoomIn(withSwap: string, memory: string): boolean {
  const total = bytesOf(withSwap);
  const needed = bytesOf(memory);
  return total !== undefined && needed !== undefined && (total <= 0 || needed <= total);
}
