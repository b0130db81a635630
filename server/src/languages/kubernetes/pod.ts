// A pod template, wherever it lives, as a workload.

import type { Manifest } from '../../model/kubernetes/manifest.js';
import { type ContainerList, type Pod, systemLabels } from '../../model/kubernetes/pod.js';
import { is, type Located, mapLocated, valueOf } from '../../model/located.js';
import type { Workload } from '../../model/workload.js';
import type { Place } from '../../text/span.js';
import { asOwner, entries, get, type YamlValue } from '../yaml/document.js';
import { readContainer } from './container.js';
import { readHostMounts } from './host-mounts.js';
import { fieldsOf } from './manifest.js';
import type { KubernetesObject } from './objects.js';
import { type PodShape, podTemplatePaths, stepsOf } from './pod-places.js';
import { podSeccompProfile } from './seccomp.js';
import { podUser } from './user.js';
import { asBoolean, asString, field, itemsAt, itemsOf } from './values.js';

/** What a container has to know of the pod it is in. */
export interface PodSource {
  readonly object: KubernetesObject;
  /** What holds `metadata` and `spec` of the pod. An owner. */
  readonly template: YamlValue;
  /** An owner. */
  readonly spec: YamlValue;
  readonly nameAt: Place;
  /** Undefined for a pod template. */
  readonly shape: PodShape | undefined;
  /** False where a controller puts more into the pod than stands here. */
  readonly complete: boolean;
  readonly os: 'linux' | 'windows';
  readonly ownUserNamespace: Located<boolean>;
  readonly kubernetesMinor: number;
}

/** One entry of the three container lists of a pod. */
export interface ContainerEntry {
  readonly list: ContainerList;
  readonly index: number;
  /** An owner. */
  readonly value: YamlValue;
}

/** The pods of an object: mostly one or none. */
export function podsOf(object: KubernetesObject, kubernetesMinor: number): readonly PodSource[] {
  const templates = podTemplatePaths(object.group, object.kind).flatMap(({ path, shape }) =>
    follow(object.value, path).map((template) => ({ template, shape })),
  );
  return templates.flatMap(({ template, shape }) => {
    const spec = shape === undefined ? get(template, 'spec') : template;
    if (spec?.node?.kind !== 'map' || spec.duplicate) return [];
    const others = shape?.completedBy.flatMap((path) => follow(object.value, stepsOf(path))) ?? [];
    const complete = object.complete && others.length === 0;
    const owner = asOwner(spec);
    const { nameAt } = object;
    const hostUsers = field(owner, ['hostUsers'], nameAt, asBoolean);
    const ownUserNamespace = mapLocated(hostUsers, (value) => !value);
    const os = osOf(owner, nameAt);
    const found = { object, template: asOwner(template), spec: owner, nameAt, shape, complete } as const;
    return [{ ...found, os, ownUserNamespace, kubernetesMinor }];
  });
}

/** The values at the end of a path whose `*` stands for every item or value. */
function follow(from: YamlValue, path: readonly string[]): readonly YamlValue[] {
  let values: readonly YamlValue[] = [from];
  for (const step of path) {
    values = values.flatMap((value) => {
      if (step !== '*') return get(value, step) ?? [];
      if (value.node?.kind === 'sequence') return itemsOf(value);
      return entries(value).map((entry) => entry.value);
    });
    values = values.filter((value) => !value.duplicate);
  }
  return values;
}

function osOf(spec: YamlValue, nameAt: Place): 'linux' | 'windows' {
  const text = (...path: readonly string[]) => valueOf(field(spec, path, nameAt, asString));
  const [label, oldLabel] = systemLabels.map((name) => text('nodeSelector', name));
  const name = text('os', 'name') ?? label ?? oldLabel;
  if (name !== undefined) return name === 'windows' ? 'windows' : 'linux';
  const hostProcess = field(spec, ['securityContext', 'windowsOptions', 'hostProcess'], nameAt, asBoolean);
  return is(hostProcess, true) ? 'windows' : 'linux';
}

/** The containers of a pod in the order that they start in; what is no map is left out. */
export function containerEntries({ spec, shape }: PodSource): readonly ContainerEntry[] {
  if (shape !== undefined) {
    return shape.containers.flatMap(({ path, list }) =>
      follow(spec, stepsOf(path)).flatMap((value, index) => entryOf(value, index, list)),
    );
  }
  return (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap((list) =>
    itemsAt(spec, [list]).flatMap((value, index) => entryOf(value, index, list)),
  );
}

function entryOf(value: YamlValue, index: number, list: ContainerList): readonly ContainerEntry[] {
  return value.node?.kind === 'map' ? [{ list, index, value: asOwner(value) }] : [];
}

export function readWorkload(pod: PodSource, containerList: readonly ContainerEntry[]): Workload {
  const { object, spec, nameAt } = pod;
  const containers = containerList.map((entry) => readContainer(pod, entry));
  return {
    format: 'kubernetes',
    kind: object.kind,
    name: workloadName(object),
    nameAt,
    // The list of a patch names containers, and leaves their images to the object that it patches.
    complete: pod.complete && containers.some((container) => container.complete),
    os: pod.os,
    containers,
    hostNetwork: field(spec, ['hostNetwork'], nameAt, asBoolean),
    hostPid: field(spec, ['hostPID'], nameAt, asBoolean),
    hostIpc: field(spec, ['hostIPC'], nameAt, asBoolean),
    ownUserNamespace: pod.ownUserNamespace,
    defaultUser: podUser(pod),
    defaultSeccompProfile: podSeccompProfile(pod),
    hostMounts: readHostMounts(pod, containerList),
    // A pod always joins the network of the cluster.
    reachableWithoutHostNetwork: true,
    networkSharers: [],
  };
}

export interface PodRequest {
  readonly source: PodSource;
  readonly object: Manifest;
  readonly workload: Workload;
  /** Those that the workload was read from. */
  readonly entries: readonly ContainerEntry[];
}

/** The pod with all that is written in it. */
export function readPod({ source, object, workload, entries: entryList }: PodRequest): Pod {
  const { template, spec, nameAt } = source;
  return {
    object,
    workload,
    template: fieldsOf(template, nameAt),
    spec: fieldsOf(spec, nameAt),
    containers: workload.containers.flatMap((container, index) => {
      const entry = entryList[index];
      return entry === undefined ? [] : [{ list: entry.list, container, own: fieldsOf(entry.value, container.nameAt) }];
    }),
  };
}

/** Empty where it has none, or a template writes it. */
function workloadName({ name, nameAt, value }: KubernetesObject): string {
  return name || (valueOf(field(value, ['metadata', 'generateName'], nameAt, asString)) ?? '');
}
