import { defineRule } from '../../../engine/rule.js';
import { servicesByNetwork } from '../../../model/compose/network-membership.js';
import { firstTogether } from '../../../model/compose/profiles.js';
import type { ComposeProject } from '../../../model/compose/project.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { dataServiceOf } from '../../../model/data-service.js';
import { valueOf } from '../../../model/located.js';
import { remembered } from '../../../model/parted.js';
import { listensOn } from '../../../model/published-port.js';

export default defineRule({
  meta: {
    id: 'flat-network',
    summary: 'Services that are open to others and those that hold the data share the one default network.',
    severity: 'hint',
    confidence: 'medium',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['nist-800-190/4.4.2'],
    peers: {},
    options: {
      fewServices: { default: 3, description: 'As many services may share one network, whatever they are.' },
    },
  },
  check: {
    composeProject(project, report, { options }) {
      if (!isFlat(project)) return;
      const services = servicesByNetwork(project).get('default') ?? [];
      if (services.length <= options.fewServices) return;
      const stores = services.filter(holdsData);
      const open = stores.length === 0 ? [] : services.filter(isOpen);
      const [front, store] = firstTogether(open, stores) ?? [];
      if (front === undefined || store === undefined) return;
      report({
        at: project.fields.key(['services']),
        message: `Network 'default' joins ${services.length} services: who breaks into one reaches the data.`,
        related: [
          { at: front.nameAt, message: 'This service is open to others.' },
          { at: store.nameAt, message: 'This service holds data.' },
        ],
      });
    },
  },
});

/** Whether nobody has thought of networks yet: all that there is, is the one that Compose makes. */
function isFlat({ services, networks, whole }: ComposeProject): boolean {
  if (!whole || networks.some(({ name }) => name !== 'default')) return false;
  return services.every(saysNoNetwork);
}

const saysNoNetwork = remembered(
  ({ fields, complete }: ComposeService) => complete && fields.key(['networks']).kind === 'absent',
);

const holdsData = remembered(({ container }: ComposeService) => {
  const image = container && valueOf(container.image);
  const data = image && dataServiceOf(image);
  return data !== undefined && data.isInterface !== true;
});

const isOpen = remembered((service: ComposeService) => {
  if (holdsData(service)) return false;
  return service.container?.publishedPorts.some((port) => listensOn(port)?.endsWith('address')) === true;
});
