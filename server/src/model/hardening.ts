// What the containers of a pod lack to meet the level `restricted` of the Pod Security Standards, and where it belongs.
import { append, type Change, type Data, set } from './change.js';
import { is, knownItems, type Located, type Slot } from './located.js';
import type { Fields } from './manifest.js';
import type { Pod, PodContainer } from './pod.js';
import { isRoot } from './user.js';

/** The first minor version that lets a pod with a user namespace of its own run as root. */
const userNamespacesCount = 35;

/** A field of a security context that is missing, with its value. */
interface Missing {
  readonly key: string;
  readonly value: Data;
}

/**
 * The changes that bring wanted containers of a pod to the level as far as fields are missing: what is set stays as it
 * is, be it right or wrong. What a whole pod lacks goes into the pod, unless that would reach a container that is not
 * wanted or cannot start with it. Changes to one security context are to be made one after the other.
 */
export function hardeningOf(
  pod: Pod,
  isWanted: (index: number) => boolean,
  kubernetesMinor: number,
): readonly Change[] {
  if (!pod.workload.complete || pod.workload.os === 'windows') return [];
  const wanted = pod.containers.filter(({ container }, index) => isWanted(index) && container.complete);
  if (wanted.length === 0) return [];
  const isForPod = (lacks: (one: PodContainer) => boolean) =>
    pod.containers.every((one) => wanted.includes(one) || !lacks(one));
  const podContext = pod.spec.fields('securityContext');
  const canChangePod = podContext.kind !== 'unknown';
  const lacksNonRoot = (one: PodContainer) => lacksRunAsNonRoot(one, kubernetesMinor);
  const isReached = (one: PodContainer) => one.container.requiresNonRoot.kind === 'absent';
  const nonRootForPod =
    canChangePod && isForPod(isReached) && wanted.every((one) => !isReached(one) || lacksNonRoot(one));
  const seccompForPod = canChangePod && isForPod(lacksSeccompProfile);
  const ofPod: Missing[] = [];
  if (nonRootForPod && wanted.some(lacksNonRoot)) ofPod.push(runAsNonRoot);
  if (seccompForPod && wanted.some(lacksSeccompProfile)) ofPod.push(seccompProfile);
  return [
    ...changesTo(podContext, ofPod),
    ...wanted.flatMap((one) => {
      const { privileged, droppedCapabilities: dropped } = one.container;
      const missing: Missing[] = [];
      if (lacksNoEscalation(one)) missing.push(allowPrivilegeEscalation);
      if (dropped.kind === 'absent' && !is(privileged, true)) missing.push(capabilitiesOf(one.own));
      if (!nonRootForPod && lacksNonRoot(one)) missing.push(runAsNonRoot);
      if (!seccompForPod && lacksSeccompProfile(one)) missing.push(seccompProfile);
      const context = one.own.fields('securityContext');
      return [...changesTo(context, missing), ...dropAll(one)];
    }),
  ];
}

const allowPrivilegeEscalation: Missing = { key: 'allowPrivilegeEscalation', value: false };
const runAsNonRoot: Missing = { key: 'runAsNonRoot', value: true };
const seccompProfile: Missing = { key: 'seccompProfile', value: { type: 'RuntimeDefault' } };

/** The API refuses the field beside `privileged: true` and beside CAP_SYS_ADMIN. */
function lacksNoEscalation({
  container: { privileged, privilegeEscalation, addedCapabilities },
}: PodContainer): boolean {
  if (privilegeEscalation.kind !== 'absent' || privileged.kind === 'unknown' || is(privileged, true)) return false;
  if (addedCapabilities.kind === 'unknown') return false;
  return knownItems(addedCapabilities).every(({ value }) => value.name !== 'SYS_ADMIN');
}

/** A container that is told to be root would not start any more. */
function lacksRunAsNonRoot({ container }: PodContainer, kubernetesMinor: number): boolean {
  const { requiresNonRoot, user, ownUserNamespace } = container;
  if (requiresNonRoot.kind !== 'absent' || user.kind === 'unknown') return false;
  if (kubernetesMinor >= userNamespacesCount && is(ownUserNamespace, true)) return false;
  return user.kind === 'absent' || !isRoot(user.value);
}

/** An annotation that the cluster no longer reads counts for nothing. */
function lacksSeccompProfile({ container: { seccompProfile: profile } }: PodContainer): boolean {
  return profile.kind === 'absent' || (profile.kind === 'known' && profile.value.obsolete);
}

function capabilitiesOf(own: Fields): Missing {
  const isThere = own.fields('securityContext', 'capabilities').kind === 'known';
  return isThere ? { key: 'capabilities.drop', value: ['ALL'] } : { key: 'capabilities', value: { drop: ['ALL'] } };
}

/** A list that drops something else gets ALL too. One with an item that cannot be told may have it. */
function dropAll({ container: { privileged, droppedCapabilities: dropped } }: PodContainer): readonly Change[] {
  if (dropped.kind !== 'known' || is(privileged, true)) return [];
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
