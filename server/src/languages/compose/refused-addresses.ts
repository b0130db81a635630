// Addresses in `ports` that Compose refuses, or hands to an engine that does (docker/go-connections, `ParsePortSpec`).
import { type Change, type Fix, replaceText, set } from '../../model/change.js';
import type { RefusedAddress } from '../../model/compose/refused-address.js';
import { addressWords, looksLikeAddress, withoutBrackets } from '../../model/compose/short-port.js';
import { isIpAddress } from '../../model/ip-range.js';
import type { MappedText } from '../../text/mapped-text.js';
import { slotBelow, slotOf, type YamlValue } from '../yaml/document.js';
import { hole } from './interpolation.js';
import { readRange } from './ports.js';
import { type ComposeValues, field, isShort, listItems } from './values.js';

const loopback = '127.0.0.1';

/** In the order of the text. */
export function readRefusedAddresses(values: ComposeValues, service: YamlValue): readonly RefusedAddress[] {
  return listItems(field(service, 'ports')).flatMap((item) => {
    if (item.node?.kind === 'map') return longForm(values, item);
    if (item.node?.kind !== 'scalar') return [];
    const text = values.withHoles(item);
    return text === undefined || !isShort(text) ? [] : shortForm(text, item);
  });
}

function shortForm(text: MappedText, item: YamlValue): readonly RefusedAddress[] {
  const { words = '', fault } = addressWords(text.value) ?? {};
  if (fault === undefined || words.includes(hole)) return [];
  const end = words.length;
  const address = { kind: 'known', value: words, at: text.part(0, end), via: item.via, slot: slotOf(item) } as const;
  if (fault === 'port') return [{ address, fault, fix: undefined }];
  if (fault === 'brackets') {
    return [{ address, fault, fix: isVerbatim(item) ? bracketsAround(text, end, item) : undefined }];
  }
  const place = words === 'localhost' ? text.exactPart(0, end) : undefined;
  return [{ address, fault, fix: place && useLoopback(replaceText(place, loopback)) }];
}

function bracketsAround(text: MappedText, end: number, item: YamlValue): Fix {
  const mended = `[${text.value.slice(0, end)}]${text.value.slice(end)}`;
  return { title: 'Put the address in brackets', safety: 'unsafe', changes: [set(slotOf(item), mended)] };
}

/** Whether a value is what its scalar says, without variables in it. */
function isVerbatim({ node }: YamlValue): boolean {
  return node?.kind === 'scalar' && !node.value.includes('$');
}

function useLoopback(...changes: readonly Change[]): Fix {
  return { title: `Use \`${loopback}\``, safety: 'unsafe', changes };
}

function longForm(values: ComposeValues, item: YamlValue): readonly RefusedAddress[] {
  return [...inPublished(values, item), ...inHostIp(values, item)];
}

function inPublished(values: ComposeValues, item: YamlValue): readonly RefusedAddress[] {
  const published = field(item, 'published');
  const text = published === undefined ? undefined : values.withHoles(published);
  if (published === undefined || text === undefined || !isShort(text) || text.value.includes(hole)) return [];
  const { value } = text;
  const colon = isIpAddress(withoutBrackets(value)) ? -1 : value.lastIndexOf(':');
  const words = colon < 0 ? value : value.slice(0, colon);
  if (!looksLikeAddress(words) || readRange(words) !== undefined) return [];
  const { via } = published;
  const address = {
    kind: 'known',
    value: words,
    at: text.part(0, words.length),
    via,
    slot: slotOf(published),
  } as const;
  return [{ address, fault: 'published', fix: moveToHostIp(item, published, words, value.slice(words.length + 1)) }];
}

function moveToHostIp(item: YamlValue, published: YamlValue, words: string, port: string): Fix | undefined {
  const address = words === 'localhost' ? loopback : withoutBrackets(words);
  if (!isIpAddress(address) || readRange(port) === undefined || !isVerbatim(published)) return undefined;
  if (field(item, 'host_ip') !== undefined) return undefined;
  const changes = [set(slotBelow(item, 'host_ip'), address), set(slotOf(published), port)];
  return { title: 'Move the address to `host_ip`', safety: 'unsafe', changes };
}

function inHostIp(values: ComposeValues, item: YamlValue): readonly RefusedAddress[] {
  const hostIp = field(item, 'host_ip');
  const text = hostIp === undefined ? undefined : values.known(hostIp);
  if (hostIp === undefined || text === undefined || !isShort(text)) return [];
  const { value } = text;
  if (value === '' || isIpAddress(value)) return [];
  const slot = slotOf(hostIp);
  const address = { kind: 'known', value, at: text.part(0, value.length), via: hostIp.via, slot } as const;
  return [{ address, fault: 'host-ip', fix: isVerbatim(hostIp) ? mendHostIp(hostIp, value) : undefined }];
}

function mendHostIp(hostIp: YamlValue, value: string): Fix | undefined {
  if (value === 'localhost') return useLoopback(set(slotOf(hostIp), loopback));
  const inner = withoutBrackets(value);
  if (!isIpAddress(inner)) return undefined;
  return { title: 'Remove the brackets', safety: 'unsafe', changes: [set(slotOf(hostIp), inner)] };
}
