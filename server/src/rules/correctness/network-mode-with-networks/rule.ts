import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import type { ComposeFields } from '../../../model/compose/fields.js';
import { named, quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'network-mode-with-networks',
    summary: 'A service has a network mode beside networks or ports that the mode rules out.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
  },
  check: {
    service({ name, fields, networks }, report) {
      const mode = fields.string('network_mode');
      if (mode.kind !== 'known' || mode.value === '') return;
      const subject = named('service', name);
      const listed = fields.key(['networks']);
      if (networks.length > 0 && listed.kind === 'known') {
        report({
          at: mode,
          message: `${subject} has a network mode and networks: Compose refuses the file.`,
          related: [{ at: listed.at, message: 'Its networks are here.' }],
          fix: [
            { title: 'Remove `network_mode`', safety: 'unsafe', change: remove(mode.slot) },
            { title: 'Remove `networks`', safety: 'unsafe', change: remove(listed.slot, []) },
          ],
        });
      }
      const ports = fields.key(['ports']);
      if (ports.kind === 'known' && publishes(fields)) {
        const isShared = /^(?:service|container):/.test(mode.value);
        if (!isShared && mode.value !== 'host' && mode.value !== 'none') return;
        report({
          at: ports,
          severity: isShared ? 'error' : 'hint',
          message: isShared
            ? `${subject} publishes ports on the network of another: it cannot start.`
            : `${subject} publishes ports in network mode ${quoted(mode.value)}: they are ignored.`,
          related: [{ at: mode.at, message: 'The network mode is set here.' }],
          fix: { title: 'Remove `ports`', safety: 'unsafe', change: remove(ports.slot, []) },
        });
      }
    },
  },
});

function publishes(fields: ComposeFields): boolean {
  const short = fields.strings('ports');
  return short.kind === 'known' && short.value.length > 0;
}
