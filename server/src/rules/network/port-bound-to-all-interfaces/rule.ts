import { defineRule } from '../../../engine/rule.js';
import { type Change, prefix, replaceText, set } from '../../../model/change.js';
import { valueOf } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';
import type { Container, PublishedPort } from '../../../model/workload.js';

const loopback = '127.0.0.1';
/** Their purpose is to be reached from outside, on these two ports. */
const reverseProxies: ReadonlySet<string> = new Set(['caddy', 'envoy', 'haproxy', 'nginx', 'nginx-proxy', 'traefik']);
const webPorts: readonly number[] = [80, 443];

export default defineRule({
  meta: {
    id: 'port-bound-to-all-interfaces',
    summary: 'A published port listens on every address of the host.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['cis-docker-1.6/5.14', 'nist-800-190/4.4.2'],
    peers: {
      kics: ['compose/container_traffic_not_bound_to_host_interface'],
      'docker-bench': ['5.14'],
      dclint: ['no-unbound-port-interfaces'],
    },
  },
  check: {
    container(container, report) {
      for (const port of container.publishedPorts) {
        const { hostAddress, hostPorts } = port;
        if (!isEveryAddress(port)) continue;
        const { from, to } = typeof hostPorts === 'string' ? { from: hostPorts, to: hostPorts } : hostPorts;
        const subject =
          typeof from === 'string' ? 'This port' : `Port ${quoted(from === to ? `${from}` : `${from}-${to}`)}`;
        report({
          at: valueOf(hostAddress) ? hostAddress : port.hostPortsAt,
          message: `${subject} listens on every address of the host: all who reach the host reach it.`,
          ...(isFrontDoor(container, port) ? { severity: 'info' } : {}),
          fix: { title: `Bind it to \`${loopback}\``, safety: 'unsafe', change: bind(port) },
        });
      }
    },
  },
});

function isEveryAddress({ hostAddress }: PublishedPort): boolean {
  return (
    hostAddress.kind === 'absent' || (hostAddress.kind === 'known' && ['', '0.0.0.0', '::'].includes(hostAddress.value))
  );
}

function isFrontDoor({ image }: Container, { hostPorts }: PublishedPort): boolean {
  const repository = valueOf(image)?.repository;
  if (repository === undefined || typeof hostPorts === 'string') return false;
  const name = repository.slice(repository.lastIndexOf('/') + 1);
  return reverseProxies.has(name) && hostPorts.from === hostPorts.to && webPorts.includes(hostPorts.from);
}

function bind({ form, slot, at, hostAddress, hostPorts, hostPortsAt }: PublishedPort): Change {
  if (form === 'long') return set(hostAddress.slot, loopback);
  if (hostAddress.kind === 'known') return replaceText(hostAddress.at, loopback);
  const isAlone = hostPorts === 'random' && at.span.end === hostPortsAt.span.end;
  return prefix(slot, isAlone ? `${loopback}::` : `${loopback}:`);
}
