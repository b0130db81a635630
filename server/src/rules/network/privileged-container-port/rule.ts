import { defineRule } from '../../../engine/rule.js';
import { containerPorts } from '../../../model/dockerfile/exposed-port.js';
import type { Pod } from '../../../model/kubernetes/pod.js';
import { is, valueOf } from '../../../model/located.js';
import { named, quoted } from '../../../model/quoted.js';
import type { Container } from '../../../model/workload.js';

/** The web: what listens there is built for it, and nobody takes another one. */
const usual: ReadonlySet<number> = new Set([80, 443]);
const opening: ReadonlySet<string> = new Set(['ALL', 'NET_BIND_SERVICE']);

export default defineRule({
  meta: {
    id: 'privileged-container-port',
    summary: 'A port of the container is one that only root could once open.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile', 'kubernetes'],
    standards: ['nist-800-190/4.4.3'],
    peers: { trivy: ['KSV-0117'], 'kube-linter': ['privileged-ports'] },
  },
  check: {
    instruction(instruction, report) {
      const { keyword, stage } = instruction;
      if (keyword !== 'EXPOSE' || stage?.inFinalChain !== true || stage.os === 'windows') return;
      for (const item of instruction.arguments) {
        const ports = item.kind === 'known' ? containerPorts(item.value) : [];
        if (!ports.some(({ from }) => from >= 1 && from < 1024 && !usual.has(from))) continue;
        report({
          at: item,
          message: `Port ${quoted(valueOf(item) ?? '')} is below 1024: to listen there may take root rights.`,
        });
      }
    },
    pod(pod, report) {
      if (pod.workload.os === 'windows') return;
      const free = firstFreePort(pod);
      for (const { container, own } of pod.containers) {
        const ports = own.list('ports');
        if (ports.kind !== 'known' || mayBind(container.addedCapabilities)) continue;
        for (const entry of ports.value) {
          const port = entry.number('containerPort');
          if (port.kind !== 'known' || port.value < 1 || port.value >= free) continue;
          report({
            at: port,
            message: `${named('container', container.name)} has a port below 1024: that may take root rights.`,
          });
        }
      }
    },
  },
});

/** The first port that needs no rights, as the pod sets it; 0 where that cannot be told. */
function firstFreePort({ spec }: Pod): number {
  const sysctls = spec.list('securityContext', 'sysctls');
  if (sysctls.kind !== 'known') return sysctls.kind === 'absent' ? 1024 : 0;
  for (const sysctl of sysctls.value) {
    const name = sysctl.string('name');
    if (name.kind === 'unknown') return 0;
    if (!is(name, 'net.ipv4.ip_unprivileged_port_start')) continue;
    const start = Number(valueOf(sysctl.string('value')));
    return Number.isInteger(start) ? Math.min(start, 1024) : 0;
  }
  return 1024;
}

/** Whether it is given the right to listen on any port, or may be. */
function mayBind(added: Container['addedCapabilities']): boolean {
  if (added.kind !== 'known') return added.kind === 'unknown';
  return added.value.some((item) => item.kind !== 'known' || opening.has(item.value.name));
}
