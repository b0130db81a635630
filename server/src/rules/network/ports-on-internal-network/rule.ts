import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { namedNetworks } from '../../../model/compose/network-membership.js';
import type { ComposeProject, ComposeResource } from '../../../model/compose/project.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { is, type Known } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'ports-on-internal-network',
    summary: 'Ports are published by a service that is in internal networks alone, to no effect.',
    severity: 'info',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
  },
  check: {
    composeProject(project, report) {
      const internal = internalNetworks(project);
      if (internal.size === 0) return;
      for (const service of project.services) {
        const ports = service.fields.items('ports');
        if (ports.kind !== 'known' || ports.value.length === 0) continue;
        const known = networksIfInternal(service, internal);
        // Another file may add a network that leads out.
        if (known === undefined || !project.whole || !service.complete) continue;
        const key = service.fields.key(['ports']);
        report({
          at: key,
          message: `${named('service', service.name)} publishes ports on internal networks: nobody gets in.`,
          related: known.map(({ at }) => ({ at, message: 'It makes a network internal that the service is in.' })),
          fix: { title: 'Remove `ports`', safety: 'unsafe', change: remove(key.slot, []) },
        });
      }
    },
  },
});

type Internal = Known<boolean>;

function internalNetworks({ networks }: ComposeProject): ReadonlyMap<string, Internal> {
  return new Map(
    networks.flatMap((network): readonly [string, Internal][] => {
      const internal = internalField(network);
      return internal === undefined ? [] : [[network.name, internal]];
    }),
  );
}

function internalField({ external, fields }: ComposeResource): Internal | undefined {
  const internal = fields.boolean('internal');
  return external === false && is(internal, true) ? internal : undefined;
}

/** What makes the networks of a service internal, where each of them is. */
function networksIfInternal(
  service: ComposeService,
  internal: ReadonlyMap<string, Internal>,
): readonly Internal[] | undefined {
  const mode = service.fields.string('network_mode');
  if (mode.kind === 'unknown' || (mode.kind === 'known' && mode.value !== '')) return undefined;
  const found = namedNetworks(service)?.map((name) => internal.get(name));
  return found?.every((field) => field !== undefined) ? found : undefined;
}
