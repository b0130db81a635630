// Published ports, in the short form and in the long one (compose-spec, "ports"; docker/go-connections, `ParsePortSpec`).
import { type Piece, split, withoutBrackets } from '../../model/compose/short-port.js';
import { isIpAddress } from '../../model/ip-range.js';
import type { Located } from '../../model/located.js';
import type { PortRange, PublishedPort } from '../../model/workload.js';
import type { MappedText } from '../../text/mapped-text.js';
import type { Place } from '../../text/span.js';
import { entries, placeOf, slotOf, type YamlValue } from '../yaml/document.js';
import { plainInteger } from '../yaml/scalar.js';
import { hole } from './interpolation.js';
import { type ComposeValues, castBoolean, field, isShort, listItems } from './values.js';

/** The ports of a service. What Compose would refuse is left out. */
export function readPorts(values: ComposeValues, service: YamlValue): readonly PublishedPort[] {
  return listItems(field(service, 'ports')).flatMap((item) => {
    const port = item.node?.kind === 'map' ? longForm(values, item) : shortForm(values, item);
    return port ?? [];
  });
}

function shortForm(values: ComposeValues, item: YamlValue): PublishedPort | undefined {
  const text = values.withHoles(item);
  if (text === undefined || !isShort(text)) return undefined;
  const number = item.node?.kind === 'scalar' ? plainInteger(item.node) : undefined;
  // A plain integer may have another notation: `0x50`, `010`.
  const written = number === undefined ? text.value : String(number);
  const slash = written.indexOf('/');
  const end = slash < 0 ? written.length : slash;
  const protocol = (written.slice(end).split('/')[1] || 'tcp').toLowerCase();
  if (!protocol.includes(hole) && !/^(?:tcp|udp|sctp)$/.test(protocol)) return undefined;
  const pieces = split(written, end);
  const container = pieces.at(-1);
  const host = pieces.at(-2);
  if (container === undefined || pieces.length > 3) return undefined;
  const at = placeOf(item);
  const address = shortAddress(text, pieces, item);
  const containerPorts = readRange(container.text);
  const hostPorts = host === undefined ? 'random' : publishedPorts(host.text, containerPorts);
  if (address === undefined || containerPorts === undefined || hostPorts === undefined) return undefined;
  return {
    at,
    slot: slotOf(item),
    form: 'short',
    hostAddress: address,
    // A variable alone may hold more than a container port.
    hostPorts: host === undefined && container.text.includes(hole) ? 'unknown' : hostPorts,
    hostPortsAt: host === undefined ? at : text.part(host.start, host.end),
    containerPorts,
    containerPortsAt: number === undefined ? text.part(container.start, container.end) : at,
    protocol,
  };
}

/** Undefined where Compose would refuse the address. */
function shortAddress(text: MappedText, pieces: readonly Piece[], item: YamlValue): Located<string> | undefined {
  const slot = slotOf(item);
  const first = pieces[0];
  if (first === undefined) return undefined;
  if (pieces.length < 3) {
    // `${PORT}:80` may well hold an address too.
    const decides = first.text.startsWith(hole);
    if (decides) return { kind: 'unknown', at: text.part(first.start, first.end), via: item.via, slot };
    return { kind: 'absent', at: placeOf(item), slot };
  }
  const at = text.part(first.start, first.end);
  if (first.text.includes(hole)) return { kind: 'unknown', at, via: item.via, slot };
  const value = withoutBrackets(first.text);
  if (first.text !== '' && !isIpAddress(value)) return undefined;
  const next = pieces[1];
  // One variable that holds the address and the port: there is no place for the address alone.
  const isShared = next !== undefined && next.end > next.start && samePlace(at, text.part(next.start, next.end));
  return isShared ? { kind: 'unknown', at, via: item.via, slot } : { kind: 'known', value, at, via: item.via, slot };
}

function samePlace(a: Place, b: Place): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end;
}

/** Undefined where it is no port or range. */
export function readRange(text: string): PortRange | 'unknown' | undefined {
  if (text.includes(hole)) return 'unknown';
  const match = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text);
  if (match === null) return undefined;
  const from = Number(match[1]);
  const to = match[2] === undefined ? from : Number(match[2]);
  return from <= to && to <= 65_535 ? { from, to } : undefined;
}

/** The host's side of a port. A range for a single container port means any one out of it. */
function publishedPorts(
  text: string,
  container: PortRange | 'unknown' | undefined,
): PortRange | 'random' | 'unknown' | undefined {
  if (text === '') return 'random';
  const range = readRange(text);
  if (range === undefined || range === 'unknown') return range;
  if (range.to === 0) return 'random';
  if (container === undefined || container === 'unknown') return range.from === range.to ? range : 'unknown';
  const length = range.to - range.from;
  if (length === container.to - container.from) return range;
  return container.from === container.to ? 'random' : undefined;
}

function longForm(values: ComposeValues, item: YamlValue): PublishedPort | undefined {
  const target = field(item, 'target');
  const published = field(item, 'published');
  const targetText = target === undefined ? undefined : portText(values, target);
  const firstKey = entries(item)[0];
  if (target === undefined || targetText === undefined || firstKey === undefined) return undefined;
  const containerPorts = readRange(targetText);
  const hostText = published === undefined ? '' : portText(values, published);
  const hostPorts = hostText === undefined ? undefined : publishedPorts(hostText, containerPorts);
  if (containerPorts === undefined || hostPorts === undefined) return undefined;
  const protocol = field(item, 'protocol');
  return {
    at: placeOf(item),
    slot: slotOf(item),
    form: 'long',
    hostAddress: values.string(item, ['host_ip'], firstKey.keyAt),
    hostPorts,
    hostPortsAt: placeOf(published ?? target),
    containerPorts,
    containerPortsAt: placeOf(target),
    protocol: protocol === undefined ? 'tcp' : (values.withHoles(protocol)?.value.toLowerCase() ?? hole),
  };
}

function portText(values: ComposeValues, value: YamlValue): string | undefined {
  const number = value.node?.kind === 'scalar' ? plainInteger(value.node) : undefined;
  if (number !== undefined) return String(number);
  const text = values.withHoles(value);
  return text === undefined || !isShort(text) ? undefined : text.value;
}

/** Whether a service is in networks that nothing outside reaches, and in no other: to publish a port does nothing there. */
export function isCutOff(values: ComposeValues, root: YamlValue, names: readonly string[]): boolean {
  const isInternal = (name: string) => {
    const internal = field(root, 'networks', name, 'internal');
    return internal !== undefined && castBoolean(values.known(internal)?.value ?? '') === true;
  };
  return names.length > 0 && names.every(isInternal);
}

/** The address that the networks of a service bind published ports to, where each of them names the same loopback. */
export function networkBinding(
  values: ComposeValues,
  root: YamlValue,
  names: readonly string[],
): YamlValue | undefined {
  const options = names.map((name) =>
    field(root, 'networks', name, 'driver_opts', 'com.docker.network.bridge.host_binding_ipv4'),
  );
  const isLoopback = (option: YamlValue | undefined) =>
    option !== undefined && values.known(option)?.value.startsWith('127.') === true;
  return options.every(isLoopback) ? options[0] : undefined;
}

/** The same ports, those without an address bound to the loopback that a network option names. */
export function boundBy(
  values: ComposeValues,
  option: YamlValue,
  ports: readonly PublishedPort[],
): readonly PublishedPort[] {
  const value = values.known(option)?.value ?? '';
  return ports.map((port) => {
    const { hostAddress } = port;
    const isOpen = hostAddress.kind === 'absent' || (hostAddress.kind === 'known' && hostAddress.value === '');
    if (!isOpen) return port;
    return {
      ...port,
      hostAddress: { kind: 'known', value, at: placeOf(option), via: option.via, slot: slotOf(option) },
    };
  });
}
