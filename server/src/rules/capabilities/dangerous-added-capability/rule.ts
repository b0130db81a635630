import { defineRule, type Severity } from '../../../engine/rule.js';
import { breakOutCapabilities, capability } from '../../../model/capability.js';
import { remove } from '../../../model/change.js';
import { baselineCapabilities, standardsAt } from '../../../model/kubernetes/pod-security.js';
import { is, knownItems } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';
import type { Container } from '../../../model/workload.js';

/** What a container can do that has it. */
const powers: ReadonlyMap<string, string> = new Map([
  ['ALL', 'nothing of root is kept from the container.'],
  ['AUDIT_CONTROL', 'it can switch off the audit log of the kernel.'],
  ['BPF', 'it can run programs inside the kernel of the host.'],
  ['CHECKPOINT_RESTORE', 'it can forge process ids and read memory maps.'],
  ['DAC_READ_SEARCH', 'it can read any file of the host by its handle.'],
  ['MAC_ADMIN', 'it can rewrite the access policy of the host.'],
  ['MAC_OVERRIDE', 'the access policy of the host does not bind it.'],
  ['NET_ADMIN', 'it can change routes, firewalls and interfaces.'],
  ['NET_RAW', 'it can forge packets and pose as a neighbour.'],
  ['PERFMON', 'it can watch the kernel and all that runs on it.'],
  ['SYS_ADMIN', 'it can mount file systems and break out.'],
  ['SYS_BOOT', 'it can load another kernel for the host to boot.'],
  ['SYSLOG', 'it can read kernel messages and addresses.'],
  ['SYS_MODULE', 'it can load code into the kernel of the host.'],
  ['SYS_PTRACE', 'it can take over every process that it sees.'],
  ['SYS_RAWIO', 'it can reach memory and disks of the host.'],
  ['SYS_TIME', 'it can set the clock of the host.'],
]);

const composeOnly: ReadonlySet<string> = new Set(['AUDIT_CONTROL', 'CHECKPOINT_RESTORE']);

const standards = [
  'pss/baseline',
  'cis-docker-1.6/5.4',
  'cis-kubernetes-1.10/5.2.9',
  'nist-800-190/4.4.3',
  'nsa-cisa/pod-security-enforcement',
];

export default defineRule({
  meta: {
    id: 'dangerous-added-capability',
    summary: 'An added capability is enough to get out of the container, or to rule the host.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards,
    peers: {
      kics: ['kubernetes/containers_with_sys_admin_capabilities', 'compose/container_capabilities_unrestricted'],
      checkov: ['CKV_K8S_39'],
      trivy: ['KSV-0005', 'KSV-0119', 'KSV-0120'],
      polaris: ['dangerousCapabilities'],
      psa: ['capabilities_baseline', 'capabilities_restricted'],
      'docker-bench': ['5.4'],
      kubescape: ['C-0046'],
    },
    options: {
      also: { default: [], description: 'More capabilities that are reported.' },
      allowed: { default: [], description: 'Capabilities that are not reported.' },
    },
  },
  check: {
    container(container, report, { options }) {
      if (is(container.privileged, true)) return;
      const [also, allowed] = [namesOf(options.also), namesOf(options.allowed)];
      for (const item of knownItems(container.addedCapabilities)) {
        const { name } = item.value;
        const severity = severityOf(name, container) ?? (also.has(name) ? 'warning' : undefined);
        if (severity === undefined || allowed.has(name)) continue;
        report({
          at: item,
          severity,
          // Settings may call a capability dangerous that everybody may have.
          standards: standardsAt(standards, baselineCapabilities.has(item.value.text) ? undefined : 'baseline'),
          message: `Added capability ${quoted(name)} is dangerous: ${powers.get(name) ?? 'your settings say so.'}`,
          fix: { title: `Remove \`${name}\``, safety: 'unsafe', change: remove(item.slot) },
        });
      }
    },
  },
});

function severityOf(name: string, container: Container): Severity | undefined {
  // The others are errors in Kubernetes only, where Pod Security Standards forbid them.
  if (breakOutCapabilities.has(name)) return 'error';
  if (!powers.has(name)) return undefined;
  if (container.format === 'kubernetes') {
    if (composeOnly.has(name)) return undefined;
    return name === 'NET_ADMIN' || name === 'NET_RAW' ? 'warning' : 'error';
  }
  // Docker gives NET_RAW to everybody; adding it says something only where it was taken away.
  const dropsAll = knownItems(container.droppedCapabilities).some((item) => item.value.name === 'ALL');
  return name === 'NET_RAW' && !dropsAll ? undefined : 'warning';
}

function namesOf(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.map((text) => capability(text).name));
}
