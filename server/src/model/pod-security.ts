// What the admission controller of the Pod Security Standards goes by (kubernetes/pod-security-admission 8f84a87).
import { type Fix, set } from './change.js';
import type { Pod } from './pod.js';

/** The first minor versions in which checks of level restricted are made; those that are not here always were. */
export const restrictedSince = { capabilities: 22, privilegeEscalation: 8, seccompProfile: 19 } as const;

/** The first minor version in which level restricted spares Windows pods some checks. */
const windowsSparedSince = 25;

/** The first minor version in which level restricted lets pods with a user namespace of their own run as root. */
export const userNamespaceSparedSince = 35;

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

/** What tells the controller that a pod which it mistakes for one of Linux is one of Windows. */
export function sayWindows({ spec }: Pod, kubernetesMinor: number): Fix | undefined {
  const name = spec.string('os', 'name');
  if (kubernetesMinor < windowsSparedSince || name.kind !== 'absent') return undefined;
  return { title: 'Say that the pod is for Windows', safety: 'unsafe', changes: [set(name.slot, 'windows')] };
}

/**
 * What a finding in a manifest says of standards, to be spread into it: all that its rule names, or those of them without
 * Pod Security where the controller lets the pod pass.
 */
export function standardsFor(
  standards: readonly string[],
  refused: boolean,
): { readonly standards?: readonly string[] } {
  if (refused) return {};
  return { standards: standards.filter((id) => !id.startsWith('pss/') && !id.startsWith('cis-docker-')) };
}
