import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import type { ServiceMount } from '../../../model/compose/mount.js';
import { locatedOption, withoutOptions } from '../../../model/compose/mount-options.js';
import { hostPathKind, isEngineSocket } from '../../../model/host-path.js';
import type { Located } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';

const labels: ReadonlySet<string> = new Set(['z', 'Z']);
/** Beside what is sensitive to mount: these belong to many programs at once. */
const commonDirectories: ReadonlySet<string> = new Set([
  '/media',
  '/mnt',
  '/srv',
  '/tmp',
  '/var/cache',
  '/var/lib',
  '/var/log',
  '/var/spool',
  '/var/tmp',
]);
const wholeHome = /^\/(?:var\/)?home\/[^/]+$/;

export default defineRule({
  meta: {
    id: 'selinux-relabel-host-path',
    summary: 'A directory that the host itself needs is given the SELinux label of containers.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['nist-800-190/4.5.5'],
    peers: {},
  },
  check: {
    service({ mounts }, report) {
      for (const mount of mounts) {
        const { source, fields } = mount;
        if (mount.type !== 'bind' || source.kind !== 'known' || !isOfHost(source.value)) continue;
        const label = labelOf(mount);
        if (label === undefined) continue;
        report({
          at: label,
          message: `Host path ${quoted(source.value)} is relabelled: programs of the host may lose access.`,
          fix: {
            title: 'Keep the labels of the host',
            safety: 'unsafe',
            change: fields === undefined ? withoutOptions(mount, labels) : remove(label.slot),
          },
        });
      }
    },
  },
});

/** Whether others than this container need what lies there. */
function isOfHost(path: string): boolean {
  if (isEngineSocket(path)) return false;
  return hostPathKind(path, 'compose') !== 'other' || commonDirectories.has(path) || wholeHome.test(path);
}

function labelOf(mount: ServiceMount): Located<string> | undefined {
  const { fields, options } = mount;
  if (fields !== undefined) {
    const label = fields.string('bind', 'selinux');
    return label.kind === 'known' && labels.has(label.value) ? label : undefined;
  }
  const option = options.findLast(({ word }) => labels.has(word));
  return option && locatedOption(mount, option);
}
