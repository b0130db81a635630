import { defineRule } from '../../../engine/rule.js';
import { type NetworkMembership, networkMembership } from '../../../model/compose/network-membership.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { knownItems } from '../../../model/located.js';
import { remembered } from '../../../model/parted.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'links-without-shared-network',
    summary: 'A link leads to a service that is in no network with this one, so it cannot be reached.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
  },
  check: {
    composeProject(project, report) {
      // Another file may join what is apart here.
      if (!project.whole) return;
      const linking = project.services.filter(hasLinks);
      if (linking.length === 0) return;
      let membership: NetworkMembership | undefined;
      const services = new Map(project.services.map((service) => [service.name, service]));
      for (const service of linking) {
        for (const link of knownItems(service.fields.strings('links'))) {
          const target = services.get(link.value.split(':', 1)[0] ?? '');
          if (target === undefined || target === service || !target.complete) continue;
          membership ??= networkMembership(project);
          if (membership.areConnected(service, target) !== false) continue;
          report({
            at: link,
            message: `Link ${quoted(link.value)} leads to a service in other networks: it is not reached.`,
            related: [{ at: target.nameAt, message: 'This service is in other networks.' }],
          });
        }
      }
    },
  },
});

const hasLinks = remembered(
  ({ complete, fields }: ComposeService) => complete && knownItems(fields.strings('links')).length > 0,
);
