// What a NetworkPolicy says: its directions, rules, peers and ports. Null counts as absent everywhere, as in the API.

import type { Fields, Key } from '../fields.js';
import type { IpRange } from '../ip-range.js';
import { readIpRange } from '../ip-range.js';
import type { Known, Located } from '../located.js';
import { knownItems, mapLocated, valueOf } from '../located.js';
import { hasVariable } from '../variable.js';
import type { Manifest } from './manifest.js';

export type Direction = 'ingress' | 'egress';

export const directions: readonly Direction[] = ['ingress', 'egress'];

/** The word of `policyTypes` for a direction. */
const policyType: { readonly [name in Direction]: 'Ingress' | 'Egress' } = {
  ingress: 'Ingress',
  egress: 'Egress',
};

/** The word for the peers of a rule. */
const peersKey: { readonly [name in Direction]: 'from' | 'to' } = { ingress: 'from', egress: 'to' };

/** A list in which an item that cannot be told is still counted. */
export type FieldsList = Located<readonly Located<Fields>[]>;

/** One item of `ingress` or `egress`. */
export interface PolicyRule {
  readonly direction: Direction;
  readonly own: Known<Fields>;
  /** `from` or `to`. */
  readonly peers: FieldsList;
  readonly ports: FieldsList;
}

/** One item of `from` or `to`: a range of addresses, or pods; with both selectors, pods that satisfy both. */
export interface PolicyPeer {
  readonly rule: PolicyRule;
  readonly own: Known<Fields>;
  readonly podSelector: Located<Fields>;
  readonly namespaceSelector: Located<Fields>;
  readonly ipBlock: Located<Fields>;
}

export interface PolicyPort {
  readonly own: Known<Fields>;
  /** TCP where it is absent. */
  readonly protocol: Located<string>;
  /** A number, or the name that a container gives to its port. Every port where it is absent. */
  readonly port: Located<number | string>;
  /** The last port of a range that begins with `port`. */
  readonly endPort: Located<number>;
}

export interface IpBlock {
  readonly cidr: Located<string>;
  readonly except: Located<readonly Located<string>[]>;
}

/** Policies of other groups (Calico, Istio) share the name and nothing else. */
function isNetworkPolicy({ group, kind }: Manifest): boolean {
  return kind === 'NetworkPolicy' && group === 'networking.k8s.io';
}

/** Whether the object has the field that older clusters demand; one without it may be a patch of another file. */
function isCompletePolicy(manifest: Manifest): boolean {
  return manifest.complete && manifest.fields('spec', 'podSelector').kind !== 'absent';
}

function policyTypesOf(manifest: Manifest): Located<readonly Located<string>[]> {
  return manifest.strings('spec', 'policyTypes');
}

/** Whether a list is absent or empty, which means the same in the API. False for unknown. */
export function isEmptyList(list: Located<readonly unknown[]>): boolean {
  return list.kind === 'absent' || (list.kind === 'known' && list.value.length === 0);
}

/** Whether a list has items; unknown where only a template may have written some. */
function hasItems(list: FieldsList): boolean | 'unknown' {
  if (isEmptyList(list)) return false;
  return knownItems(list).length > 0 ? true : 'unknown';
}

/** The items of `ingress` or `egress`. */
function sectionOf(manifest: Manifest, direction: Direction): FieldsList {
  return manifest.items('spec', direction);
}

/**
 * Whether the policy cuts its pods off, but for what its rules allow. Without `policyTypes`, or with an empty list, it
 * always does for ingress, and for egress where it has egress rules.
 */
function isolates(manifest: Manifest, direction: Direction): boolean | 'unknown' {
  const types = policyTypesOf(manifest);
  if (types.kind === 'unknown') return 'unknown';
  if (types.kind === 'absent' || types.value.length === 0)
    return direction === 'ingress' || hasItems(sectionOf(manifest, 'egress'));
  const words = knownItems(types).map(({ value }) => value);
  if (words.includes(policyType[direction])) return true;
  // A misspelt word is refused by the API: it may be meant to be this one.
  return words.length === types.value.length && words.every((word) => word === 'Ingress' || word === 'Egress')
    ? false
    : 'unknown';
}

export interface DefaultTypes {
  /** The list that is absent or empty. */
  readonly written: Located<unknown>;
  /** The directions that hold instead. */
  readonly effective: readonly string[];
  /** Whether the policy speaks of egress alone, and is for ingress all the same. */
  readonly impliesIngress: boolean;
  /** Whether a template may leave out what they follow from. */
  readonly isConditional: boolean;
}

/** The directions of a whole policy that does not name them; undefined for others, and where they cannot be told. */
export function defaultTypes(manifest: Manifest): DefaultTypes | undefined {
  if (!isNetworkPolicy(manifest) || !isCompletePolicy(manifest)) return undefined;
  const written = policyTypesOf(manifest);
  const ingress = sectionOf(manifest, 'ingress');
  const hasEgress = hasItems(sectionOf(manifest, 'egress'));
  if (!isEmptyList(written) || ingress.kind === 'unknown' || hasEgress === 'unknown') return undefined;
  const effective = hasEgress ? ['Ingress', 'Egress'] : ['Ingress'];
  const isConditional = valueOf(manifest.fields('spec'))?.conditional === true;
  return { written, effective, impliesIngress: hasEgress && ingress.kind === 'absent', isConditional };
}

export interface InertSection {
  /** The word `ingress` or `egress`. */
  readonly key: Located<Key>;
  readonly rules: FieldsList;
  readonly types: Located<readonly Located<string>[]>;
  /** Whether one of its rules allows everything, as if the section were not there. */
  readonly isOpen: boolean;
}

/** A section that is written though the policy does not judge its direction. */
export function inertSection(manifest: Manifest, direction: Direction): InertSection | undefined {
  if (!isNetworkPolicy(manifest)) return undefined;
  const rules = sectionOf(manifest, direction);
  if (rules.kind !== 'known' || isolates(manifest, direction) !== false) return undefined;
  const types = policyTypesOf(manifest);
  if (isEmptyList(types) && !isCompletePolicy(manifest)) return undefined;
  const isOpen = rulesOf(manifest, direction).some(allowsAll);
  return { key: manifest.key(['spec', direction]), rules, types, isOpen };
}

/** Every rule that is written, also where it has no effect: the API checks them all. */
export function writtenRules(manifest: Manifest): readonly PolicyRule[] {
  return isNetworkPolicy(manifest) ? directions.flatMap((direction) => rulesOf(manifest, direction)) : [];
}

/** The rules that allow something: those of a direction that the policy leaves out allow nothing. */
export function effectiveRules(manifest: Manifest): readonly PolicyRule[] {
  if (!isNetworkPolicy(manifest)) return [];
  return directions
    .filter((direction) => isolates(manifest, direction) === true)
    .flatMap((direction) => rulesOf(manifest, direction));
}

function rulesOf(manifest: Manifest, direction: Direction): readonly PolicyRule[] {
  return knownItems(sectionOf(manifest, direction)).map((own) => ({
    direction,
    own,
    peers: own.value.items(peersKey[direction]),
    ports: own.value.items('ports'),
  }));
}

export function peersOf(rule: PolicyRule): readonly PolicyPeer[] {
  return knownItems(rule.peers).map((own) => peerOf(rule, own));
}

export function peerOf(rule: PolicyRule, own: Known<Fields>): PolicyPeer {
  return {
    rule,
    own,
    podSelector: own.value.fields('podSelector'),
    namespaceSelector: own.value.fields('namespaceSelector'),
    ipBlock: own.value.fields('ipBlock'),
  };
}

/** The address ranges among the peers. */
export function ipBlocksOf(rule: PolicyRule): readonly IpBlock[] {
  return peersOf(rule).flatMap(({ ipBlock }) =>
    ipBlock.kind === 'known' ? [{ cidr: ipBlock.value.string('cidr'), except: ipBlock.value.strings('except') }] : [],
  );
}

/** Whether a rule is for everyone: it names no peers. One with a misspelt field is refused, so nobody knows. */
export function isForEveryone({ own, peers, direction }: PolicyRule): boolean {
  const keys = own.value.keys();
  if (keys.kind !== 'known' || !isEmptyList(peers)) return false;
  return keys.value.every(({ name }) => name === 'ports' || name === peersKey[direction]);
}

/** Whether a rule allows everyone on every port. */
export function allowsAll(rule: PolicyRule): boolean {
  return isEmptyList(rule.ports) && isForEveryone(rule);
}

/** The token that shows it: the key without peers, else the ports that stand alone, else the braces of an empty rule. */
export function everyoneAt({ own, direction }: PolicyRule): Located<unknown> {
  const written = [own.value.key([peersKey[direction]]), own.value.key(['ports'])];
  return written.find(({ kind }) => kind === 'known') ?? own;
}

/** The range that a text stands for; undefined where it is none, or a variable decides. */
export function rangeOf(text: Located<string>): Known<IpRange> | undefined {
  if (text.kind !== 'known' || hasVariable(text.value)) return undefined;
  const range = readIpRange(text.value);
  return range === undefined ? undefined : { ...text, value: range };
}

export function portsOf(rule: PolicyRule): readonly PolicyPort[] {
  return knownItems(rule.ports).map((own) => ({
    own,
    protocol: own.value.string('protocol'),
    port: portAt(own.value),
    endPort: own.value.number('endPort'),
  }));
}

/** A port as the API reads it: digits in quotes are a name. */
function portAt(own: Fields): Located<number | string> {
  const number = own.number('port');
  return number.kind === 'unknown' ? own.string('port') : number;
}

/** The protocol of a port; undefined where it cannot be told. */
export function protocolOf({ protocol }: PolicyPort): string | undefined {
  if (protocol.kind === 'absent') return 'TCP';
  return protocol.kind === 'known' ? protocol.value : undefined;
}

/** Whether a rule may let a port through. What cannot be told, a named port too, may be it. */
export function mayAllowPort(rule: PolicyRule, protocol: string, number: number): boolean {
  if (isEmptyList(rule.ports)) return true;
  if (rule.ports.kind !== 'known' || rule.ports.value.some(({ kind }) => kind !== 'known')) return true;
  return portsOf(rule).some((port) => (protocolOf(port) ?? protocol) === protocol && mayBe(port, number));
}

function mayBe({ port, endPort }: PolicyPort, number: number): boolean {
  if (port.kind !== 'known' || typeof port.value === 'string') return true;
  if (port.value >= number || endPort.kind === 'absent') return port.value === number;
  return endPort.kind === 'unknown' || number <= endPort.value;
}

const dnsPort = 53;
/** What DNS servers call their ports: `dns` is UDP, `dns-tcp` TCP in CoreDNS. */
const dnsNames: ReadonlySet<string> = new Set(['dns', 'dns-tcp', 'dns-udp']);

/** Whether it is the port of DNS, by number or name, and no other. */
export function isDnsPort({ port, endPort }: PolicyPort): boolean {
  if (port.kind !== 'known') return false;
  if (typeof port.value === 'string') return dnsNames.has(port.value);
  return (
    port.value === dnsPort && (endPort.kind === 'absent' || (endPort.kind === 'known' && endPort.value === dnsPort))
  );
}

/** Whether a rule is for DNS and nothing else. */
export function isForDnsOnly(rule: PolicyRule): boolean {
  if (rule.ports.kind !== 'known' || rule.ports.value.length === 0) return false;
  return rule.ports.value.every(({ kind }) => kind === 'known') && portsOf(rule).every(isDnsPort);
}

/** Whether a rule may allow DNS over a protocol. Pods of the own namespace on every port are hardly DNS servers. */
export function mayAllowDns(rule: PolicyRule, protocol: string): boolean {
  return mayAllowPort(rule, protocol, dnsPort) && !(isEmptyList(rule.ports) && staysInNamespace(rule));
}

function staysInNamespace(rule: PolicyRule): boolean {
  if (rule.peers.kind !== 'known' || rule.peers.value.length === 0) return false;
  return (
    rule.peers.value.every(({ kind }) => kind === 'known') &&
    peersOf(rule).every(
      ({ namespaceSelector, ipBlock }) => namespaceSelector.kind === 'absent' && ipBlock.kind === 'absent',
    )
  );
}

/** What selects the namespace of the DNS service; the API server labels every namespace with its name. */
export const dnsNamespace = { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } };

/** Whether a selector is there and selects everything: `{}`, or nothing but empty lists of terms. */
export function selectsAll(selector: Located<Fields>): selector is Known<Fields> {
  if (selector.kind !== 'known') return false;
  const { value } = selector;
  const keys = value.keys();
  // A misspelt field is refused: nobody knows what it was meant to select.
  if (keys.kind !== 'known' || keys.value.some(({ name }) => name !== 'matchLabels' && name !== 'matchExpressions'))
    return false;
  const labels = value.keys('matchLabels');
  const isFree = labels.kind === 'absent' || (labels.kind === 'known' && labels.value.length === 0);
  return isFree && isEmptyList(value.items('matchExpressions'));
}

/** The token at which a map begins: its first key, or the braces of an empty one. */
export function headOf(map: Known<Fields>): Located<unknown> {
  const keys = map.value.keys();
  const first = keys.kind === 'known' ? keys.value[0] : undefined;
  return first === undefined ? map : mapLocated(map.value.key([first.name]), ({ name }) => name);
}
