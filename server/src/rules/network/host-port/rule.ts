import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { is, type Known } from '../../../model/located.js';

export default defineRule({
  meta: {
    id: 'host-port',
    summary: 'The container takes a port of the node that it runs on.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [
      'pss/baseline',
      'cis-kubernetes-1.12/5.2.12',
      'nist-800-190/4.4.2',
      'nist-800-190/4.4.3',
      'nsa-cisa/pod-security-enforcement',
    ],
    peers: {
      kics: ['kubernetes/workload_host_port_not_specified'],
      checkov: ['CKV_K8S_26'],
      trivy: ['KSV-0024'],
      polaris: ['hostPortSet'],
      psa: ['hostPorts'],
      kubescape: ['C-0044', 'C-0204'],
    },
  },
  check: {
    pod({ workload, containers }, report) {
      const isOnHost = is(workload.hostNetwork, true);
      for (const { own } of containers) {
        const ports = own.list('ports');
        if (ports.kind !== 'known') continue;
        for (const port of ports.value) {
          const hostPort = port.number('hostPort');
          // 0 is how the API writes that there is none.
          if (hostPort.kind !== 'known' || hostPort.value === 0) continue;
          const subject = `Host port '${hostPort.value}'`;
          if (isOnHost) {
            const message = `${subject} is taken on the network of the host: the cluster asks for it there.`;
            report({ at: hostPort, severity: 'info', message });
          } else {
            const message = `${subject} is taken on the node: whoever reaches the node reaches it.`;
            // An entry that has nothing else is refused, whatever is mended.
            const fix = port.number('containerPort').kind === 'absent' ? undefined : release(hostPort);
            report({ at: hostPort, message, fix });
          }
        }
      }
    },
  },
});

function release({ slot }: Known<number>): ReportedFix {
  return { title: 'Remove `hostPort`', safety: 'unsafe', change: remove(slot, 0) };
}
