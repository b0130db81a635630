import { defineRule } from '../../../engine/rule.js';
import { type Change, remove } from '../../../model/change.js';
import type { ServiceMount } from '../../../model/compose/mount.js';
import { locatedOption, withoutOptions } from '../../../model/compose/mount-options.js';
import { is, type Known } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

/** Compose calls a propagation by its name in the kernel, once for the mount alone and once for those below it, too. */
const words: ReadonlySet<string> = new Set(['shared', 'rshared', 'slave', 'rslave', 'private', 'rprivate']);
const title = 'Keep mounts apart';

export default defineRule({
  meta: {
    id: 'shared-mount-propagation',
    summary: 'Mounts spread between the container and its host.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
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
            fix: { title, safety: 'unsafe', change: remove(propagation.slot) },
          });
        }
      }
    },
    service({ name, mounts }, report) {
      for (const mount of mounts) {
        if (mount.type !== 'bind' && mount.type !== 'unknown') continue;
        const propagation = propagationOf(mount);
        if (propagation === undefined || /private$/.test(propagation.word)) continue;
        const spreads = /shared$/.test(propagation.word);
        report({
          at: propagation.at,
          message: spreads
            ? `${named('service', name)} shares its mounts: what it mounts is mounted on the host.`
            : `${named('service', name)} gets new mounts of its host: it sees what comes later.`,
          ...(spreads ? {} : { severity: 'info' }),
          fix: { title, safety: 'unsafe', change: propagation.fix },
        });
      }
    },
  },
});

interface Propagation {
  readonly word: string;
  readonly at: Known<string>;
  readonly fix: Change;
}

/** What a mount says of propagation; the last word counts. */
function propagationOf(mount: ServiceMount): Propagation | undefined {
  if (mount.fields === undefined) {
    const option = mount.options.findLast(({ word }) => words.has(word));
    return option && { word: option.word, at: locatedOption(mount, option), fix: withoutOptions(mount, words) };
  }
  const at = mount.fields.string('bind', 'propagation');
  if (at.kind !== 'known' || !words.has(at.value)) return undefined;
  return { word: at.value, at, fix: remove(at.slot, 'rprivate') };
}
