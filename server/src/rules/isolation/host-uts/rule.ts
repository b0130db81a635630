import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { is } from '../../../model/located.js';
import { ownNamespace } from '../../../model/own-namespace.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'host-uts',
    summary: 'The service has no host name of its own but that of the host, which it may be able to change.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['cis-docker-1.6/5.21', 'nist-800-190/4.4.3'],
    peers: { 'docker-bench': ['5.21'] },
  },
  check: {
    service({ name, container, fields }, report) {
      const uts = fields.string('uts');
      if (container === undefined || !is(uts, 'host')) return;
      report({
        at: uts,
        message: `${named('service', name)} shares the host's name: SYS_ADMIN lets it change it.`,
        fix: {
          title: 'Stop sharing the host name',
          safety: 'unsafe',
          change: remove(uts.slot, ownNamespace('compose')),
        },
      });
    },
  },
});
