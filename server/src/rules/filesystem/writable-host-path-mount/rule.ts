import { defineRule } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import type { ServiceMount } from '../../../model/compose/mount.js';
import { locatedOption, mountedReadOnly } from '../../../model/compose/mount-options.js';
import { hostPathKind, isEngineSocket, isWithin } from '../../../model/host-path.js';
import type { Pod } from '../../../model/kubernetes/pod.js';
import { is, type Located } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';

/** A mount that is read-only does not keep anybody from writing to what these lead to. */
const specialTypes: ReadonlySet<string> = new Set(['Socket', 'CharDevice', 'BlockDevice']);
/** The sockets of graphical displays. */
const displays: readonly string[] = ['/tmp/.X11-unix', '/tmp/.ICE-unix'];
const title = 'Mount it read-only';
const memory: readonly string[] = ['/dev/hugepages', '/dev/mqueue', '/dev/shm'];

export default defineRule({
  meta: {
    id: 'writable-host-path-mount',
    summary: 'A directory of the host is mounted so that the container can write to it.',
    severity: { compose: 'info', kubernetes: 'warning' },
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards: ['nist-800-190/4.5.5'],
    peers: {
      kics: ['kubernetes/volume_mount_with_os_directory_write_permissions'],
      'kube-linter': ['writable-host-mount'],
      kubescape: ['C-0045'],
    },
  },
  check: {
    pod(pod, report) {
      // Most pods have none.
      if (pod.workload.hostMounts.length === 0) return;
      const paths = pathsByVolume(pod);
      for (const { own } of pod.containers) {
        const mounts = own.list('volumeMounts');
        if (mounts.kind !== 'known') continue;
        for (const mount of mounts.value) {
          const name = mount.string('name');
          const path = name.kind === 'known' ? paths.get(name.value) : undefined;
          const readOnly = mount.boolean('readOnly');
          if (path === undefined || readOnly.kind === 'unknown' || is(readOnly, true)) continue;
          report({
            at: readOnly.kind === 'absent' ? name : readOnly,
            message: `Host path ${quoted(path)} is mounted writable: the container can change its node.`,
            fix: { title, safety: 'unsafe', change: set(readOnly.slot, true) },
          });
        }
      }
    },
    service({ mounts }, report) {
      for (const mount of mounts) {
        const { type, source, readOnly } = mount;
        if (type !== 'bind' || readOnly !== false || source.kind !== 'known' || !isForeign(source.value)) continue;
        report({
          at: writableAt(mount),
          message: `Host path ${quoted(source.value)} is mounted writable: the container can change its host.`,
          fix: { title, safety: 'unsafe', change: mountedReadOnly(mount) },
        });
      }
    },
  },
});

/**
 * Whether a path leads to files that are not of the project, and that no graver rule speaks of. A relative one is how
 * projects are developed in containers.
 */
function isForeign(path: string): boolean {
  if (!/^(?:[/~]|[A-Za-z]:)/.test(path) || hostPathKind(path, 'compose') !== 'other') return false;
  return !path.endsWith('.sock') && !isWithin(path, displays);
}

/** Where it says so, else the path. */
function writableAt(mount: ServiceMount): Located<unknown> {
  const { fields, options, source } = mount;
  const readOnly = fields?.boolean('read_only');
  if (readOnly?.kind === 'known') return readOnly;
  const option = options.find(({ word }) => word === 'rw');
  return option === undefined ? source : locatedOption(mount, option);
}

/** The host paths that one can write to as to files, by the names of their volumes. */
function pathsByVolume({ spec, workload }: Pod): ReadonlyMap<string, string> {
  const volumes = spec.list('volumes');
  const types = new Map<string, Located<string>>();
  for (const volume of volumes.kind === 'known' ? volumes.value : []) {
    const name = volume.string('name');
    if (name.kind === 'known') types.set(name.value, volume.string('hostPath', 'type'));
  }
  const paths = new Map<string, string>();
  for (const { name, source } of workload.hostMounts) {
    const type = name === undefined ? undefined : types.get(name);
    if (name === undefined || type === undefined || source.kind !== 'known' || isSpecial(source.value, type)) continue;
    paths.set(name, source.value);
  }
  return paths;
}

/** Whether it may be a socket or a device. */
function isSpecial(path: string, type: Located<string>): boolean {
  if (type.kind === 'unknown' || (type.kind === 'known' && specialTypes.has(type.value))) return true;
  if (path.endsWith('.sock') || isEngineSocket(path)) return true;
  return isWithin(path, ['/dev']) && !isWithin(path, memory);
}
