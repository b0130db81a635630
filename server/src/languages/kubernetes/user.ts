// The user that a container runs as.

import { inherit } from '../../model/kubernetes/pod.js';
import type { Located } from '../../model/located.js';
import type { ContainerUser } from '../../model/user.js';
import type { Place } from '../../text/span.js';
import type { YamlValue } from '../yaml/document.js';
import type { Decode } from '../yaml/locate.js';
import type { PodSource } from './pod.js';
import { asInteger, asString, field } from './values.js';

const asUserId: Decode<ContainerUser> = (value) => {
  const uid = asInteger(value)?.value;
  return uid === undefined ? undefined : { value: { text: String(uid), uid, name: undefined } };
};

const asUserName: Decode<ContainerUser> = (value) => {
  const name = asString(value)?.value;
  return name === undefined ? undefined : { value: { text: name, uid: undefined, name } };
};

/** The user that a pod gives to its containers. */
export function podUser(pod: PodSource): Located<ContainerUser> {
  return choose(pod, (path, decode) => field(pod.spec, path, pod.nameAt, decode));
}

/** The user of a container: its own, else the one of its pod. */
export function containerUserOf(pod: PodSource, container: YamlValue, nameAt: Place): Located<ContainerUser> {
  return choose(pod, (path, decode) =>
    inherit(field(container, path, nameAt, decode), field(pod.spec, path, pod.nameAt, decode), nameAt),
  );
}

type Read = (path: readonly string[], decode: Decode<ContainerUser>) => Located<ContainerUser>;

/** Windows knows users by name only; its options also tell a pod that does not say for which system it is. */
function choose(pod: PodSource, read: Read): Located<ContainerUser> {
  const byId = read(['securityContext', 'runAsUser'], asUserId);
  if (pod.os === 'linux' && byId.kind !== 'absent') return byId;
  const byName = read(['securityContext', 'windowsOptions', 'runAsUserName'], asUserName);
  return byName.kind === 'absent' && pod.os === 'linux' ? byId : byName;
}
