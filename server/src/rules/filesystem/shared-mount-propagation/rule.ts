import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'shared-mount-propagation',
    summary: 'Mounts spread between the container and its node.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-docker-1.6/5.20', 'nist-800-190/4.5.5'],
    peers: { kics: ['compose/volume_mounted_in_multiple_containers'], 'docker-bench': ['5.20'] },
  },
  check: {
    pod({ containers }, report) {
      for (const { container, own } of containers) {
        const mounts = own.list('volumeMounts');
        if (mounts.kind !== 'known') continue;
        for (const mount of mounts.value) {
          const propagation = mount.string('mountPropagation');
          const spreads = is(propagation, 'Bidirectional');
          if (!spreads && !is(propagation, 'HostToContainer')) continue;
          const subject = named('container', container.name);
          report({
            at: propagation,
            message: spreads
              ? `${subject} shares its mounts: the node and other pods get them.`
              : `${subject} gets new mounts of its node: it sees what comes later.`,
            ...(spreads ? {} : { severity: 'info' }),
            // The API takes it from privileged containers alone.
            related:
              spreads && is(container.privileged, true)
                ? [{ at: container.privileged.at, message: 'Only privileged containers may do so.' }]
                : [],
            fix: { title: 'Keep mounts apart', safety: 'unsafe', change: remove(propagation.slot) },
          });
        }
      }
    },
  },
});
