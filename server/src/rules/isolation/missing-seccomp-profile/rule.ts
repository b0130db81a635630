import { defineRule, type Report, type ReportedFix } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import type { Fields } from '../../../model/fields.js';
import { takesOwnContext } from '../../../model/kubernetes/pod.js';
import {
  mistakenForLinux,
  readsSeccomp,
  restrictedSince,
  standardsAt,
  systemOf,
} from '../../../model/kubernetes/pod-security.js';
import { is, type Located } from '../../../model/located.js';
import { named, quoted } from '../../../model/quoted.js';
import type { SeccompProfile } from '../../../model/workload.js';

const path = ['securityContext', 'seccompProfile', 'type'];
const standards = [
  'pss/restricted',
  'cis-kubernetes-1.12/5.6.2',
  'nist-800-190/4.4.3',
  'nsa-cisa/hardening-container-environments',
];

export default defineRule({
  meta: {
    id: 'missing-seccomp-profile',
    summary: 'No seccomp profile is chosen for the container.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards,
    peers: {
      kics: ['kubernetes/seccomp_profile_is_not_configured'],
      checkov: ['CKV_K8S_31'],
      trivy: ['KSV-0030', 'KSV-0104'],
      'kube-score': ['container-seccomp-profile'],
      polaris: ['linuxHardening'],
      psa: ['seccompProfile_restricted'],
      kubescape: ['C-0055', 'C-0210'],
    },
  },
  check: {
    pod(pod, report, { kubernetesMinor }) {
      const { object, workload, spec, containers } = pod;
      const profiles = [workload.defaultSeccompProfile, ...containers.map((one) => one.container.seccompProfile)];
      reportUnknown(profiles, kubernetesMinor, report);
      const lacking = containers.filter(({ container }) => isMissing(container.seccompProfile));
      const judged = lacking.filter(({ container }) => container.complete && !is(container.privileged, true));
      if (judged.length === 0) return;
      const system = systemOf(pod, kubernetesMinor);
      if (system === 'windows' || system === 'unknown') return;
      if (system === 'mistaken') {
        if (kubernetesMinor < restrictedSince.seccompProfile) return;
        report(mistakenForLinux(pod, kubernetesMinor, 'it needs a seccomp profile.'));
        return;
      }
      const speak = (kind: string, name: string, owner: Fields) => {
        const message = `${named(kind, name)} chooses no seccomp profile: every system call is open.`;
        report({ at: owner.string(...path), message, ...consequences(owner, kubernetesMinor) });
      };
      const isForPod = lacking.length === containers.length && takesOwnContext(pod);
      if (isForPod) speak(object.kind, workload.name, spec);
      else for (const { container, own } of judged) speak('container', container.name, own);
    },
  },
});

/** Nobody reads an annotation that is obsolete. */
function isMissing(profile: Located<SeccompProfile>): boolean {
  return profile.kind === 'absent' || (profile.kind === 'known' && profile.value.obsolete);
}

/** The field is as old as the check of Pod Security; before there were only annotations. */
function consequences(owner: Fields, kubernetesMinor: number) {
  const isField = kubernetesMinor >= restrictedSince.seccompProfile;
  const fix: ReportedFix = {
    title: 'Use the profile of the container runtime',
    safety: 'unsafe',
    change: set(owner.string(...path).slot, 'RuntimeDefault'),
  };
  // A path is for a profile on the node, which is then the one that is meant.
  const hasPath = owner.string('securityContext', 'seccompProfile', 'localhostProfile').kind !== 'absent';
  return {
    standards: standardsAt(standards, isField ? 'restricted' : undefined),
    fix: isField && !hasPath ? fix : undefined,
  };
}

function reportUnknown(profiles: readonly Located<SeccompProfile>[], kubernetesMinor: number, report: Report): void {
  for (const profile of profiles) {
    if (profile.kind !== 'known' || profile.value.type !== 'other' || profile.value.obsolete) continue;
    const message = `Seccomp profile ${quoted(profile.value.text)} is unknown: the cluster refuses the pod.`;
    const level = readsSeccomp(profile.value, kubernetesMinor) ? 'restricted' : undefined;
    report({ at: profile, message, standards: standardsAt(standards, level) });
  }
}
