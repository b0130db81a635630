import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'custom-cgroup-parent',
    summary: 'The container is put into another control group than the engine would choose.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['cis-docker-1.6/5.25', 'nist-800-190/4.4.3'],
    peers: { kics: ['compose/cgroup_not_default'], 'docker-bench': ['5.25'] },
  },
  check: {
    service({ fields, name, container }, report) {
      if (container === undefined) return;
      const parent = fields.string('cgroup_parent');
      if (parent.kind !== 'known' || parent.value === '') return;
      const isOfHost = parent.value.startsWith('/') || parent.value.startsWith('system.slice');
      report({
        at: parent,
        ...(isOfHost ? { severity: 'warning' } : {}),
        message: isOfHost
          ? `${named('service', name)} is in a control group of its host: both compete.`
          : `${named('service', name)} picks its control group: expected limits may not hold.`,
        fix: { title: 'Remove `cgroup_parent`', safety: 'unsafe', change: remove(parent.slot, '') },
      });
    },
  },
});
