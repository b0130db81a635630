import { defineRule } from '../../../engine/rule.js';
import type { ServiceMount } from '../../../model/compose/mount.js';
import { mountedReadOnly } from '../../../model/compose/mount-options.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { hostPathKind } from '../../../model/host-path.js';
import type { Known } from '../../../model/located.js';
import { remembered } from '../../../model/parted.js';
import { named, quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'shared-writable-volume',
    summary: 'More than one service writes to the same volume.',
    severity: 'hint',
    confidence: 'medium',
    profile: 'all',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['nist-800-190/4.4.3'],
    peers: { kics: ['compose/shared_volumes_between_containers'] },
  },
  check: {
    composeProject({ services }, report) {
      const writers = new Map<string, ComposeService[]>();
      for (const service of services) {
        for (const { index, key } of writableMounts(service)) {
          const others = writers.get(key) ?? [];
          writers.set(key, others);
          const first = others.find((other) => runTogether(other, service));
          others.push(service);
          const mount = first && service.mounts[index];
          const firstSource = first && sourceIn(first, key);
          if (first === undefined || mount === undefined || firstSource === undefined) continue;
          const { source } = mount;
          if (source.kind !== 'known') continue;
          const isVolume = mount.type === 'volume';
          report({
            at: source,
            message: `${named(isVolume ? 'volume' : 'path', source.value)} can be written by several services: one can harm all.`,
            related: [{ at: firstSource.at, message: `${quoted(first.name)} writes to it, too.` }],
            fix: {
              title: `Let ${quoted(service.name)} only read it`,
              safety: 'unsafe',
              change: mountedReadOnly(mount),
            },
          });
        }
      }
    },
  },
});

/** Which of the mounts of a service let it write, and to what. */
const writableMounts = remembered(({ mounts }: ComposeService) =>
  mounts.flatMap((mount, index) => {
    const source = writableSource(mount);
    return source === undefined ? [] : [{ index, key: keyOf(mount, source) }];
  }),
);

function keyOf({ type }: ServiceMount, { value }: Known<string>): string {
  return `${type} ${value}`;
}

/** Where a service names what it may write to, the first time. */
function sourceIn(service: ComposeService, key: string): Known<string> | undefined {
  const index = writableMounts(service).find((mount) => mount.key === key)?.index;
  const mount = index === undefined ? undefined : service.mounts[index];
  return mount && writableSource(mount);
}

/** What a mount lets its service write to; sockets, devices and the system of the host are no place to keep data. */
function writableSource({ type, source, readOnly }: ServiceMount): Known<string> | undefined {
  if (readOnly !== false || source.kind !== 'known') return undefined;
  if (type === 'volume') return source;
  if (type !== 'bind' || source.value.endsWith('.sock') || hostPathKind(source.value, 'compose') !== 'other')
    return undefined;
  return source;
}

/** Whether two services run at once: one that has profiles runs with any of them. */
function runTogether(one: ComposeService, other: ComposeService): boolean {
  if (one === other || one.profiles === undefined || other.profiles === undefined) return false;
  if (one.profiles.length === 0 || other.profiles.length === 0) return true;
  return one.profiles.some((profile) => other.profiles?.includes(profile));
}
