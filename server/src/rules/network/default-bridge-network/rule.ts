import { defineRule, type Report } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { externalName, servicesByNetwork } from '../../../model/compose/network-membership.js';
import type { ComposeProject } from '../../../model/compose/project.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { is, knownItems } from '../../../model/located.js';
import { remembered } from '../../../model/parted.js';
import { named } from '../../../model/quoted.js';

const bridge = 'bridge';

export default defineRule({
  meta: {
    id: 'default-bridge-network',
    summary: 'The service is on the default bridge of the engine, together with containers of all projects.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['cis-docker-1.6/5.30', 'nist-800-190/4.4.2'],
    peers: { 'docker-bench': ['5.30'] },
  },
  check: {
    composeProject(project, report) {
      let linked: ReadonlySet<string> | undefined;
      for (const service of project.services.filter(isOnBridge)) {
        const mode = service.fields.string('network_mode');
        linked ??= linkedServices(project);
        report({
          at: mode,
          message: `${named('service', service.name)} is on the default bridge: all containers there reach it.`,
          fix:
            linked.has(service.name) || hasLinks(service)
              ? undefined
              : { title: 'Join the network of the project', safety: 'unsafe', change: remove(mode.slot, null) },
        });
      }
      reportNetworks(project, report);
    },
  },
});

const isOnBridge = remembered(({ fields }: ComposeService) => is(fields.string('network_mode'), bridge));

/** The names of services that a link leads to: they are found by it, as the default bridge knows no names. */
function linkedServices({ services }: ComposeProject): ReadonlySet<string> {
  return new Set(
    services.flatMap(({ fields }) =>
      knownItems(fields.strings('links')).map(({ value }) => value.split(':', 1)[0] ?? ''),
    ),
  );
}

function hasLinks({ fields }: ComposeService): boolean {
  return fields.key(['links']).kind !== 'absent' || fields.key(['external_links']).kind !== 'absent';
}

/** Networks of the file that stand for the default bridge, and that somebody joins. */
function reportNetworks(project: ComposeProject, report: Report): void {
  const bridges = project.networks.filter((network) => externalName(network) === bridge);
  const joined = bridges.length === 0 ? undefined : servicesByNetwork(project);
  for (const network of bridges) {
    const services = joined?.get(network.name);
    if (services === undefined) continue;
    const written = network.fields.string('name');
    report({
      at: written.kind === 'known' ? written : network.nameAt,
      message: `${named('network', network.name)} is the default bridge: containers of all projects meet.`,
      related: services.map(({ nameAt }) => ({ at: nameAt, message: 'This service joins it.' })),
    });
  }
}
