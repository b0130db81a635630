import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { knownItems } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

/** What a member of each group can reach where the host lends it to the container. */
const rights: ReadonlyMap<string, string> = new Map([
  ['0', 'the files of root'],
  ['root', 'the files of root'],
  ['docker', 'the Docker socket'],
  ['disk', 'raw disks'],
  ['kmem', 'kernel memory'],
  ['shadow', 'password hashes'],
  ['sudo', 'root by sudo'],
  ['wheel', 'root by sudo'],
]);

export default defineRule({
  meta: {
    id: 'privileged-supplementary-group',
    summary: 'The container is in a group that has special rights, often on its host too.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['nist-800-190/4.4.3'],
    peers: {},
  },
  check: {
    service({ fields, name, container }, report) {
      if (container === undefined) return;
      for (const group of knownItems(fields.strings('group_add'))) {
        const right = rights.get(group.value);
        if (right === undefined) continue;
        report({
          at: group,
          message: `${named('service', name)} joins group '${group.value}': it may reach ${right}.`,
          fix: { title: `Leave group \`${group.value}\``, safety: 'unsafe', change: remove(group.slot) },
        });
      }
    },
  },
});
