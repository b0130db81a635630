// `127.0.0.1:8080-8081:80-81/udp` as one long entry for each port.
import type { Effective, EffectiveEntry, Origin } from '../../../model/compose/effective.js';

/** What cannot be read stays one entry with its text as the target. A range is written out port by port. */
export function shortPorts(text: string, origin: Origin, known: boolean): readonly Effective[] {
  const [numbers = '', protocol = ''] = text.split('/');
  const pieces = piecesOf(numbers);
  const container = rangeOf(pieces.at(-1) ?? '');
  const host = pieces.at(-2);
  const hostRange = host === undefined || host === '' ? undefined : rangeOf(host);
  const base = {
    address: pieces.length > 2 ? pieces[0]?.replace(/^\[(.*)\]$/, '$1') : undefined,
    protocol,
    origin,
    known,
  };
  if (container === undefined || (host !== undefined && host !== '' && hostRange === undefined)) {
    return [entry({ ...base, published: host, target: pieces.at(-1) ?? '' })];
  }
  const ports: Effective[] = [];
  for (let port = container.from; port <= container.to && ports.length < maxPorts; port++) {
    const published =
      hostRange === undefined
        ? undefined
        : container.from === container.to && hostRange.from !== hostRange.to
          ? host
          : String(hostRange.from + port - container.from);
    ports.push(entry({ ...base, published, target: port }));
  }
  return ports;
}

/** More ports of one entry than this are not shown. */
const maxPorts = 1000;

interface Port {
  readonly address: string | undefined;
  readonly published: string | undefined;
  readonly target: string | number;
  readonly protocol: string;
  readonly origin: Origin;
  readonly known: boolean;
}

function entry({ address, published, target, protocol, origin, known }: Port): Effective {
  const pair = (key: string, value: string | number): EffectiveEntry => ({
    key,
    value: { kind: 'scalar', value, known, origin },
  });
  return {
    kind: 'map',
    entries: [
      pair('mode', 'ingress'),
      ...(address === undefined || address === '' ? [] : [pair('host_ip', address)]),
      pair('target', target),
      ...(published === undefined || published === '' ? [] : [pair('published', published)]),
      pair('protocol', protocol === '' ? 'tcp' : protocol.toLowerCase()),
    ],
    origin,
  };
}

/** Cut at colons outside of brackets and of variables that are not known. */
function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const unit = text[i];
    if (unit === '[' || unit === '{') depth++;
    else if (unit === ']' || unit === '}') depth--;
    else if (i === text.length || (unit === ':' && depth === 0)) {
      pieces.push(text.slice(start, i));
      start = i + 1;
    }
  }
  if (pieces.length === 0) pieces.push(text);
  return pieces;
}

function rangeOf(text: string): { readonly from: number; readonly to: number } | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (match === null) return undefined;
  const from = Number(match[1]);
  return { from, to: match[2] === undefined ? from : Number(match[2]) };
}
