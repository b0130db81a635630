// The seccomp profile of pods and containers: fields, and the annotations that were there before them.

import { inherit } from '../../model/kubernetes/pod.js';
import type { Located } from '../../model/located.js';
import type { SeccompProfile } from '../../model/workload.js';
import type { Place } from '../../text/span.js';
import type { YamlValue } from '../yaml/document.js';
import type { Decode } from '../yaml/locate.js';
import type { PodSource } from './pod.js';
import { asString, field } from './values.js';

const profilePath = ['securityContext', 'seccompProfile', 'type'];
const podAnnotation = 'seccomp.security.alpha.kubernetes.io/pod';
const containerAnnotation = 'container.seccomp.security.alpha.kubernetes.io/';
/** The first minor version that has the fields. */
const fieldsThere = 19;
/** The first minor version that does not read the annotations. */
const annotationsGone = 27;

const asProfile: Decode<SeccompProfile> = (value) => {
  const text = asString(value)?.value;
  if (text === undefined) return undefined;
  const types: { readonly [text: string]: SeccompProfile['type'] } = {
    Unconfined: 'unconfined',
    RuntimeDefault: 'runtime-default',
    Localhost: 'localhost',
  };
  return {
    value: { text, type: types[text] ?? 'other', confined: 'RuntimeDefault', annotated: false, obsolete: false },
  };
};

function asAnnotation(kubernetesMinor: number): Decode<SeccompProfile> {
  return (value) => {
    const text = asString(value)?.value;
    if (text === undefined) return undefined;
    const obsolete = kubernetesMinor >= annotationsGone;
    return { value: { text, type: annotationType(text), confined: 'runtime/default', annotated: true, obsolete } };
  };
}

function annotationType(text: string): SeccompProfile['type'] {
  if (text === 'unconfined') return 'unconfined';
  if (text === 'runtime/default' || text === 'docker/default') return 'runtime-default';
  return text.startsWith('localhost/') ? 'localhost' : 'other';
}

/** The profile that a pod gives to its containers. */
export function podSeccompProfile(pod: PodSource): Located<SeccompProfile> {
  const asField = field(pod.spec, profilePath, pod.nameAt, asProfile);
  const annotated = annotation(pod, podAnnotation);
  if (pod.kubernetesMinor >= fieldsThere || annotated.kind === 'absent') return firstThere([asField, annotated]);
  return annotated;
}

/**
 * The profile of a container. A field of its own comes first, then the annotation for it, then field and annotation of
 * the pod: the order of the kubelet. What the cluster does not read comes last of all: annotations now, fields of old.
 */
export function containerSeccompProfile(
  pod: PodSource,
  container: YamlValue,
  name: string,
  nameAt: Place,
): Located<SeccompProfile> {
  const own = field(container, profilePath, nameAt, asProfile);
  const ownAnnotation = annotation(pod, containerAnnotation + name);
  const ofPod = inherit(own, field(pod.spec, profilePath, pod.nameAt, asProfile), nameAt);
  const podAnnotated = annotation(pod, podAnnotation);
  if (pod.kubernetesMinor < fieldsThere) {
    const annotated = inherit(ownAnnotation, podAnnotated, nameAt);
    return annotated.kind === 'absent' ? ofPod : annotated;
  }
  const podWide = inherit(own, podAnnotated, nameAt);
  return pod.kubernetesMinor >= annotationsGone
    ? firstThere([own, ofPod, ownAnnotation, podWide])
    : firstThere([own, ownAnnotation, ofPod, podWide]);
}

function annotation(pod: PodSource, key: string): Located<SeccompProfile> {
  const path = ['metadata', 'annotations', key];
  const found = field(pod.template, path, pod.nameAt, asAnnotation(pod.kubernetesMinor));
  // One that nobody reads and that cannot be told says nothing at all.
  if (found.kind !== 'unknown' || pod.kubernetesMinor < annotationsGone) return found;
  return { kind: 'absent', at: pod.nameAt, slot: found.slot };
}

/** The first one that is there, else the first one. */
function firstThere<T>([first, ...others]: readonly [Located<T>, ...Located<T>[]]): Located<T> {
  return first.kind === 'absent' ? (others.find((other) => other.kind !== 'absent') ?? first) : first;
}
