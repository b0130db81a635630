// Label selectors: where objects and pods have them, and whether the terms can all hold.

import type { Fields } from '../fields.js';
import type { Known, Located } from '../located.js';
import { knownItems } from '../located.js';
import { hasVariable } from '../variable.js';
import type { Manifest } from './manifest.js';

/** A way to selectors: `a.b` goes down keys, `[]` to each item of a list. */
type Way = readonly (readonly string[])[];

const wayOf = (text: string): Way => text.split('[]').map((part) => part.split('.').filter((key) => key !== ''));

const workloads = ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'];
const subjects = ['namespaces', 'pods.namespaceSelector', 'pods.podSelector'];
const clusterPolicies = ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'];
const peers = ['podSelector', 'namespaceSelector'];
const admission = ['namespaceSelector', 'objectSelector'];

/** `group/Kind`, and the ways to its selectors with `matchLabels` and `matchExpressions` (API of Kubernetes 1.34). */
const termSelectors: ReadonlyMap<string, readonly Way[]> = new Map(
  [
    ...rows('apps', workloads, ['spec.selector', 'spec.volumeClaimTemplates[]spec.selector']),
    ...rows('extensions', workloads, ['spec.selector']),
    ...rows('batch', ['Job'], ['spec.selector']),
    ...rows('batch', ['CronJob'], ['spec.jobTemplate.spec.selector']),
    ...rows('', ['PersistentVolumeClaim'], ['spec.selector']),
    ...rows('policy', ['PodDisruptionBudget'], ['spec.selector']),
    ...rows(
      'autoscaling',
      ['HorizontalPodAutoscaler'],
      ['object', 'pods', 'external'].map((source) => `spec.metrics[]${source}.metric.selector`),
    ),
    ...rows('rbac.authorization.k8s.io', ['ClusterRole'], ['aggregationRule.clusterRoleSelectors[]']),
    ...rows(
      'admissionregistration.k8s.io',
      ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
      admission.map((name) => `webhooks[]${name}`),
    ),
    ...rows(
      'admissionregistration.k8s.io',
      ['MutatingAdmissionPolicy', 'ValidatingAdmissionPolicy'],
      admission.map((name) => `spec.matchConstraints.${name}`),
    ),
    ...rows(
      'admissionregistration.k8s.io',
      ['MutatingAdmissionPolicyBinding', 'ValidatingAdmissionPolicyBinding'],
      admission.map((name) => `spec.matchResources.${name}`),
    ),
    ...rows(
      'networking.k8s.io',
      ['NetworkPolicy'],
      ['spec.podSelector', ...peers.flatMap((name) => [`spec.ingress[]from[]${name}`, `spec.egress[]to[]${name}`])],
    ),
    ...rows('policy.networking.k8s.io', clusterPolicies, [
      ...subjects.flatMap((name) => [
        `spec.subject.${name}`,
        `spec.ingress[]from[]${name}`,
        `spec.egress[]to[]${name}`,
      ]),
      'spec.egress[]to[]nodes',
    ]),
  ].map(([name, ways]) => [name, ways.map(wayOf)]),
);

function rows(group: string, kinds: readonly string[], ways: readonly string[]): [string, readonly string[]][] {
  return kinds.map((kind) => [`${group}/${kind}`, ways]);
}

/** Selectors that are nothing but a map of labels. */
const plainSelectors: ReadonlySet<string> = new Set(['/Service', '/ReplicationController']);

const affinities = ['affinity.podAffinity', 'affinity.podAntiAffinity'].flatMap((affinity) => [
  `${affinity}.requiredDuringSchedulingIgnoredDuringExecution[]`,
  `${affinity}.preferredDuringSchedulingIgnoredDuringExecution[]podAffinityTerm.`,
]);

/** Below the spec of a pod. Affinity to nodes has selectors of another form. */
const podSelectors: readonly Way[] = [
  ...affinities.flatMap((affinity) => [`${affinity}labelSelector`, `${affinity}namespaceSelector`]),
  'topologySpreadConstraints[]labelSelector',
  'volumes[]ephemeral.volumeClaimTemplate.spec.selector',
].map(wayOf);

/** A map of labels that must all be there; `path` leads to it. */
export interface LabelMap {
  readonly owner: Fields;
  readonly path: readonly [string, ...string[]];
}

/** A selector with `matchLabels` and `matchExpressions`. */
export type TermSelector = Known<Fields>;

export function selectorsOf(manifest: Manifest): readonly TermSelector[] {
  const ways = termSelectors.get(`${manifest.group}/${manifest.kind}`);
  return ways === undefined ? [] : ways.flatMap((way) => follow(manifest, way));
}

export function plainSelectorOf(manifest: Manifest): LabelMap | undefined {
  if (!plainSelectors.has(`${manifest.group}/${manifest.kind}`)) return undefined;
  return { owner: manifest, path: ['spec', 'selector'] };
}

/** The selectors below the spec of a pod. */
export function podSelectorsOf(spec: Fields): readonly TermSelector[] {
  const first = podSelectors.filter(([head]) => head !== undefined && spec.key(keyPath(head)).kind === 'known');
  return first.flatMap((way) => follow(spec, way));
}

function keyPath(path: readonly string[]): readonly [string, ...string[]] {
  const [first = '', ...rest] = path;
  return [first, ...rest];
}

function follow(owner: Fields, [path = [], ...rest]: Way): readonly Known<Fields>[] {
  if (rest.length === 0) {
    const found = owner.fields(...path);
    return found.kind === 'known' ? [found] : [];
  }
  const items = knownItems(owner.items(...path));
  // A way that ends in `[]` leads to the items themselves.
  if (rest.length === 1 && rest[0]?.length === 0) return items;
  return items.flatMap((item) => follow(item.value, rest));
}

/** What a term demands of the value of a key. */
export interface Term {
  readonly key: string;
  /** The token that stands for it. */
  readonly at: Located<unknown>;
  /** One of these values; undefined where it does not say which. */
  readonly among?: readonly string[];
  /** None of these values. */
  readonly except?: readonly string[];
  /** Whether the key has to be there, or must not; undefined where that is open. */
  readonly exists?: boolean;
}

/** The terms that can be told. What cannot be told demands nothing. */
export function termsOf(selector: Fields): readonly Term[] {
  const keys = selector.keys('matchLabels');
  const labels = (keys.kind === 'known' ? keys.value : []).flatMap(({ name }): readonly Term[] => {
    const value = selector.string('matchLabels', name);
    if (value.kind !== 'known' || hasVariable(value.value)) return [];
    return [{ key: name, at: value, among: [value.value], exists: true }];
  });
  return [...labels, ...expressionsOf(selector).flatMap(termOf)];
}

export interface Expression {
  readonly key: Located<string>;
  readonly operator: Located<string>;
  readonly values: Located<readonly Located<string>[]>;
  /** The word `values`, where it is written. */
  readonly valuesKey: Located<unknown>;
}

export function expressionsOf(selector: Fields): readonly Expression[] {
  return knownItems(selector.items('matchExpressions')).map(({ value }) => ({
    key: value.string('key'),
    operator: value.string('operator'),
    values: value.strings('values'),
    valuesKey: value.key(['values']),
  }));
}

function termOf({ key, operator, values }: Expression): readonly Term[] {
  if (key.kind !== 'known' || operator.kind !== 'known') return [];
  const base = { key: key.value, at: operator };
  const texts = knownItems(values)
    .map(({ value }) => value)
    .filter((value) => !hasVariable(value));
  switch (operator.value) {
    case 'In': {
      const all = values.kind === 'known' && values.value.length === texts.length && texts.length > 0;
      return [all ? { ...base, among: texts, exists: true } : { ...base, exists: true }];
    }
    case 'NotIn':
      return [{ ...base, except: texts }];
    case 'Exists':
      return [{ ...base, exists: true }];
    case 'DoesNotExist':
      return [{ ...base, exists: false }];
    default:
      return [];
  }
}

export interface Contradiction {
  readonly term: Term;
  /** The first term about the same key. */
  readonly before: Term;
}

/** The first term of each key that cannot hold together with those before it. */
export function contradictions(terms: readonly Term[]): readonly Contradiction[] {
  const byKey = new Map<string, { readonly before: Term; readonly demands: Demands; isBroken: boolean }>();
  return terms.flatMap((term) => {
    const known = byKey.get(term.key) ?? { before: term, demands: { excepted: new Set<string>() }, isBroken: false };
    byKey.set(term.key, known);
    if (known.isBroken || addTo(known.demands, term)) return [];
    known.isBroken = true;
    return [{ term, before: known.before }];
  });
}

/** What the terms about a key demand so far. */
interface Demands {
  exists?: boolean;
  readonly excepted: Set<string>;
  /** Undefined while any value will do. */
  possible?: Set<string>;
}

/** Adds a term; false where nothing can fulfil all of them any more. */
function addTo(demands: Demands, { exists, among, except = [] }: Term): boolean {
  if (exists !== undefined && exists !== (demands.exists ?? exists)) return false;
  if (exists !== undefined) demands.exists = exists;
  const { excepted, possible } = demands;
  for (const value of except) {
    excepted.add(value);
    possible?.delete(value);
  }
  if (among === undefined) return possible?.size !== 0;
  demands.possible = new Set(among.filter((value) => !excepted.has(value) && (possible?.has(value) ?? true)));
  return demands.possible.size > 0;
}
