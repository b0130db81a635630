import { defineRule, type Report, type Severity } from '../../../engine/rule.js';
import { hostPathKind } from '../../../model/host-path.js';
import { levelOfHostMount, standardsAt } from '../../../model/kubernetes/pod-security.js';
import { quoted } from '../../../model/quoted.js';
import type { HostMount } from '../../../model/workload.js';

const standards: readonly string[] = [
  'pss/baseline',
  'cis-kubernetes-1.12/5.2.11',
  'nist-800-190/4.4.3',
  'nist-800-190/4.5.5',
];

export default defineRule({
  meta: {
    id: 'host-path-mount',
    summary: 'The pod sees a path of the node that it runs on.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards,
    peers: {
      kics: ['kubernetes/non_kube_system_pod_with_host_mount'],
      trivy: ['KSV-0023'],
      polaris: ['hostPathSet'],
      psa: ['hostPathVolumes', 'restrictedVolumes'],
      kubescape: ['C-0048', 'C-0203'],
    },
  },
  check: {
    workload(workload, report) {
      for (const mount of workload.hostMounts) judge(mount, 'warning', report);
    },
    manifest(manifest, report) {
      for (const mount of manifest.hostMounts) judge(mount, 'info', report);
    },
  },
});

function judge(mount: HostMount, severity: Severity, report: Report): void {
  const { source } = mount;
  if (source.kind !== 'known' || hostPathKind(source.value, 'kubernetes') !== 'other') return;
  report({
    at: source,
    severity,
    standards: standardsAt(standards, levelOfHostMount(mount)),
    message: `Host path ${quoted(source.value)} is mounted: the pod reaches files of its node.`,
  });
}
