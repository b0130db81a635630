import { defineRule } from '../../../engine/rule.js';
import { valueOf } from '../../../model/located.js';
import { bindToLoopback, listeningAt, listensOn, portSubject } from '../../../model/published-port.js';
import type { Container, PublishedPort } from '../../../model/workload.js';

/** Their purpose is to be reached from outside, on these two ports. */
const reverseProxies: ReadonlySet<string> = new Set(['caddy', 'envoy', 'haproxy', 'nginx', 'nginx-proxy', 'traefik']);
const webPorts: readonly number[] = [80, 443];

export default defineRule({
  meta: {
    id: 'port-bound-to-all-interfaces',
    summary: 'Whoever reaches any address of the host reaches the published port.',
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
        if (listensOn(port) !== 'every address') continue;
        report({
          at: listeningAt(port),
          message: `${portSubject(port)} listens on every address of the host: all who reach the host reach it.`,
          ...(isFrontDoor(container, port) ? { severity: 'info' } : {}),
          fix: bindToLoopback(port),
        });
      }
    },
  },
});

function isFrontDoor({ image }: Container, { hostPorts }: PublishedPort): boolean {
  const repository = valueOf(image)?.repository;
  if (repository === undefined || typeof hostPorts === 'string') return false;
  const name = repository.slice(repository.lastIndexOf('/') + 1);
  return reverseProxies.has(name) && hostPorts.from === hostPorts.to && webPorts.includes(hostPorts.from);
}
