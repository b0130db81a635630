import { defineRule } from '../../../engine/rule.js';
import type { Fields } from '../../../model/fields.js';
import { is, type Located, valueOf } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'default-service-account',
    summary: 'The pod runs under the default service account of its namespace.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.1.5', 'nsa-cisa/service-account-tokens'],
    peers: {
      kics: ['kubernetes/service_account_name_undefined_or_empty'],
      'kube-linter': ['default-service-account'],
      kubescape: ['C-0189'],
    },
  },
  check: {
    pod({ workload, spec }, report) {
      if (!workload.complete) return;
      const mounted = spec.boolean('automountServiceAccountToken');
      if (mounted.kind === 'unknown' || is(mounted, false)) return;
      const account = accountOf(spec);
      if (account.kind === 'unknown') return;
      if (account.kind === 'known' && account.value !== 'default' && account.value !== '') return;
      report({
        at: account,
        message: `${named(workload.kind, workload.name)} uses the default account: many pods share its rights.`,
      });
    },
  },
});

/** The API copies the older field where the other is empty. */
function accountOf(spec: Fields): Located<string> {
  const account = spec.string('serviceAccountName');
  const older = spec.string('serviceAccount');
  const isEmpty = account.kind === 'absent' || valueOf(account) === '';
  return isEmpty && older.kind !== 'absent' ? older : account;
}
