// An entry of `ports` in the short form (compose-spec, "ports"; docker/go-connections, `ParsePortSpec`).
import { isIpAddress } from '../ip-range.js';

export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Cuts at colons outside of brackets. */
export function split(text: string, end: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  const close = text.startsWith('[') ? text.indexOf(']') : -1;
  for (let i = Math.max(close, 0); i <= end; i++) {
    if (i < end && text[i] !== ':') continue;
    pieces.push({ start, end: i, text: text.slice(start, i) });
    start = i + 1;
  }
  return pieces;
}

/** Brackets keep the colons of an address apart from those of the entry. */
export function withoutBrackets(address: string): string {
  return /^\[.*\]$/.test(address) ? address.slice(1, -1) : address;
}

/** What people mean as an address, whether or not it is one. */
export function looksLikeAddress(words: string): boolean {
  if (words === 'localhost' || words === '*' || words.startsWith('[')) return true;
  return isIpAddress(words) || (/^[\w-]+\.[\w.-]+$/.test(words) && !/^\d+\.\d+$/.test(words));
}

/** What stands in the place of the address that an entry is published on. */
export interface AddressWords {
  /** They begin where the entry does. */
  readonly words: string;
  /** See {@link RefusedAddress}; undefined where they are an address in its place. */
  readonly fault: 'name' | 'brackets' | 'port' | undefined;
}

/** Undefined where the entry names no address. */
export function addressWords(text: string): AddressWords | undefined {
  const slash = text.indexOf('/');
  const pieces = split(text, slash < 0 || /^[a-z]+:\/\//.test(text) ? text.length : slash);
  // Behind the address there are two ports, of the host and of the container.
  const last = pieces.length < 3 ? pieces[0] : pieces.at(-3);
  const words = last === undefined ? '' : text.slice(0, last.end);
  if (withoutBrackets(words) === '') return undefined;
  if (pieces.length < 3) return looksLikeAddress(words) ? { words, fault: 'port' } : undefined;
  if (!isIpAddress(withoutBrackets(words))) return { words, fault: 'name' };
  // More than three pieces: its own colons are taken for those of the entry.
  return { words, fault: pieces.length === 3 ? undefined : 'brackets' };
}

export interface PortFault {
  /**
   * `target`: no port of the container. `container-port`, `host-port`: it is none. `lengths`: there are more ports on one
   * side than on the other. `protocol`: unknown.
   */
  readonly kind: 'target' | 'container-port' | 'host-port' | 'lengths' | 'protocol';
  readonly start: number;
  readonly end: number;
}

/** The first thing for which Compose refuses an entry, but for a faulty address. */
export function portFault(text: string): PortFault | undefined {
  if (addressWords(text)?.fault !== undefined) return undefined;
  const slash = text.indexOf('/');
  const pieces = split(text, slash < 0 ? text.length : slash);
  const container = pieces.at(-1);
  if (container === undefined || container.text === '') return { kind: 'target', start: 0, end: text.length };
  const inside = portRange(container.text);
  if (inside === undefined || inside.from === 0) return { ...spanOf(container), kind: 'container-port' };
  const host = pieces.at(-2);
  if (host !== undefined && host.text !== '') {
    const outside = portRange(host.text);
    if (outside === undefined) return { ...spanOf(host), kind: 'host-port' };
    const isOne = inside.from === inside.to;
    if (!isOne && outside.to - outside.from !== inside.to - inside.from)
      return { kind: 'lengths', start: host.start, end: container.end };
  }
  return protocolFault(text, slash);
}

function spanOf({ start, end }: Piece): { readonly start: number; readonly end: number } {
  return { start, end };
}

function protocolFault(text: string, slash: number): PortFault | undefined {
  if (slash < 0) return undefined;
  // What follows another slash is ignored.
  const [protocol = ''] = text.slice(slash + 1).split('/');
  if (protocol === '' || /^(?:tcp|udp|sctp)$/i.test(protocol)) return undefined;
  return { kind: 'protocol', start: slash + 1, end: slash + 1 + protocol.length };
}

/** Undefined where it is no port or range. What stands behind another dash is ignored. */
function portRange(text: string): { readonly from: number; readonly to: number } | undefined {
  const [first = '', second] = text.split('-');
  const from = portNumber(first);
  const to = second === undefined ? from : portNumber(second);
  return from === undefined || to === undefined || from > to ? undefined : { from, to };
}

function portNumber(text: string): number | undefined {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return number <= 65_535 ? number : undefined;
}
