import { defineRule } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'host-cgroup-namespace',
    summary: 'The service sees the control groups of the whole host, not its own alone.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['nist-800-190/4.4.3'],
    peers: {},
  },
  check: {
    service({ name, container, fields }, report) {
      const cgroup = fields.string('cgroup');
      if (container === undefined || !is(cgroup, 'host')) return;
      report({
        at: cgroup,
        message: `${named('service', name)} sees the host's cgroups: it learns what else runs there.`,
        fix: { title: 'Use `private`', safety: 'unsafe', change: set(cgroup.slot, 'private') },
      });
    },
  },
});
