// What a network policy of Cilium says: its rules, whom they let in or out, and on which ports.
// Cilium tells nothing from empty: a list that is missing or null does not choose, an empty one chooses nobody.

import type { Fields, Key } from '../fields.js';
import { type Known, knownItems } from '../located.js';
import type { Manifest } from './manifest.js';

export type CiliumDirection = 'ingress' | 'egress';

export interface CiliumSection {
  readonly name: 'ingress' | 'ingressDeny' | 'egress' | 'egressDeny';
  readonly direction: CiliumDirection;
  readonly denies: boolean;
}

export interface CiliumRule {
  /** The spec that it stands in. */
  readonly spec: Fields;
  readonly section: CiliumSection;
  readonly fields: Fields;
}

/** A list of peers of one kind, as a rule writes it. */
export interface CiliumPeers {
  /** `fromEndpoints`, `toFQDNs` … */
  readonly key: Known<Key>;
  readonly size: Exclude<ListSize, 'missing'>;
}

/** `unknown`: a template, another type, or nothing but null items. */
export type ListSize = 'missing' | 'empty' | 'some' | 'unknown';

const sections: readonly CiliumSection[] = [
  { name: 'ingress', direction: 'ingress', denies: false },
  { name: 'ingressDeny', direction: 'ingress', denies: true },
  { name: 'egress', direction: 'egress', denies: false },
  { name: 'egressDeny', direction: 'egress', denies: true },
];

const ingressPeers = ['fromEndpoints', 'fromCIDR', 'fromCIDRSet', 'fromEntities', 'fromNodes', 'fromGroups'] as const;
const egressPeers = ['toEndpoints', 'toCIDR', 'toCIDRSet', 'toEntities', 'toNodes', 'toGroups'] as const;
/** The kinds of peers by direction; a rule may have one of them. */
const peerNames = { ingress: ingressPeers, egress: [...egressPeers, 'toFQDNs', 'toServices'] } as const;

const policyKinds: ReadonlySet<string> = new Set(['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy']);

/** The specs of a policy, that of `spec` and those of `specs`; none where the object is no policy of Cilium. */
export function ciliumSpecs(manifest: Manifest): readonly Fields[] {
  if (manifest.group !== 'cilium.io' || !policyKinds.has(manifest.kind)) return [];
  const spec = manifest.fields('spec');
  const specs = knownItems(manifest.items('specs')).map((item) => item.value);
  return spec.kind === 'known' ? [spec.value, ...specs] : specs;
}

/** Every rule of a policy, in the order of its sections. */
export function ciliumRules(manifest: Manifest): readonly CiliumRule[] {
  return ciliumSpecs(manifest).flatMap((spec) =>
    sections.flatMap((section) =>
      knownItems(spec.items(section.name)).map((item) => ({ spec, section, fields: item.value })),
    ),
  );
}

/** Whom a rule chooses, in the order of the text. A list that is null is not there. */
export function ciliumPeers({ section, fields }: CiliumRule): readonly CiliumPeers[] {
  const peers = peerNames[section.direction].flatMap((name) => {
    const key = fields.key([name]);
    const size = key.kind === 'known' ? listSize(fields, name) : 'missing';
    return key.kind !== 'known' || size === 'missing' ? [] : [{ key, size }];
  });
  return peers.sort((a, b) => a.key.at.span.start - b.key.at.span.start);
}

/** What stands in `toPorts`: a list of ports, and perhaps rules for what is said on them. */
export function ciliumPortRules({ fields }: CiliumRule): readonly Fields[] {
  return knownItems(fields.items('toPorts')).map((item) => item.value);
}

/** How much there is in a list, whatever its items are. */
export function listSize(fields: Fields, ...path: readonly string[]): ListSize {
  const items = fields.items(...path);
  if (items.kind === 'absent') return 'missing';
  if (items.kind === 'unknown') return 'unknown';
  if (items.value.length === 0) return 'empty';
  const some = items.value.some((item) => item.kind === 'known') || knownItems(fields.strings(...path)).length > 0;
  return some ? 'some' : 'unknown';
}
