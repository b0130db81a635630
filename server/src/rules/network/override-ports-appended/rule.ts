import { defineRule } from '../../../engine/rule.js';
import { tagHolder } from '../../../model/change.js';
import { isAbove } from '../../../model/compose/layers.js';
import type { Located } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';
import type { PortRange, PublishedPort } from '../../../model/workload.js';
import type { Place } from '../../../text/span.js';

export default defineRule({
  meta: {
    id: 'override-ports-appended',
    summary: 'A port that was meant to replace another one is published beside it.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['nist-800-190/4.4.2'],
    peers: {},
  },
  check: {
    service({ fields, container }, report) {
      const ports = container?.publishedPorts ?? [];
      if (ports.length < 2) return;
      const items = fields.items('ports');
      if (items.kind !== 'known') return;
      const written = new Map(items.value.map((item) => [placeKey(item.at), item]));
      const byTarget = new Map<string, { readonly port: PublishedPort; readonly item: Located<unknown> }>();
      for (const port of ports) {
        const item = written.get(placeKey(port.at));
        const target = targetOf(port);
        if (item === undefined || target === undefined) continue;
        const below = byTarget.get(target);
        if (below === undefined) byTarget.set(target, { port, item });
        else if (isAbove(item, below.item) && !isSame(port, below.port)) {
          report({
            at: port.at,
            message: `Port ${quoted(target)} is published once more here: the one below stays open, too.`,
            related: [{ at: below.port.at, message: 'This one stays open.' }],
            fix: {
              title: 'Replace all ports from below (`!override`, Compose 2.24.4)',
              safety: 'unsafe',
              change: tagHolder(port.slot, '!override'),
            },
          });
        }
      }
    },
  },
});

function placeKey({ file, span }: Place): string {
  return `${span.start} ${span.end} ${file}`;
}

function targetOf({ containerPorts, protocol }: PublishedPort): string | undefined {
  if (containerPorts === 'unknown' || !/^(?:tcp|udp|sctp)$/.test(protocol)) return undefined;
  const text = rangeText(containerPorts);
  return protocol === 'tcp' ? text : `${text}/${protocol}`;
}

function rangeText({ from, to }: PortRange): string {
  return from === to ? String(from) : `${from}-${to}`;
}

/** Compose joins entries that say the same; what cannot be told may be the same. */
function isSame(a: PublishedPort, b: PublishedPort): boolean {
  if (a.hostPorts === 'unknown' || b.hostPorts === 'unknown') return true;
  if (a.hostAddress.kind === 'unknown' || b.hostAddress.kind === 'unknown') return true;
  const addressOf = ({ hostAddress }: PublishedPort) => (hostAddress.kind === 'known' ? hostAddress.value : '');
  const portsOf = ({ hostPorts }: PublishedPort) => (typeof hostPorts === 'string' ? hostPorts : rangeText(hostPorts));
  return addressOf(a) === addressOf(b) && portsOf(a) === portsOf(b);
}
