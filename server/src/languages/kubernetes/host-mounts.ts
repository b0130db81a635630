// The paths of the node that a pod, or a PersistentVolume, makes visible.

import { cleanHostPath } from '../../model/clean-host-path.js';
import type { HostMount } from '../../model/workload.js';
import type { Place } from '../../text/span.js';
import { placeOf, slotBelow, slotOf, type YamlValue } from '../yaml/document.js';
import { type Decode, lookup } from '../yaml/locate.js';
import { containerAt } from './container.js';
import type { KubernetesObject } from './objects.js';
import type { ContainerEntry, PodSource } from './pod.js';
import { mayHoldMore } from './template.js';
import { asBoolean, asString, field, itemsAt, mappedString, stringAt } from './values.js';

export function readHostMounts(pod: PodSource, containers: readonly ContainerEntry[]): readonly HostMount[] {
  const hostVolumes = itemsAt(pod.spec, ['volumes']).filter(
    (volume) => lookup(volume, ['hostPath']).kind !== 'missing',
  );
  if (hostVolumes.length === 0) return [];
  const uses = usesOf(pod, containers);
  return hostVolumes.map((volume) => {
    const name = stringAt(volume, 'name');
    const at = name?.at ?? placeOf(volume);
    const own = name === undefined ? undefined : uses.byName.get(name.text);
    return {
      written: 'hostPath',
      name: name?.text,
      ...sourceAt(volume, ['hostPath', 'path'], at),
      readOnly: name === undefined ? 'unknown' : readOnlyOf(own, uses.unknown),
      slot: slotOf(volume),
      removable: name !== undefined && own === undefined && !uses.unknown,
    };
  });
}

/** The paths of the node that the object itself offers. */
export function manifestHostMounts({ group, kind, name, nameAt, value }: KubernetesObject): readonly HostMount[] {
  if (group !== '' || kind !== 'PersistentVolume') return [];
  return (['hostPath', 'local'] as const).flatMap((source) => {
    const path = ['spec', source];
    if (lookup(value, path).kind === 'missing') return [];
    return [
      {
        written: 'PersistentVolume',
        name: name === '' ? undefined : name,
        ...sourceAt(value, [...path, 'path'], nameAt),
        readOnly: false,
        slot: slotBelow(value, ...path),
        removable: false,
      },
    ];
  });
}

/** An empty path is refused by the cluster. */
const asPath: Decode<string> = (value) => {
  const text = asString(value)?.value;
  return text === undefined || text === '' ? undefined : { value: cleanHostPath(text) };
};

function sourceAt(owner: YamlValue, path: readonly string[], nameAt: Place): Pick<HostMount, 'source' | 'sourceText'> {
  const found = lookup(owner, path);
  const source = field(owner, path, nameAt, asPath);
  return {
    source,
    sourceText: found.kind === 'found' ? mappedString(found.value) : undefined,
  };
}

interface Uses {
  /** Whether each mount of a volume is read-only, by the name of the volume. */
  readonly byName: ReadonlyMap<string, readonly (boolean | 'unknown')[]>;
  /** Whether there may be mounts of which one cannot tell what they mount. */
  readonly unknown: boolean;
}

function usesOf(pod: PodSource, containers: readonly ContainerEntry[]): Uses {
  const byName = new Map<string, (boolean | 'unknown')[]>();
  // A workflow has volumes for the pods of all its templates.
  const isShared = pod.shape !== undefined;
  let unknown =
    isShared ||
    (['containers', 'initContainers', 'ephemeralContainers'] as const).some((list) => {
      const found = lookup(pod.spec, [list]);
      if (found.kind === 'missing') return mayHoldMore(pod.spec);
      return found.kind === 'blocked' || found.value.node?.kind !== 'sequence' || mayHoldMore(found.value);
    });
  for (const { value } of containers) {
    const list = lookup(value, ['volumeMounts']);
    if (list.kind === 'missing' ? mayHoldMore(value) : list.kind === 'blocked' || mayHoldMore(list.value)) {
      unknown = true;
    }
    for (const mount of itemsAt(value, ['volumeMounts'])) {
      const name = stringAt(mount, 'name')?.text;
      const readOnly = field(mount, ['readOnly'], containerAt(value), asBoolean);
      if (name === undefined) unknown = true;
      else {
        const mounts = byName.get(name) ?? [];
        mounts.push(readOnly.kind === 'known' ? readOnly.value : readOnly.kind === 'absent' ? false : 'unknown');
        byName.set(name, mounts);
      }
    }
  }
  return { byName, unknown };
}

function readOnlyOf(mounts: readonly (boolean | 'unknown')[] | undefined, more: boolean): boolean | 'unknown' {
  if (mounts?.includes(false)) return false;
  if (more || mounts?.includes('unknown')) return 'unknown';
  return mounts !== undefined;
}
