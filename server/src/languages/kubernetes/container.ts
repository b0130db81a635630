// A container of a pod with its effective values.
import { type Capability, capability } from '../../model/capability.js';
import { type ImageReference, parseImageReference } from '../../model/image-reference.js';
import { inherit } from '../../model/kubernetes/pod.js';
import { type Located, mapLocated } from '../../model/located.js';
import type { Container, ContainerRole, PublishedPort } from '../../model/workload.js';
import type { Place } from '../../text/span.js';
import { entries, get, placeOf, slotOf, type YamlValue } from '../yaml/document.js';
import type { Decode } from '../yaml/locate.js';
import { readEnvironment } from './environment.js';
import { isDirected } from './objects.js';
import type { ContainerEntry, PodSource } from './pod.js';
import { containerSeccompProfile } from './seccomp.js';
import { containerUserOf } from './user.js';
import { asBoolean, asInteger, asString, field, itemsAt, listField, mappedString, stringAt } from './values.js';

const asCapability: Decode<Capability> = (value) => {
  const text = asString(value)?.value;
  return text === undefined ? undefined : { value: capability(text) };
};

/** A reference that the container engines would take; placeholders that a build step replaces are none. */
const asImage: Decode<ImageReference> = (value) => {
  const text = mappedString(value);
  // Istio's injection writes the image of its proxy in place of `auto`.
  const reference = text === undefined || text.value === 'auto' ? undefined : parseImageReference(text);
  if (reference === undefined) return undefined;
  if (!/^[a-z0-9][a-z0-9._/-]*$/.test(reference.repository)) return undefined;
  if (reference.tag !== undefined && !/^\w[\w.-]*$/.test(reference.tag)) return undefined;
  return { value: reference };
};

/** An image at a path; an empty one counts as none. */
export function imageAt(owner: YamlValue, path: readonly string[], nameAt: Place): Located<ImageReference> {
  const text = field(owner, path, nameAt, asString);
  if (text.kind === 'known' && text.value.trim() === '') return { kind: 'absent', at: nameAt, slot: text.slot };
  return field(owner, path, nameAt, asImage);
}

export function readContainer(pod: PodSource, entry: ContainerEntry): Container {
  const { value } = entry;
  const name = stringAt(value, 'name')?.text;
  const nameAt = containerAt(value);
  const image = imageAt(value, ['image'], nameAt);
  const capabilities = (list: string) =>
    listField(value, ['securityContext', 'capabilities', list], nameAt, asCapability);
  const nonRoot = ['securityContext', 'runAsNonRoot'];
  return {
    format: 'kubernetes',
    role: roleOf(entry, nameAt),
    name: name ?? `${entry.list}[${entry.index}]`,
    nameAt,
    complete: pod.complete && image.kind !== 'absent' && !isDirected(value),
    os: pod.os,
    ownUserNamespace: pod.ownUserNamespace,
    image,
    privileged: field(value, ['securityContext', 'privileged'], nameAt, asBoolean),
    user: containerUserOf(pod, value, nameAt),
    requiresNonRoot: inherit(
      field(value, nonRoot, nameAt, asBoolean),
      field(pod.spec, nonRoot, pod.nameAt, asBoolean),
      nameAt,
    ),
    addedCapabilities: capabilities('add'),
    droppedCapabilities: capabilities('drop'),
    seccompProfile: containerSeccompProfile(pod, value, name ?? '', nameAt),
    privilegeEscalation: mapLocated(
      field(value, ['securityContext', 'allowPrivilegeEscalation'], nameAt, asBoolean),
      (allowed) => ({ allowed, forbidden: false }),
    ),
    environment: readEnvironment(pod, value, name),
    publishedPorts: readPorts(value),
  };
}

/** The value of `name`; where there is none, the first key. */
export function containerAt(value: YamlValue): Place {
  const name = get(value, 'name');
  return name?.node?.kind === 'scalar' ? placeOf(name) : (entries(value)[0]?.keyAt ?? placeOf(value));
}

function roleOf({ list, value }: ContainerEntry, nameAt: Place): ContainerRole {
  if (list === 'containers') return 'main';
  if (list === 'ephemeralContainers') return 'ephemeral';
  const policy = field(value, ['restartPolicy'], nameAt, asString);
  return policy.kind === 'known' && policy.value === 'Always' ? 'sidecar' : 'init';
}

/** The ports that are opened on the node. */
function readPorts(container: YamlValue): readonly PublishedPort[] {
  return itemsAt(container, ['ports']).flatMap((item) => {
    const at = placeOf(item);
    const hostPort = field(item, ['hostPort'], at, asInteger);
    // 0 is how the API writes that there is none.
    if (hostPort.kind === 'absent' || (hostPort.kind === 'known' && hostPort.value === 0)) return [];
    const containerPort = field(item, ['containerPort'], at, asInteger);
    const protocol = field(item, ['protocol'], at, asString);
    return [
      {
        at,
        slot: slotOf(item),
        form: 'long',
        hostAddress: field(item, ['hostIP'], at, asString),
        hostPorts: rangeOf(hostPort),
        hostPortsAt: hostPort.at,
        containerPorts: rangeOf(containerPort),
        containerPortsAt: containerPort.at,
        protocol: protocol.kind === 'known' ? protocol.value.toLowerCase() : 'tcp',
      },
    ];
  });
}

function rangeOf(port: Located<number>) {
  return port.kind === 'known' ? { from: port.value, to: port.value } : 'unknown';
}
