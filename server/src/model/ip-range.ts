// Ranges of IP addresses in CIDR notation, `10.0.0.0/8`, read strictly.

export interface IpRange {
  readonly family: 4 | 6;
  /** The address as it is written, with bits that the prefix leaves out. */
  readonly address: bigint;
  readonly prefix: number;
}

/**
 * Reads a range. Undefined for anything that one reader or another refuses: numbers with leading zeros (octal for some),
 * zones, missing parts.
 */
export function readIpRange(text: string): IpRange | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const written = text.slice(0, slash);
  const family = written.includes(':') ? 6 : 4;
  const address = family === 4 ? readIPv4(written) : readIPv6(written);
  const prefix = readDecimal(text.slice(slash + 1), bitsOf(family));
  return address === undefined || prefix === undefined ? undefined : { family, address, prefix };
}

/** Whether a text is one address, read as strictly: without a zone, without brackets. */
export function isIpAddress(text: string): boolean {
  return (text.includes(':') ? readIPv6(text) : readIPv4(text)) !== undefined;
}

/** The same range without the bits that its prefix leaves out. */
export function masked({ family, address, prefix }: IpRange): IpRange {
  const hostBits = BigInt(bitsOf(family) - prefix);
  return { family, address: (address >> hostBits) << hostBits, prefix };
}

/** Whether every address of `inner` is one of `outer`. */
export function containsRange(outer: IpRange, inner: IpRange): boolean {
  if (outer.family !== inner.family || outer.prefix > inner.prefix) return false;
  const hostBits = BigInt(bitsOf(outer.family) - outer.prefix);
  return outer.address >> hostBits === inner.address >> hostBits;
}

/** As people write it: the longest run of zeros of IPv6 is left out (RFC 5952). */
export function formatIpRange({ family, address, prefix }: IpRange): string {
  const text = family === 4 ? partsOf(address, 4, 8).join('.') : formatIPv6(partsOf(address, 8, 16));
  return `${text}/${prefix}`;
}

function bitsOf(family: 4 | 6): number {
  return family === 4 ? 32 : 128;
}

function readDecimal(text: string, most: number): number | undefined {
  if (!/^(?:0|[1-9]\d{0,2})$/.test(text)) return undefined;
  const number = Number(text);
  return number <= most ? number : undefined;
}

function readIPv4(text: string): bigint | undefined {
  const parts = text.split('.').map((part) => readDecimal(part, 255));
  return parts.length === 4 ? joined(parts, 8) : undefined;
}

function readIPv6(text: string): bigint | undefined {
  const halves = text.split('::');
  const [head = [], tail = []] = halves.map(readGroups);
  const missing = 8 - head.length - tail.length;
  if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) return undefined;
  return joined([...head, ...Array.from({ length: missing }, () => 0), ...tail], 16);
}

/** The groups between colons; the last one may be an IPv4 address, which makes two. */
function readGroups(text: string): readonly (number | undefined)[] {
  if (text === '') return [];
  // Longer than any address: not worth reading.
  if (text.length > 45) return [undefined];
  return text.split(':').flatMap((group, index, all): readonly (number | undefined)[] => {
    if (index === all.length - 1 && group.includes('.')) {
      const address = readIPv4(group);
      return address === undefined ? [undefined] : partsOf(address, 2, 16);
    }
    return [/^[\da-fA-F]{1,4}$/.test(group) ? Number.parseInt(group, 16) : undefined];
  });
}

function joined(parts: readonly (number | undefined)[], bits: number): bigint | undefined {
  let whole = 0n;
  for (const part of parts) {
    if (part === undefined) return undefined;
    whole = (whole << BigInt(bits)) | BigInt(part);
  }
  return whole;
}

function partsOf(address: bigint, count: number, bits: number): readonly number[] {
  const mask = (1n << BigInt(bits)) - 1n;
  return Array.from({ length: count }, (_, index) => Number((address >> BigInt(bits * (count - 1 - index))) & mask));
}

function formatIPv6(groups: readonly number[]): string {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  const show = (some: readonly number[]) => some.map((group) => group.toString(16)).join(':');
  if (best.length < 2) return show(groups);
  return `${show(groups.slice(0, best.start))}::${show(groups.slice(best.start + best.length))}`;
}
