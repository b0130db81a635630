// A pod of Kubernetes, for rules about what only Kubernetes has. What it shares with Compose is in its workload.
import type { Place } from '../../text/span.js';
import type { Fields } from '../fields.js';
import { is, type Located } from '../located.js';
import type { Container, Workload } from '../workload.js';
import type { Manifest } from './manifest.js';

export interface Pod {
  /** The object that it is written in. */
  readonly object: Manifest;
  readonly workload: Workload;
  /** The pod template: what holds its `metadata` and `spec`. */
  readonly template: Fields;
  readonly spec: Fields;
  /** In the order of {@link Workload.containers}. */
  readonly containers: readonly PodContainer[];
}

/** A container with the fields that are written in it. */
export interface PodContainer {
  readonly list: ContainerList;
  /** Its effective values. */
  readonly container: Container;
  /** What is missing in it is reported at its name. */
  readonly own: Fields;
}

export type ContainerList = 'containers' | 'initContainers' | 'ephemeralContainers';

/** The labels of nodes that tell their system; the one that has `beta` in it is still found in old manifests. */
export const systemLabels: readonly string[] = ['kubernetes.io/os', 'beta.kubernetes.io/os'];

/** Whether a pod is for Windows, or nobody can tell, since a template says for which system it is. */
export function mayBeForWindows({ workload, spec, containers }: Pod): boolean {
  if (workload.os === 'windows' || spec.string('os', 'name').kind === 'unknown') return true;
  const hostProcess = ['securityContext', 'windowsOptions', 'hostProcess'];
  if (containers.some(({ own }) => is(own.boolean(...hostProcess), true))) return true;
  const labels = spec.fields('nodeSelector');
  return labels.kind === 'known' && systemLabels.some((label) => labels.value.string(label).kind === 'unknown');
}

/** Whether a pod may have a security context for all of its containers. Knative refuses one unless it is told not to. */
export function takesOwnContext({ object }: Pod): boolean {
  return object.group !== 'serving.knative.dev';
}

/** A field that a container takes from its pod where it does not have it itself. */
export function inherit<T>(own: Located<T>, ofPod: Located<T>, containerAt: Place): Located<T> {
  if (own.kind !== 'absent' || ofPod.kind === 'absent') return own;
  return { ...ofPod, via: [{ kind: 'pod-default', at: containerAt }, ...ofPod.via] };
}
