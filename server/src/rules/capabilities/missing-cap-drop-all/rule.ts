import { defineRule, type ReportedFinding } from '../../../engine/rule.js';
import type { Capability } from '../../../model/capability.js';
import { append, set } from '../../../model/change.js';
import { mistakenForLinux, restrictedSince, standardsAt, systemOf } from '../../../model/kubernetes/pod-security.js';
import { is, type Known, knownItems } from '../../../model/located.js';
import { named, quoted } from '../../../model/quoted.js';
import type { Container } from '../../../model/workload.js';

const standards = [
  'pss/restricted',
  'cis-docker-1.6/5.4',
  'cis-kubernetes-1.12/5.2.9',
  'nist-800-190/4.4.3',
  'nsa-cisa/pod-security-enforcement',
];

export default defineRule({
  meta: {
    id: 'missing-cap-drop-all',
    summary: 'The container keeps all kernel capabilities that the engine gives by default.',
    severity: 'info',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards,
    peers: {
      kics: ['kubernetes/no_drop_capabilities_for_containers', 'compose/container_capabilities_unrestricted'],
      checkov: ['CKV_K8S_37'],
      trivy: ['KSV-0003', 'KSV-0004'],
      polaris: ['insecureCapabilities', 'linuxHardening'],
      psa: ['capabilities_restricted'],
      'docker-bench': ['5.4'],
      kubescape: ['C-0055', 'C-0201'],
    },
  },
  check: {
    container(container, report) {
      if (container.format === 'kubernetes' || container.os === 'windows' || !keepsSome(container)) return;
      if (!knownItems(container.droppedCapabilities).some(isAll)) report(judge(container, standards));
    },
    pod(pod, report, { kubernetesMinor }) {
      const lacking = pod.containers.map(({ container }) => container).filter(keepsSome);
      if (lacking.length === 0) return;
      const system = systemOf(pod, kubernetesMinor);
      if (system === 'windows' || system === 'unknown') return;
      const isRefused = kubernetesMinor >= restrictedSince.capabilities;
      if (system === 'mistaken') {
        if (isRefused) report(mistakenForLinux(pod, kubernetesMinor, "it must drop 'ALL'."));
        return;
      }
      const judged = standardsAt(standards, isRefused ? 'restricted' : undefined);
      for (const container of lacking) {
        const misspelt = knownItems(container.droppedCapabilities).find(isAll);
        report(misspelt === undefined ? judge(container, judged) : respell(misspelt, judged));
      }
    },
  },
});

/** Whether it is certain that it does not drop `ALL` in that very spelling, which is the one that admission takes. */
function keepsSome({ complete, privileged, droppedCapabilities: dropped }: Container): boolean {
  if (!complete || is(privileged, true) || dropped.kind === 'unknown') return false;
  const known = knownItems(dropped);
  if (known.some(({ value }) => value.text === 'ALL')) return false;
  // One that cannot be told may be ALL.
  return known.some(isAll) || dropped.kind === 'absent' || dropped.value.every(({ kind }) => kind === 'known');
}

function isAll({ value }: Known<Capability>): boolean {
  return value.name === 'ALL';
}

function judge(container: Container, judged: readonly string[]): ReportedFinding {
  const { name, droppedCapabilities: dropped } = container;
  return {
    at: dropped,
    standards: judged,
    message: `${named('container', name)} keeps default capabilities: attackers can use them.`,
    fix: { title: 'Drop all capabilities', safety: 'unsafe', change: append(dropped.slot, 'ALL') },
  };
}

function respell(misspelt: Known<Capability>, judged: readonly string[]): ReportedFinding {
  return {
    at: misspelt,
    standards: judged,
    severity: 'hint',
    message: `Capability ${quoted(misspelt.value.text)} is not spelled 'ALL': Pod Security admission refuses it.`,
    fix: { title: 'Write `ALL`', safety: 'unsafe', change: set(misspelt.slot, 'ALL') },
  };
}
