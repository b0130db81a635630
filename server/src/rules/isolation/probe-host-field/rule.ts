import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { probeHostsRefusedSince, standardsAt } from '../../../model/kubernetes/pod-security.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

const standards: readonly string[] = ['pss/baseline'];

/** What the node does for a container, and how it is called. */
const handlers: readonly { readonly path: readonly string[]; readonly what: string }[] = [
  { path: ['livenessProbe'], what: 'probe' },
  { path: ['readinessProbe'], what: 'probe' },
  { path: ['startupProbe'], what: 'probe' },
  { path: ['lifecycle', 'postStart'], what: 'hook' },
  { path: ['lifecycle', 'preStop'], what: 'hook' },
];
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i;

export default defineRule({
  meta: {
    id: 'probe-host-field',
    summary: 'A probe or lifecycle hook names the host that the node sends its request to.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards,
    peers: { psa: ['hostProbesAndHostLifecycle'] },
  },
  check: {
    pod({ workload, containers }, report, { kubernetesMinor }) {
      const level = kubernetesMinor < probeHostsRefusedSince ? undefined : 'baseline';
      for (const { container, own } of containers) {
        for (const { path, what } of handlers) {
          const handler = own.fields(...path);
          if (handler.kind !== 'known') continue;
          for (const request of ['httpGet', 'tcpSocket']) {
            const host = handler.value.string(request, 'host');
            if (host.kind !== 'known' || host.value === '') continue;
            const isOwn = is(workload.hostNetwork, true) && loopback.test(host.value);
            report({
              at: host,
              ...(isOwn ? { severity: 'info' } : {}),
              standards: standardsAt(standards, level),
              message: `${named('container', container.name)} names a host in a ${what}: its node will call it.`,
              fix: { title: 'Remove `host`', safety: 'unsafe', change: remove(host.slot, '') },
            });
          }
        }
      }
    },
  },
});
