// Who reaches a published port, and how it is kept to its own machine: what rules about published ports share.

import type { Place } from '../text/span.js';
import { type Change, prefix, replaceText, set } from './change.js';
import { containsRange, type IpRange, readIpRange } from './ip-range.js';
import { type Located, valueOf } from './located.js';
import { quoted } from './quoted.js';
import type { PortRange, PublishedPort } from './workload.js';

const loopback = '127.0.0.1';
const loopbacks: readonly IpRange[] = ['127.0.0.0/8', '::1/128', '::ffff:127.0.0.0/104'].flatMap(
  (range) => readIpRange(range) ?? [],
);

/**
 * Where a port listens: on all addresses of the host, on one of them that others reach, or on one that only the host
 * itself has. Undefined where that cannot be told.
 */
export function listensOn({ hostAddress }: PublishedPort): 'every address' | 'one address' | 'loopback' | undefined {
  if (hostAddress.kind === 'unknown') return undefined;
  const written = valueOf(hostAddress) ?? '';
  if (written === '') return 'every address';
  const address = readIpRange(`${written}/${written.includes(':') ? 128 : 32}`);
  if (address === undefined) return undefined;
  if (address.address === 0n) return 'every address';
  return loopbacks.some((range) => containsRange(range, address)) ? 'loopback' : 'one address';
}

/** What a finding marks that says where a port listens: the address that is written, else the port of the host. */
export function listeningAt(port: PublishedPort): Place | Located<string> {
  return valueOf(port.hostAddress) ? port.hostAddress : port.hostPortsAt;
}

/** The subject of a sentence: `Port '8080'`, or `This port` where the engine picks one. */
export function portSubject({ hostPorts }: PublishedPort): string {
  return typeof hostPorts === 'string' ? 'This port' : `Port ${quoted(rangeText(hostPorts))}`;
}

function rangeText({ from, to }: PortRange): string {
  return from === to ? `${from}` : `${from}-${to}`;
}

/** Keeps a port of Compose to the machine that it is published on. */
export function bindToLoopback(port: PublishedPort): {
  readonly title: string;
  readonly safety: 'unsafe';
  readonly change: Change;
} {
  return { title: `Bind it to \`${loopback}\``, safety: 'unsafe', change: loopbackChange(port) };
}

function loopbackChange({ form, slot, at, hostAddress, hostPorts, hostPortsAt }: PublishedPort): Change {
  if (form === 'long') return set(hostAddress.slot, loopback);
  if (hostAddress.kind === 'known') return replaceText(hostAddress.at, loopback);
  const isAlone = hostPorts === 'random' && at.span.end === hostPortsAt.span.end;
  return prefix(slot, isAlone ? `${loopback}::` : `${loopback}:`);
}
