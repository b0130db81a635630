import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { isUnlimited, limitOf, limitTo } from '../../../model/compose/limits.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { withoutLimit } from '../../../model/kubernetes/resources.js';
import { valueOf } from '../../../model/located.js';
import { named, quoted } from '../../../model/quoted.js';

/** Besides a number of CPUs, what holds CPU time back: each but `cpuset` is a number, and the last two are for Windows. */
const others = ['cpu_quota', 'cpu_shares', 'cpu_percent', 'cpu_count'];

export default defineRule({
  meta: {
    id: 'missing-cpu-limit',
    summary: 'Nothing limits how much CPU the container takes.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
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
    service(service, report) {
      if (!service.complete || service.container === undefined || mayBeHeldBack(service)) return;
      const at = limitOf(service, 'cpus');
      if (!isUnlimited(at)) return;
      report({
        at,
        message: `${named('service', service.name)} has no CPU limit: it can slow down its whole host.`,
        fix: firstLimit(service),
      });
    },
  },
});

function mayBeHeldBack({ fields }: ComposeService): boolean {
  const cpuset = fields.string('cpuset');
  if (cpuset.kind === 'unknown' || (cpuset.kind === 'known' && cpuset.value !== '')) return true;
  return others.some((key) => {
    const amount = fields.number(key);
    return amount.kind === 'unknown' || (amount.kind === 'known' && amount.value > 0);
  });
}

/** The engine takes no number of CPUs beside a period or quota. */
function firstLimit(service: ComposeService): ReportedFix | undefined {
  const { fields } = service;
  if (['cpu_period', 'cpu_quota'].some((key) => fields.scalar(key).kind !== 'absent')) return undefined;
  const reserved = limitOf(service, 'cpus reservation');
  const value = isUnlimited(reserved) ? '1' : valueOf(reserved)?.text;
  if (value === undefined) return undefined;
  const change = limitTo(service, 'cpus', { short: Number(value), deployed: value });
  const title = isUnlimited(reserved) ? 'Limit it to one CPU' : `Limit CPUs to the reservation, ${quoted(value)}`;
  return change && { title, safety: 'unsafe', change };
}
