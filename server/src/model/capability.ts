import type { Located } from './located.js';

/** A Linux capability as it was written and as it is compared. */
export interface Capability {
  readonly text: string;
  /** Upper case, without the `CAP_` prefix; `ALL` for all of them. */
  readonly name: string;
}

/** Reads a capability name in any of its spellings: `net_admin`, `CAP_NET_ADMIN`. */
export function capability(text: string): Capability {
  return { text, name: text.trim().toUpperCase().replace(/^CAP_/, '') };
}

/** The capabilities of Linux 6.12 (include/uapi/linux/capability.h); none was added since 5.9. */
export const capabilityNames: ReadonlySet<string> = new Set([
  'AUDIT_CONTROL',
  'AUDIT_READ',
  'AUDIT_WRITE',
  'BLOCK_SUSPEND',
  'BPF',
  'CHECKPOINT_RESTORE',
  'CHOWN',
  'DAC_OVERRIDE',
  'DAC_READ_SEARCH',
  'FOWNER',
  'FSETID',
  'IPC_LOCK',
  'IPC_OWNER',
  'KILL',
  'LEASE',
  'LINUX_IMMUTABLE',
  'MAC_ADMIN',
  'MAC_OVERRIDE',
  'MKNOD',
  'NET_ADMIN',
  'NET_BIND_SERVICE',
  'NET_BROADCAST',
  'NET_RAW',
  'PERFMON',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_CHROOT',
  'SYS_MODULE',
  'SYS_NICE',
  'SYS_PACCT',
  'SYS_PTRACE',
  'SYS_RAWIO',
  'SYS_RESOURCE',
  'SYS_TIME',
  'SYS_TTY_CONFIG',
  'SYSLOG',
  'WAKE_ALARM',
]);

/** Those that let a container out, or into what others keep from it. */
export const breakOutCapabilities: ReadonlySet<string> = new Set([
  'ALL',
  'BPF',
  'DAC_READ_SEARCH',
  'SYS_ADMIN',
  'SYS_MODULE',
  'SYS_PTRACE',
  'SYS_RAWIO',
]);

/** Whether a list of capabilities holds one, in any spelling; an unknown item may be it. */
export function mayHold(list: Located<readonly Located<Capability>[]>, name: string): boolean {
  if (list.kind !== 'known') return list.kind === 'unknown';
  return list.value.some((item) => item.kind === 'unknown' || (item.kind === 'known' && item.value.name === name));
}
