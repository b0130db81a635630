import { defineRule } from '../../../engine/rule.js';
import { servicesByNetwork } from '../../../model/compose/network-membership.js';
import type { ComposeResource } from '../../../model/compose/project.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'host-lan-network',
    summary: 'A network gives containers addresses of their own in the network that the host is in.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['nist-800-190/4.4.2'],
    peers: {},
  },
  check: {
    composeProject(project, report) {
      const open = project.networks.filter(isInLan);
      if (open.length === 0) return;
      const joined = servicesByNetwork(project);
      for (const network of open) {
        const services = joined.get(network.name);
        if (services === undefined) continue;
        report({
          at: network.fields.string('driver'),
          message: `${named('network', network.name)} is part of the LAN: all ports of its containers are open.`,
          related: services.map(({ nameAt }) => ({ at: nameAt, message: 'This service is in it.' })),
        });
      }
    },
  },
});

/** Whether containers have addresses beside that of the host; without a parent, they are among themselves. */
function isInLan({ external, fields }: ComposeResource): boolean {
  const driver = fields.string('driver');
  const isMacvlan = is(driver, 'macvlan');
  if (external !== false || !(isMacvlan || is(driver, 'ipvlan'))) return false;
  const parent = fields.string('driver_opts', 'parent');
  const internal = fields.boolean('internal');
  if (parent.kind === 'absent' || is(parent, '') || (internal.kind !== 'absent' && !is(internal, false))) return false;
  // In the other modes of ipvlan the host routes to a network behind it.
  const mode = fields.string('driver_opts', 'ipvlan_mode');
  return isMacvlan || mode.kind === 'absent' || is(mode, 'l2');
}
