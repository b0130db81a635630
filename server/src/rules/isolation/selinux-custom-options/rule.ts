import { defineRule, type Report } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import type { Fields } from '../../../model/fields.js';
import { seLinuxTypeSince } from '../../../model/kubernetes/pod-security.js';
import type { Known } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'selinux-custom-options',
    summary: 'A pod chooses SELinux labels that containers do not normally get.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['pss/baseline', 'nist-800-190/4.4.3', 'nsa-cisa/hardening-container-environments'],
    peers: { trivy: ['KSV-0025'], psa: ['seLinuxOptions'], kubescape: ['C-0055', 'C-0211'] },
  },
  check: {
    pod({ spec, containers }, report, { kubernetesMinor }) {
      judge(spec, kubernetesMinor, report);
      for (const { own } of containers) judge(own, kubernetesMinor, report);
    },
  },
});

function judge(owner: Fields, kubernetesMinor: number, report: Report): void {
  for (const key of ['type', 'user', 'role']) {
    const option = owner.string('securityContext', 'seLinuxOptions', key);
    if (option.kind !== 'known' || option.value === '') continue;
    const consequence = consequenceOf(key, option, kubernetesMinor);
    if (consequence === undefined) continue;
    report({
      at: option,
      message: `SELinux ${key} ${quoted(option.value)} ${consequence}`,
      fix: { title: `Remove \`${key}\``, safety: 'unsafe', change: remove(option.slot, '') },
    });
  }
}

/** What follows from an option; undefined where it is one that containers get. */
function consequenceOf(key: string, { value }: Known<string>, kubernetesMinor: number): string | undefined {
  const strange = 'is not for containers: their policy may not hold it.';
  if (key !== 'type') return strange;
  if (value === 'spc_t') return 'is for privileged containers: the policy allows it everything.';
  const since = seLinuxTypeSince(value);
  if (since === undefined) return strange;
  return since <= kubernetesMinor ? undefined : `is for containers only since Kubernetes 1.${since}.`;
}
