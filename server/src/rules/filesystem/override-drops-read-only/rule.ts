import { defineRule } from '../../../engine/rule.js';
import { isAbove } from '../../../model/compose/layers.js';
import type { ServiceMount } from '../../../model/compose/mount.js';
import { mountedReadOnly } from '../../../model/compose/mount-options.js';
import { hostPathKind } from '../../../model/host-path.js';
import { valueOf } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'override-drops-read-only',
    summary: 'A mount that is read-only becomes writable, because an entry with the same target replaces it.',
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
        const { replaces, readOnly, target, source, at, type } = mount;
        if (readOnly !== false || replaces?.readOnly !== true || (type !== 'bind' && type !== 'volume')) continue;
        if (!isAbove(source, replaces.source)) continue;
        report({
          at,
          message: `${quoted(valueOf(target) ?? 'This', 40)} was read-only below: this entry replaces it, writable.`,
          related: [{ at: replaces.at, message: 'It is read-only here.' }],
          ...(isOtherSource(mount, replaces) ? { severity: 'info' } : {}),
          fix: { title: 'Mount it read-only again', safety: 'unsafe', change: mountedReadOnly(mount) },
        });
      }
    },
  },
});

/** Sources of the project in the place of a copy are what people develop with; a path of the system is not. */
function isOtherSource({ source }: ServiceMount, replaced: ServiceMount): boolean {
  if (source.kind !== 'known' || replaced.source.kind !== 'known') return true;
  return source.value !== replaced.source.value && hostPathKind(source.value, 'compose') === 'other';
}
