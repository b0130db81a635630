import { defineRule, type Report, type Severity } from '../../../engine/rule.js';
import { isPeripheral } from '../../../model/host-device.js';
import { hostPathKind, isWithin } from '../../../model/host-path.js';
import { levelOfHostMount, standardsAt } from '../../../model/kubernetes/pod-security.js';
import { quoted } from '../../../model/quoted.js';
import type { HostMount, Orchestrator } from '../../../model/workload.js';

/** Writing here takes over the host. On a node of a cluster every sensitive path counts. */
const grave: readonly string[] = ['/etc', '/proc', '/sys', '/dev', '/boot', '/root', '/var/lib/docker'];
/** What exporters of metrics read. */
const forExporters: ReadonlySet<string> = new Set(['/proc', '/sys', '/sys/fs/cgroup']);
/** Certificates that everybody has, time zones and kernel modules: nothing to learn from them. */
const harmlessToRead: readonly string[] = [
  '/etc/ca-certificates',
  '/etc/pki/ca-trust',
  '/etc/ssl/certs',
  '/lib/modules',
  '/usr/local/share/ca-certificates',
  '/usr/share/ca-certificates',
  '/usr/share/zoneinfo',
];
const clocks: readonly string[] = ['/etc/localtime', '/etc/timezone'];
/** What lies below `/dev` and is no device, or one that every container has. */
const harmlessDevices: readonly string[] = [
  '/dev/hugepages',
  '/dev/log',
  '/dev/mqueue',
  '/dev/null',
  '/dev/random',
  '/dev/shm',
  '/dev/urandom',
  '/dev/zero',
];

const standards: readonly string[] = [
  'pss/baseline',
  'cis-docker-1.6/5.6',
  'cis-kubernetes-1.12/5.2.11',
  'nist-800-190/4.5.5',
];

export default defineRule({
  meta: {
    id: 'sensitive-host-path-mount',
    summary: 'The container sees a part of the host that belongs to its system.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards,
    peers: {
      kics: [
        'kubernetes/non_kube_system_pod_with_host_mount',
        'kubernetes/workload_mounting_with_sensitive_os_directory',
        'compose/volume_has_sensitive_host_directory',
      ],
      trivy: ['KSV-0023', 'KSV-0121'],
      'kube-linter': ['sensitive-host-mounts'],
      polaris: ['hostPathSet'],
      psa: ['hostPathVolumes', 'restrictedVolumes'],
      'docker-bench': ['5.6'],
      kubescape: ['C-0020', 'C-0048', 'C-0203'],
    },
  },
  check: {
    workload(workload, report) {
      for (const mount of workload.hostMounts) judge(mount, workload.format, report);
    },
    manifest(manifest, report) {
      for (const mount of manifest.hostMounts) judge(mount, 'kubernetes', report);
    },
  },
});

function judge(mount: HostMount, format: Orchestrator, report: Report): void {
  const { source, readOnly } = mount;
  if (source.kind !== 'known' || hostPathKind(source.value, format) !== 'sensitive') return;
  const severity = severityOf(source.value, readOnly, format);
  if (severity === undefined) return;
  report({
    at: source,
    severity,
    standards: standardsAt(standards, levelOfHostMount(mount)),
    message: `Host path ${quoted(source.value)} is mounted: ${harmOf(source.value, readOnly)}`,
  });
}

function harmOf(path: string, readOnly: HostMount['readOnly']): string {
  if (isShared(path)) return 'the container shares it with the host.';
  if (readOnly === true) return 'the container sees what the host keeps there.';
  return `the container ${readOnly === false ? 'can' : 'may'} change the host's system.`;
}

/** What is of little use to an attacker. */
function isShared(path: string): boolean {
  return clocks.includes(path) || isPeripheral(path) || isWithin(path, harmlessDevices);
}

/** Undefined for what Compose files mount as a matter of course. */
function severityOf(path: string, readOnly: HostMount['readOnly'], format: Orchestrator): Severity | undefined {
  if (isShared(path)) {
    if (format === 'kubernetes') return 'info';
    return clocks.includes(path) && readOnly !== true ? 'warning' : undefined;
  }
  if (readOnly === true) return forExporters.has(path) || isWithin(path, harmlessToRead) ? 'info' : 'warning';
  if (readOnly === 'unknown') return 'warning';
  return format === 'kubernetes' || path === '/' || isWithin(path, grave) ? 'error' : 'warning';
}
