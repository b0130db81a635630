import { defineRule } from '../../../engine/rule.js';
import { remove, set } from '../../../model/change.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { sysctlSafeSince } from '../../../model/kubernetes/pod-security.js';
import { is, valueOf } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';

/** The parameters that each namespace has for itself (runc, `libcontainer/configs/validate`). */
const ofIpc = /^(?:fs\.mqueue\.|kernel\.(?:msg|sem|shm))/;
const ofUts: ReadonlySet<string> = new Set(['kernel.domainname', 'kernel.hostname']);
/** What begins otherwise is no parameter of Linux. */
const ofHost = /^(?:abi|debug|dev|fs|kernel|user|vm)\./;

export default defineRule({
  meta: {
    id: 'unsafe-sysctl',
    summary: 'A kernel parameter is set that may not stay inside the container or pod.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards: ['pss/baseline', 'nist-800-190/4.4.3'],
    peers: {
      kics: ['kubernetes/cluster_allows_unsafe_sysctls'],
      trivy: ['KSV-0026'],
      'kube-linter': ['unsafe-sysctls'],
      psa: ['sysctls'],
    },
  },
  check: {
    service(service, report) {
      if (service.container === undefined) return;
      for (const { name, nameAt } of valueOf(service.fields.assignments('sysctls')) ?? []) {
        const what = sharedPart(withDots(name), service);
        if (what === undefined) continue;
        report({
          at: nameAt,
          message: `Sysctl ${quoted(name)} changes the host${what}: the container will not start.`,
        });
      }
    },
    pod({ spec }, report, { kubernetesMinor }) {
      const list = spec.list('securityContext', 'sysctls');
      if (list.kind !== 'known') return;
      for (const item of list.value) {
        const name = item.string('name');
        if (name.kind !== 'known' || name.value === '') continue;
        const subject = `Sysctl ${quoted(name.value)}`;
        const dotted = withDots(name.value);
        const since = sysctlSafeSince(dotted);
        const isSafe = since !== undefined && since <= kubernetesMinor;
        if (isSafe && dotted === name.value) continue;
        if (isSafe) {
          report({
            at: name,
            severity: 'hint',
            standards: ['pss/baseline'],
            message: `${subject} has slashes: Pod Security admission knows it by dots only.`,
            fix: { title: 'Write it with dots', safety: 'unsafe', change: set(name.slot, dotted) },
          });
          continue;
        }
        const why = since === undefined ? 'it may change the node for all pods.' : `it is so only since 1.${since}.`;
        report({
          at: name,
          message: `${subject} does not count as safe: ${why}`,
          fix: { title: 'Remove the sysctl', safety: 'unsafe', change: remove(item.slot) },
        });
      }
    },
  },
});

/** The name as the nodes read it: where a slash comes first, slashes stand for dots and dots for slashes. */
function withDots(name: string): string {
  const first = /[./]/.exec(name)?.[0];
  if (first !== '/') return name;
  return name.replace(/[./]/g, (sign) => (sign === '/' ? '.' : '/'));
}

/** What of the host a parameter would change, as a message goes on; undefined where it is that of the container. */
function sharedPart(name: string, { workload, fields }: ComposeService): string | undefined {
  if (name.startsWith('net.')) return is(workload.hostNetwork, true) ? "'s network" : undefined;
  if (ofIpc.test(name)) return is(workload.hostIpc, true) ? "'s IPC" : undefined;
  if (ofUts.has(name)) return is(fields.string('uts'), 'host') ? "'s name" : undefined;
  return ofHost.test(name) ? '' : undefined;
}
