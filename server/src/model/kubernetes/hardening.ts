// What the containers of a pod lack to meet the level `restricted` of the Pod Security Standards, and where it belongs.
import { mayHold } from '../capability.js';
import { append, type Change, type Data, set } from '../change.js';
import type { Fields } from '../fields.js';
import { is, type Located, type Slot } from '../located.js';
import { isRoot } from '../user.js';
import { mayBeForWindows, type Pod, type PodContainer, takesOwnContext } from './pod.js';
import { restrictedSince, userNamespaceSparedSince } from './pod-security.js';

/** A field of a security context that is missing, with its value. */
interface Missing {
  readonly key: string;
  readonly value: Data;
}

/**
 * The changes that bring wanted containers of a pod to the level as far as fields are missing: what is set stays as it
 * is, be it right or wrong. What a whole pod lacks goes into the pod, unless that would reach a container that is not
 * wanted or cannot start with it. Nothing brings a privileged container to the level: it is never wanted. Changes to one
 * security context are to be made one after the other.
 */
export function hardeningOf(
  pod: Pod,
  isWanted: (index: number) => boolean,
  kubernetesMinor: number,
): readonly Change[] {
  if (!pod.workload.complete || mayBeForWindows(pod)) return [];
  const wanted = pod.containers.filter(
    ({ container }, index) => isWanted(index) && container.complete && !is(container.privileged, true),
  );
  if (wanted.length === 0) return [];
  const isForPod = (lacks: (one: PodContainer) => boolean) =>
    pod.containers.every((one) => wanted.includes(one) || !lacks(one));
  const podContext = pod.spec.fields('securityContext');
  const canChangePod = podContext.kind !== 'unknown' && takesOwnContext(pod);
  const lacksNonRoot = (one: PodContainer) => lacksRunAsNonRoot(one, kubernetesMinor);
  const isReached = (one: PodContainer) => one.container.requiresNonRoot.kind === 'absent';
  const nonRootForPod =
    canChangePod && isForPod(isReached) && wanted.every((one) => !isReached(one) || lacksNonRoot(one));
  const lacksSeccomp = (one: PodContainer) => lacksSeccompProfile(one, pod, kubernetesMinor);
  // No profile is in force for a privileged container.
  const seccompForPod = canChangePod && isForPod((one) => lacksSeccomp(one) && !is(one.container.privileged, true));
  const ofPod: Missing[] = [];
  if (nonRootForPod && wanted.some(lacksNonRoot)) ofPod.push(runAsNonRoot);
  if (seccompForPod && wanted.some(lacksSeccomp)) ofPod.push(seccompProfileOf(pod.spec));
  return [
    ...changesTo(podContext, ofPod),
    ...wanted.flatMap((one) => {
      const missing: Missing[] = [];
      if (lacksNoEscalation(one)) missing.push(allowPrivilegeEscalation);
      if (one.container.droppedCapabilities.kind === 'absent') missing.push(capabilitiesOf(one.own));
      if (!nonRootForPod && lacksNonRoot(one)) missing.push(runAsNonRoot);
      if (!seccompForPod && lacksSeccomp(one)) missing.push(seccompProfileOf(one.own));
      const context = one.own.fields('securityContext');
      return [...changesTo(context, missing), ...dropAll(one)];
    }),
  ];
}

const allowPrivilegeEscalation: Missing = { key: 'allowPrivilegeEscalation', value: false };
const runAsNonRoot: Missing = { key: 'runAsNonRoot', value: true };

/** The API refuses the field beside CAP_SYS_ADMIN, and beside `privileged: true`. */
function lacksNoEscalation({
  container: { privileged, privilegeEscalation, addedCapabilities },
}: PodContainer): boolean {
  if (privilegeEscalation.kind !== 'absent' || privileged.kind === 'unknown') return false;
  return !mayHold(addedCapabilities, 'SYS_ADMIN');
}

/** A container that is told to be root would not start any more. */
function lacksRunAsNonRoot({ container }: PodContainer, kubernetesMinor: number): boolean {
  const { requiresNonRoot, user, ownUserNamespace } = container;
  if (requiresNonRoot.kind !== 'absent' || user.kind === 'unknown') return false;
  if (kubernetesMinor >= userNamespaceSparedSince && is(ownUserNamespace, true)) return false;
  return user.kind === 'absent' || !isRoot(user.value);
}

/**
 * An annotation that the cluster no longer reads counts for nothing. Beside a path, which is for a profile on the node,
 * the API refuses the profile of the runtime.
 */
function lacksSeccompProfile(
  { container: { seccompProfile: profile }, own }: PodContainer,
  { spec }: Pod,
  kubernetesMinor: number,
): boolean {
  if (kubernetesMinor < restrictedSince.seccompProfile) return false;
  if (profile.kind === 'unknown' || (profile.kind === 'known' && !profile.value.obsolete)) return false;
  return [own, spec].every((owner) => owner.scalar(...profilePath, 'localhostProfile').kind === 'absent');
}

const profilePath = ['securityContext', 'seccompProfile'];

function seccompProfileOf(owner: Fields): Missing {
  const isThere = owner.fields(...profilePath).kind === 'known';
  return isThere
    ? { key: 'seccompProfile.type', value: 'RuntimeDefault' }
    : { key: 'seccompProfile', value: { type: 'RuntimeDefault' } };
}

function capabilitiesOf(own: Fields): Missing {
  const isThere = own.fields('securityContext', 'capabilities').kind === 'known';
  return isThere ? { key: 'capabilities.drop', value: ['ALL'] } : { key: 'capabilities', value: { drop: ['ALL'] } };
}

/** A list that drops something else gets ALL too. One with an item that cannot be told may have it. */
function dropAll({ container: { droppedCapabilities: dropped } }: PodContainer): readonly Change[] {
  if (dropped.kind !== 'known') return [];
  const hasAll = dropped.value.some(
    (item) => item.kind === 'unknown' || (item.kind === 'known' && item.value.name === 'ALL'),
  );
  return hasAll ? [] : [append(dropped.slot, 'ALL')];
}

function changesTo(context: Located<Fields>, missing: readonly Missing[]): readonly Change[] {
  if (missing.length === 0 || context.kind === 'unknown') return [];
  if (context.kind === 'absent')
    return [set(context.slot, Object.fromEntries(missing.map(({ key, value }) => [key, value])))];
  return missing.map(({ key, value }) => set(slotOf(context.value, key.split('.')), value));
}

function slotOf(fields: Fields, path: readonly string[]): Slot {
  return fields.scalar(...path).slot;
}
