import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { networkMembership } from '../../../model/compose/network-membership.js';
import type { ComposeProject } from '../../../model/compose/project.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { type BehindPort, dataServiceBehind } from '../../../model/data-service.js';
import { valueOf } from '../../../model/located.js';
import { remembered } from '../../../model/parted.js';
import { bindToLoopback, listeningAt, listensOn, portSubject } from '../../../model/published-port.js';
import type { Container, PublishedPort } from '../../../model/workload.js';

export default defineRule({
  meta: {
    id: 'database-port-published',
    summary: 'The port of a database, cache or broker is open beyond its own machine.',
    severity: 'warning',
    confidence: 'medium',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['nist-800-190/4.4.2'],
    peers: {},
  },
  check: {
    composeProject(project, report) {
      let isUsedInside: ((service: ComposeService) => boolean) | undefined;
      for (const service of project.services.filter(showsData)) {
        const { container } = service;
        for (const port of container?.publishedPorts ?? []) {
          const behind = container && dataBehind(port, container);
          if (behind === undefined) continue;
          isUsedInside ??= usedInside(project);
          report({
            at: listeningAt(port),
            message: messageFor(port, behind),
            ...(listensOn(port) === 'one address' ? { severity: 'info' } : {}),
            fix: [bindToLoopback(port), ...(isUsedInside(service) ? [stopPublishing(port)] : [])],
          });
        }
      }
    },
  },
});

const showsData = remembered(
  ({ container }: ComposeService) =>
    container?.publishedPorts.some((port) => dataBehind(port, container) !== undefined) === true,
);

/** What others than this machine find behind a port. */
function dataBehind(port: PublishedPort, { image }: Container): BehindPort | undefined {
  const reach = listensOn(port);
  return reach === undefined || reach === 'loopback' ? undefined : dataServiceBehind(port, valueOf(image));
}

function messageFor(port: PublishedPort, { service, isSure }: BehindPort): string {
  const subject = portSubject(port);
  return isSure
    ? `${subject} opens ${service.name} beyond this machine: others can try to get in.`
    : `${subject} looks like ${service.name}, open beyond this machine: others can try to get in.`;
}

function stopPublishing({ slot }: PublishedPort): ReportedFix {
  return { title: 'Stop publishing it', safety: 'unsafe', change: remove(slot) };
}

/** Whether others depend on a service, all of them in a network with it: they need no published port. */
function usedInside(project: ComposeProject): (service: ComposeService) => boolean {
  const dependents = new Map<string, ComposeService[]>();
  for (const service of project.services) {
    for (const dependency of service.dependencies) {
      const name = valueOf(dependency.service);
      const others = name === undefined ? undefined : dependents.get(name);
      if (others !== undefined) others.push(service);
      else if (name !== undefined) dependents.set(name, [service]);
    }
  }
  const { areConnected } = networkMembership(project);
  return (service) => dependents.get(service.name)?.every((other) => areConnected(other, service)) === true;
}
