// What the admission controller of the Pod Security Standards goes by (kubernetes/pod-security-admission 8f84a87).
import { type Change, type Safety, set } from '../change.js';
import type { Fields } from '../fields.js';
import { is, type Located } from '../located.js';
import { named } from '../quoted.js';
import type { HostMount, SeccompProfile } from '../workload.js';
import type { Pod } from './pod.js';

/** The first of the levels that forbids something. Whatever baseline forbids, restricted does too. */
export type PodSecurityLevel = 'baseline' | 'restricted';

/** The first minor versions in which checks of level restricted are made; those that are not here always were. */
export const restrictedSince = { capabilities: 22, privilegeEscalation: 8, seccompProfile: 19 } as const;

/** The first minor version whose pods have fields for seccomp: from then on admission reads nothing else. */
const seccompFieldSince = 19;

/** The first minor version in which level restricted spares Windows pods some checks. */
const windowsSparedSince = 25;

/** The first minor version that lets pods with a user namespace of their own run as root, or see all of `/proc`. */
export const userNamespaceSparedSince = 35;

/** The first minor version that refuses user 0 for itself, and not only for a missing `runAsNonRoot`. */
const rootRefusedSince = 23;

/** The first minor version in which level baseline refuses hosts in probes and lifecycle hooks. */
export const probeHostsRefusedSince = 34;

/** The standards of a finding: those of its rule, and of Pod Security only the level that refuses the pod. */
export function standardsAt(standards: readonly string[], level: PodSecurityLevel | undefined): readonly string[] {
  return standards.filter((standard) => !standard.startsWith('pss/') || standard === `pss/${level}`);
}

/** The capabilities that level baseline lets a container add. It takes no other spelling. */
export const baselineCapabilities: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

/** The one capability that level restricted lets a container add. */
export const restrictedCapability = 'NET_BIND_SERVICE';

/**
 * What the controller takes a pod for: it believes `spec.os` alone. `mistaken`: a Windows pod that it judges like one of
 * Linux, because it does not say what it is, or because the version spares none.
 */
export function systemOf(
  { spec, workload }: Pod,
  kubernetesMinor: number,
): 'linux' | 'windows' | 'mistaken' | 'unknown' {
  const name = spec.string('os', 'name');
  if (name.kind === 'unknown') return 'unknown';
  if (name.kind === 'known' && name.value === 'windows' && kubernetesMinor >= windowsSparedSince) return 'windows';
  return workload.os === 'windows' ? 'mistaken' : 'linux';
}

/** What rules report of a pod, in the words of the engine. */
interface MistakenPod {
  readonly at: Located<string>;
  readonly severity: 'hint';
  readonly standards: readonly ['pss/restricted'];
  readonly message: string;
  readonly fix: { readonly title: string; readonly safety: Safety; readonly change: Change } | undefined;
}

/**
 * A Windows pod that level restricted refuses because it takes it for one of Linux; `demand` is what it asks of such a
 * pod, in at most 28 characters with the full stop. Several rules report this: the place and the fix are the same, the
 * words are not.
 */
export function mistakenForLinux(pod: Pod, kubernetesMinor: number, demand: string): MistakenPod {
  const name = pod.spec.string('os', 'name');
  const canSay = kubernetesMinor >= windowsSparedSince && name.kind === 'absent' && !hasFieldsOfLinux(pod);
  return {
    at: name,
    severity: 'hint',
    standards: ['pss/restricted'],
    message: `${named(pod.object.kind, pod.workload.name)} is Linux to Pod Security: ${demand}`,
    fix: canSay
      ? { title: 'Say that the pod is for Windows', safety: 'unsafe', change: set(name.slot, 'windows') }
      : undefined,
  };
}

/** What the API refuses in the security context of a pod or container that says it is for Windows (as of 1.31). */
const securityOfLinux = [
  'allowPrivilegeEscalation',
  'appArmorProfile',
  'capabilities',
  'fsGroup',
  'fsGroupChangePolicy',
  'privileged',
  'procMount',
  'readOnlyRootFilesystem',
  'runAsGroup',
  'runAsUser',
  'seLinuxOptions',
  'seccompProfile',
  'supplementalGroups',
  'sysctls',
];
/** What it refuses in such a pod itself. */
const fieldsOfLinux = ['hostIPC', 'hostPID', 'hostUsers', 'shareProcessNamespace'];

function hasFieldsOfLinux({ spec, containers }: Pod): boolean {
  const has = (owner: Fields, ...path: readonly string[]) => owner.scalar(...path).kind !== 'absent';
  return (
    fieldsOfLinux.some((key) => has(spec, key)) ||
    [spec, ...containers.map(({ own }) => own)].some((owner) =>
      securityOfLinux.some((key) => has(owner, 'securityContext', key)),
    )
  );
}

export interface UserRequest {
  /** The id that is asked for; undefined for a name, which admission does not read. */
  readonly uid: number | undefined;
  /** `runAsNonRoot`, as it is in force. */
  readonly requiresNonRoot: Located<boolean>;
  readonly ownUserNamespace: Located<boolean>;
}

/** The level that refuses a user who is root, or who may be. */
export function levelOfRoot(request: UserRequest, kubernetesMinor: number): PodSecurityLevel | undefined {
  const { uid, requiresNonRoot, ownUserNamespace } = request;
  const mayBeRoot = requiresNonRoot.kind === 'absent' || is(requiresNonRoot, false);
  if (!mayBeRoot) return levelOfUser(uid, ownUserNamespace, kubernetesMinor);
  return distrusts(ownUserNamespace, kubernetesMinor) ? 'restricted' : undefined;
}

/** The level that refuses a user for its id alone, whether or not it is the one in force. */
export function levelOfUser(
  uid: number | undefined,
  ownUserNamespace: Located<boolean>,
  kubernetesMinor: number,
): PodSecurityLevel | undefined {
  if (uid !== 0 || kubernetesMinor < rootRefusedSince) return undefined;
  return distrusts(ownUserNamespace, kubernetesMinor) ? 'restricted' : undefined;
}

/** The level that refuses a path of the host. A PersistentVolume that offers one is no pod: admission lets it pass. */
export function levelOfHostMount({ written }: HostMount): PodSecurityLevel | undefined {
  return written === 'PersistentVolume' ? undefined : 'baseline';
}

/** Whether admission certainly does not trust the user namespace of a pod. */
function distrusts(ownUserNamespace: Located<boolean>, kubernetesMinor: number): boolean {
  if (kubernetesMinor < userNamespaceSparedSince) return true;
  return ownUserNamespace.kind === 'absent' || is(ownUserNamespace, false);
}

/** The level that refuses a `procMount` other than the default. */
export function levelOfProcMount(ownUserNamespace: Located<boolean>, kubernetesMinor: number): PodSecurityLevel {
  return distrusts(ownUserNamespace, kubernetesMinor) ? 'baseline' : 'restricted';
}

/** Whether admission reads a seccomp profile: annotations while there were no fields, and then fields. */
export function readsSeccomp({ annotated }: SeccompProfile, kubernetesMinor: number): boolean {
  return annotated === kubernetesMinor < seccompFieldSince;
}

/** The SELinux types that are allowed, with the minor version that brought each. */
const seLinuxTypes: ReadonlyMap<string, number> = new Map([
  ['', 0],
  ['container_t', 0],
  ['container_init_t', 0],
  ['container_kvm_t', 0],
  ['container_engine_t', 31],
]);

/** The first minor version that allows an SELinux type; undefined where none does. */
export function seLinuxTypeSince(type: string): number | undefined {
  return seLinuxTypes.get(type);
}

/** The kernel parameters that count as safe, with the minor version that brought each. */
const safeSysctls: ReadonlyMap<string, number> = new Map([
  ['kernel.shm_rmid_forced', 0],
  ['net.ipv4.ip_local_port_range', 0],
  ['net.ipv4.tcp_syncookies', 0],
  ['net.ipv4.ping_group_range', 0],
  ['net.ipv4.ip_unprivileged_port_start', 0],
  ['net.ipv4.ip_local_reserved_ports', 27],
  ['net.ipv4.tcp_keepalive_time', 29],
  ['net.ipv4.tcp_fin_timeout', 29],
  ['net.ipv4.tcp_keepalive_intvl', 29],
  ['net.ipv4.tcp_keepalive_probes', 29],
  ['net.ipv4.tcp_rmem', 32],
  ['net.ipv4.tcp_wmem', 32],
  ['net.ipv4.tcp_slow_start_after_idle', 37],
  ['net.ipv4.tcp_notsent_lowat', 37],
]);

/** The first minor version in which a kernel parameter, spelled with dots, counts as safe; undefined where none does. */
export function sysctlSafeSince(name: string): number | undefined {
  return safeSysctls.get(name);
}
