import { defineRule, type Report, type ReportedFix } from '../../../engine/rule.js';
import { remove, set } from '../../../model/change.js';
import { readsSeccomp, standardsAt } from '../../../model/kubernetes/pod-security.js';
import { is, type Known, type Located } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';
import type { SeccompProfile } from '../../../model/workload.js';

const standards: readonly string[] = [
  'pss/baseline',
  'cis-docker-1.6/5.22',
  'cis-kubernetes-1.12/5.6.2',
  'nist-800-190/4.4.3',
  'nsa-cisa/hardening-container-environments',
];

export default defineRule({
  meta: {
    id: 'seccomp-unconfined',
    summary: 'The container may make every system call, because nothing filters them.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards,
    peers: {
      kics: ['compose/default_seccomp_profile_disabled'],
      trivy: ['KSV-0104'],
      polaris: ['linuxHardening'],
      psa: ['seccompProfile_baseline', 'seccompProfile_restricted'],
      'docker-bench': ['5.22'],
      semgrep: ['seccomp-confinement-disabled'],
      kubescape: ['C-0055'],
    },
  },
  check: {
    container({ privileged, seccompProfile }, report, { kubernetesMinor }) {
      if (!isUnconfined(seccompProfile) || is(privileged, true)) return;
      judge(seccompProfile, kubernetesMinor, report);
    },
    workload({ containers, defaultSeccompProfile }, report, { kubernetesMinor }) {
      if (!isUnconfined(defaultSeccompProfile) || containers.length === 0) return;
      const { span } = defaultSeccompProfile.at;
      if (containers.some(({ seccompProfile: own }) => own.at.span.start === span.start)) return;
      report({
        at: defaultSeccompProfile,
        severity: 'info',
        standards: standardsOf(defaultSeccompProfile.value, kubernetesMinor),
        message: `${subjectOf(defaultSeccompProfile.value)} is overridden by every container: a new one would inherit it.`,
        fix: confine(defaultSeccompProfile),
      });
    },
  },
});

function isUnconfined(profile: Located<SeccompProfile>): profile is Known<SeccompProfile> {
  return profile.kind === 'known' && profile.value.type === 'unconfined';
}

function judge(profile: Known<SeccompProfile>, kubernetesMinor: number, report: Report): void {
  const subject = subjectOf(profile.value);
  if (profile.value.obsolete) {
    const message = `${subject} stands in an annotation: Kubernetes no longer reads it since 1.27.`;
    report({ at: profile, severity: 'info', message, standards: [], fix: confine(profile) });
    return;
  }
  const message = `${subject} filters no system calls: all of the kernel can be attacked.`;
  report({
    at: profile,
    standards: standardsOf(profile.value, kubernetesMinor),
    message,
    fix: confine(profile),
  });
}

function standardsOf(profile: SeccompProfile, kubernetesMinor: number): readonly string[] {
  return standardsAt(standards, readsSeccomp(profile, kubernetesMinor) ? 'baseline' : undefined);
}

function subjectOf(profile: SeccompProfile): string {
  return `Seccomp ${quoted(profile.text)}`;
}

function confine({ slot, value: { confined } }: Known<SeccompProfile>): ReportedFix {
  return confined === undefined
    ? { title: 'Remove the profile', safety: 'unsafe', change: remove(slot) }
    : { title: `Use \`${confined}\``, safety: 'unsafe', change: set(slot, confined) };
}
