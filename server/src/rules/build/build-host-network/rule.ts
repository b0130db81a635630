import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { is, knownItems } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'build-host-network',
    summary: 'The image is built in the network of the machine that builds it.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile', 'compose'],
    standards: ['nist-800-190/4.1.2', 'nist-800-190/4.4.2'],
    peers: {},
  },
  check: {
    instruction({ keyword, flags }, report) {
      if (keyword !== 'RUN') return;
      const network = flags.find(({ name }) => name === 'network')?.value;
      if (network === undefined || !is(network, 'host')) return;
      report({
        at: network,
        message: "This step runs in the host's network: it reaches what the machine hides.",
        fix: { title: 'Build in the default network', safety: 'unsafe', change: remove(network.slot) },
      });
    },
    service({ name, fields }, report) {
      const network = fields.string('build', 'network');
      if (is(network, 'host')) {
        report({
          at: network,
          message: `${named('service', name)} is built in the host's network: steps reach what it hides.`,
          fix: { title: 'Build in the default network', safety: 'unsafe', change: remove(network.slot, 'default') },
        });
      }
      for (const item of knownItems(fields.strings('build', 'entitlements'))) {
        if (item.value !== 'network.host') continue;
        report({
          at: item,
          message: `${named('service', name)} lets steps of its build join the host's network.`,
          fix: { title: 'Remove the entitlement', safety: 'unsafe', change: remove(item.slot) },
        });
      }
    },
  },
});
