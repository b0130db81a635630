// What Pod Security admission makes of a pod, by the Kubernetes version that it runs in.
import { is, type Located } from './located.js';
import type { HostMount } from './workload.js';

/** The first of the Pod Security Standards that forbids something. Whatever baseline forbids, restricted does too. */
export type PodSecurityLevel = 'baseline' | 'restricted';

/** The first minor version whose admission trusts `hostUsers: false`. As of kubernetes/pod-security-admission 8f84a87. */
const userNamespaceTrustedSince = 35;
/** The first minor version that refuses user 0 for itself, and not only a missing `runAsNonRoot`. */
const rootRefusedSince = 23;

/** The standards of a rule for one of its findings: of Pod Security only the level that refuses the pod for it. */
export function standardsAt(level: PodSecurityLevel | undefined, standards: readonly string[]): readonly string[] {
  return standards.filter((standard) => !standard.startsWith('pss/') || standard === `pss/${level}`);
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
  if (kubernetesMinor < userNamespaceTrustedSince) return true;
  return ownUserNamespace.kind === 'absent' || is(ownUserNamespace, false);
}

/** What baseline lets a container add, in this very spelling. */
const baselineCapabilities: ReadonlySet<string> = new Set([
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

/**
 * The level that refuses an added capability, by the text that is written. Restricted passes Windows by: it finds its
 * pods by `spec.os.name` alone, so it is not said to refuse what may be one.
 */
export function levelOfAddedCapability(text: string, os: 'linux' | 'windows'): PodSecurityLevel | undefined {
  if (!baselineCapabilities.has(text)) return 'baseline';
  return text === 'NET_BIND_SERVICE' || os === 'windows' ? undefined : 'restricted';
}

/** The level that refuses a `procMount` other than the default. */
export function levelOfProcMount(ownUserNamespace: Located<boolean>, kubernetesMinor: number): PodSecurityLevel {
  return distrusts(ownUserNamespace, kubernetesMinor) ? 'baseline' : 'restricted';
}

/** Whether probes and lifecycle hooks may name a host. */
export function admitsProbeHosts(kubernetesMinor: number): boolean {
  return kubernetesMinor < 34;
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
