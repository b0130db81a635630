// A port of EXPOSE: `[ip:][host:]port[-port][/protocol]`, split as BuildKit does (dockerfile2llb/convert_expose.go).

export interface ExposedPort {
  /** As it is written, protocol and all. */
  readonly text: string;
  /** Where it begins in the value of its word. */
  readonly start: number;
  readonly ip: string;
  /** The port of the host, or a range. */
  readonly host: string;
  /** What is behind the last colon. */
  readonly container: string;
  /** The numbers, in the order of the text. */
  readonly ranges: readonly PortRange[];
}

/** One port, or a range of them. */
export interface PortRange {
  readonly first: PortNumber;
  readonly last: PortNumber | undefined;
}

export interface PortNumber {
  readonly text: string;
  readonly value: number;
  /** In the value of the word. */
  readonly start: number;
}

/** The ports of a word; a variable may bring several. Those that are no ports at all are left out. */
export function exposedPorts(word: string): readonly ExposedPort[] {
  const ports: ExposedPort[] = [];
  for (const { 0: text, index } of word.matchAll(/\S+/g)) {
    const lastColon = text.lastIndexOf(':');
    const container = text.slice(lastColon + 1);
    const before = lastColon < 0 ? '' : text.slice(0, lastColon);
    const hostAt = before.lastIndexOf(':') + 1;
    const host = before.slice(hostAt);
    const slash = container.indexOf('/');
    const number = slash < 0 ? container : container.slice(0, slash);
    if (slash >= 0 && !/^(?:tcp|udp|sctp)?$/i.test(container.slice(slash + 1))) continue;
    const own = rangeAt(number, index + lastColon + 1);
    const outer = host === '' ? undefined : rangeAt(host, index + hostAt);
    if (own === undefined || (host !== '' && outer === undefined)) continue;
    const ranges = outer === undefined ? [own] : [outer, own];
    ports.push({ text, start: index, ip: before.slice(0, Math.max(0, hostAt - 1)), host, container, ranges });
  }
  return ports;
}

function rangeAt(text: string, start: number): PortRange | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  const [first, last] = [match?.[1], match?.[2]];
  if (first === undefined) return undefined;
  return {
    first: { text: first, value: Number(first), start },
    last: last === undefined ? undefined : { text: last, value: Number(last), start: start + first.length + 1 },
  };
}

/** The ports of the container that a word names, with their protocol in small letters. */
export function containerPorts(
  word: string,
): readonly { readonly from: number; readonly to: number; readonly protocol: string }[] {
  return exposedPorts(word).flatMap(({ container, ranges }) => {
    const range = ranges.at(-1);
    if (range === undefined) return [];
    const slash = container.indexOf('/');
    const protocol = slash < 0 ? '' : container.slice(slash + 1).toLowerCase();
    const from = range.first.value;
    return [{ from, to: range.last?.value ?? from, protocol: protocol === '' ? 'tcp' : protocol }];
  });
}
