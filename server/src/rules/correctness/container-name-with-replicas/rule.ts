import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'container-name-with-replicas',
    summary: 'A service asks for several containers, and for one name for all of them.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
  },
  check: {
    service({ name, fields }, report) {
      const containerName = fields.string('container_name');
      if (containerName.kind !== 'known' || containerName.value === '') return;
      const counts = [fields.number('scale'), fields.number('deploy', 'replicas')];
      const count = counts.find((number) => number.kind === 'known' && number.value > 1);
      if (count?.kind !== 'known') return;
      report({
        at: containerName,
        message: `${named('service', name)} has one name for several containers: Compose refuses it.`,
        related: [{ at: count.at, message: 'Several containers are asked for here.' }],
        fix: { title: 'Remove `container_name`', safety: 'unsafe', change: remove(containerName.slot, '') },
      });
    },
  },
});
