import { defineRule } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'default-service-account-automount',
    summary: 'The default service account gives its token to every pod that uses it.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.1.5', 'nsa-cisa/service-account-tokens'],
    peers: { checkov: ['CKV_K8S_41'], kubescape: ['C-0189'] },
  },
  check: {
    manifest(manifest, report) {
      const { group, kind, name } = manifest;
      if (kind !== 'ServiceAccount' || group !== '' || name !== 'default') return;
      const automount = manifest.boolean('automountServiceAccountToken');
      if (automount.kind === 'unknown' || is(automount, false)) return;
      if (automount.kind === 'absent' && !manifest.complete) return;
      report({
        at: automount,
        message: `${named(kind, name)} gives its token away: pods that name no account get it.`,
        fix: { title: 'Stop mounting its token', safety: 'unsafe', change: set(automount.slot, false) },
      });
    },
  },
});
