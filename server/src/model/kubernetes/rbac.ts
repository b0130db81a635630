// What the roles and bindings of Kubernetes grant, decided as its authorizer decides, and by which written tokens.

import type { Fields } from '../fields.js';
import { type Known, knownItems, type Located, type Slot, valueOf } from '../located.js';
import type { Manifest } from './manifest.js';

const rbacGroup = 'rbac.authorization.k8s.io';
const all = '*';

/** The ClusterRoles that the API server makes for users, beside those that begin with `system:`. */
const builtInClusterRoles: ReadonlySet<string> = new Set(['cluster-admin', 'admin', 'edit', 'view']);

/** The verbs of requests that carry no name, unless they are about a sub-resource of a thing that has one. */
const unnamedVerbs: ReadonlySet<string> = new Set(['create', 'deletecollection']);

export const readVerbs: ReadonlySet<string> = new Set(['get', 'list', 'watch']);

/** The first version that asks for `create` too before it opens a stream to a pod over a WebSocket, which is a `get`. */
const streamsNeedCreate = 35;

/** The verbs of which one is enough for a stream to a pod: `pods/exec`, `pods/attach`, `pods/portforward`. */
export function streamVerbs(kubernetesMinor: number): readonly string[] {
  return kubernetesMinor < streamsNeedCreate ? ['create', 'get'] : ['create'];
}

/** With one of them on everything nothing is out of reach. Who may only delete gains nothing. */
const changeVerbs: ReadonlySet<string> = new Set([all, 'create', 'update', 'patch']);

export interface Role {
  readonly kind: string;
  /** Empty where it has none, or it cannot be told. */
  readonly name: string;
  /** A ClusterRole. What a Role grants ends at its namespace. */
  readonly clusterWide: boolean;
  readonly namespace: Located<string>;
  /** Its rules become a part of the built-in role `view`, which is given out freely. */
  readonly extendsView: boolean;
  readonly rules: readonly RoleRule[];
}

/** One entry of `rules`. Lists hold the items that can be told: an unknown one grants nothing, and takes nothing away. */
export interface RoleRule {
  readonly clusterWide: boolean;
  readonly apiGroups: readonly Known<string>[];
  /** Each one thing, a sub-resource (`pods/exec`), or a wildcard. A star behind the slash is none: it matches nothing. */
  readonly resources: readonly Known<string>[];
  readonly verbs: readonly Known<string>[];
  /** Undefined where it cannot be told whether names restrict the rule. */
  readonly names: Names | undefined;
  readonly nonResourceUrls: readonly Known<string>[];
}

/** The `resourceNames` of a rule. */
export interface Names {
  /** Whether there are any, known or not: the rule holds for things of these names only. */
  readonly restrict: boolean;
  readonly known: readonly Known<string>[];
}

/** What a request is about. */
export interface ApiResource {
  /** Empty for the core group. */
  readonly group: string;
  /** With its sub-resource: `pods/exec`. One that ends in a slash stands for any sub-resource that is named. */
  readonly name: string;
  /** It is in no namespace, so a Role cannot grant it. */
  readonly clusterScoped?: true;
}

export interface Grant {
  readonly role: Role;
  readonly rule: RoleRule;
  readonly resource: ApiResource;
  /** The item of `resources` that names the resource, or the wildcard that covers it. */
  readonly token: Known<string>;
  /** Those of the verbs asked for that are granted. */
  readonly verbs: readonly string[];
  readonly names: Names;
}

/** Two dozen rules ask for the same role: it is read once. */
const roles = new WeakMap<Manifest, Role>();

/**
 * The role that a manifest describes. Undefined for other kinds, for the roles that Kubernetes makes itself, and for
 * aggregated ones: a controller overwrites their rules.
 */
export function roleOf(manifest: Manifest): Role | undefined {
  const { group, kind, name } = manifest;
  if (group !== rbacGroup || (kind !== 'Role' && kind !== 'ClusterRole')) return undefined;
  const clusterWide = kind === 'ClusterRole';
  if (name.startsWith('system:') || (clusterWide && builtInClusterRoles.has(name))) return undefined;
  if (clusterWide && manifest.fields('aggregationRule').kind !== 'absent') return undefined;
  const known = roles.get(manifest);
  if (known !== undefined) return known;
  const label = clusterWide
    ? valueOf(manifest.string('metadata', 'labels', `${rbacGroup}/aggregate-to-view`))
    : undefined;
  const role: Role = {
    kind,
    name,
    clusterWide,
    namespace: manifest.namespace,
    extendsView: label === 'true',
    rules: (valueOf(manifest.list('rules')) ?? []).map((rule) => readRule(rule, clusterWide)),
  };
  roles.set(manifest, role);
  return role;
}

function readRule(fields: Fields, clusterWide: boolean): RoleRule {
  const names = fields.strings('resourceNames');
  return {
    clusterWide,
    apiGroups: knownItems(fields.strings('apiGroups')),
    resources: knownItems(fields.strings('resources')),
    verbs: knownItems(fields.strings('verbs')),
    names:
      names.kind === 'unknown'
        ? undefined
        : { restrict: names.kind === 'known' && names.value.length > 0, known: knownItems(names) },
    nonResourceUrls: knownItems(fields.strings('nonResourceURLs')),
  };
}

/**
 * What the rules of a role grant of these verbs on one of these resources: one grant for each rule, that of the resource
 * that comes first. What a rule grants as a part of everything is left out: see {@link reachOf}.
 */
export function grantsOf(
  role: Role | undefined,
  verbs: readonly string[],
  resources: readonly ApiResource[],
): readonly Grant[] {
  if (role === undefined) return [];
  return role.rules.flatMap((rule) => firstGrant(role, rule, verbs, resources) ?? []);
}

function firstGrant(
  role: Role,
  rule: RoleRule,
  verbs: readonly string[],
  resources: readonly ApiResource[],
): Grant | undefined {
  const tokens = rule.resources;
  const covered = resources.flatMap((resource) => {
    const token = covering(tokens, resource.name);
    return token === undefined ? [] : [{ resource, token }];
  });
  if (covered.length === 0) return undefined;
  const { names } = rule;
  if (names === undefined) return undefined;
  const reach = reachOf(rule);
  if (reach === 'change') return undefined;
  const wanted = reach === undefined ? verbs : verbs.filter((verb) => !readVerbs.has(verb));
  for (const { resource, token } of covered) {
    const granted = grantedVerbs(rule, wanted, resource);
    if (granted.length > 0) return { role, rule, resource, token, verbs: granted, names };
  }
  return undefined;
}

/** Those of the verbs that a rule grants on a resource, at least for things of the names that it lists. */
export function grantedVerbs(rule: RoleRule, verbs: readonly string[], resource: ApiResource): readonly string[] {
  if (resource.clusterScoped === true && !rule.clusterWide) return [];
  if (covering(rule.resources, resource.name) === undefined || !holds(rule.apiGroups, resource.group)) return [];
  const { names, verbs: written } = rule;
  if (names === undefined) return [];
  // A request without a name is one for the name ''.
  const nameless = !names.restrict || names.known.some((name) => name.value === '');
  const isSubresource = resource.name.includes('/');
  return verbs.filter((verb) => holds(written, verb) && (nameless || isSubresource || !unnamedVerbs.has(verb)));
}

/** The item of a list of resources that covers `name`, one that names it before a wildcard. */
function covering(tokens: readonly Known<string>[], name: string): Known<string> | undefined {
  const exact = tokens.find(({ value }) =>
    name.endsWith('/') ? value.startsWith(name) && value !== `${name}*` : value === name,
  );
  if (exact !== undefined) return exact;
  const slash = name.indexOf('/');
  const ofAnything = slash < 0 ? undefined : `*${name.slice(slash)}`;
  return tokens.find((token) => token.value === all || token.value === ofAnything);
}

function holds(tokens: readonly Known<string>[], wanted: string): boolean {
  return tokens.some((token) => token.value === all || token.value === wanted);
}

/** Whether a rule lets its holders change every resource of the core group, or at least read all of them. */
export function reachOf(rule: RoleRule): 'change' | 'read' | undefined {
  if (everyResource(rule) === undefined || !holds(rule.apiGroups, '') || rule.names?.restrict !== false)
    return undefined;
  const { verbs } = rule;
  if (verbs.some((verb) => changeVerbs.has(verb.value))) return 'change';
  return verbs.some((verb) => readVerbs.has(verb.value)) ? 'read' : undefined;
}

/** The item of `resources` that stands for all of them. */
export function everyResource(rule: RoleRule): Known<string> | undefined {
  return rule.resources.find((token) => token.value === all);
}

export interface Binding {
  readonly kind: string;
  readonly name: string;
  readonly roleKind: Located<string>;
  readonly roleName: Located<string>;
  /** Those whose kind and name can be told. */
  readonly subjects: readonly Subject[];
}

export interface Subject {
  readonly kind: 'User' | 'Group' | 'ServiceAccount';
  readonly name: Known<string>;
  /** The address of the whole list item. */
  readonly slot: Slot;
}

/** The binding that a manifest describes. Undefined for other kinds, and for those that Kubernetes makes itself. */
export function bindingOf(manifest: Manifest): Binding | undefined {
  const { group, kind, name } = manifest;
  if (group !== rbacGroup || (kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding')) return undefined;
  if (name.startsWith('system:') || (kind === 'ClusterRoleBinding' && name === 'cluster-admin')) return undefined;
  return {
    kind,
    name,
    roleKind: manifest.string('roleRef', 'kind'),
    roleName: manifest.string('roleRef', 'name'),
    subjects: (valueOf(manifest.list('subjects')) ?? []).flatMap((fields) => subjectOf(fields) ?? []),
  };
}

/** Whether a binding is known to grant one of these ClusterRoles. */
export function grantsClusterRole({ roleKind, roleName }: Binding, names: ReadonlySet<string>): boolean {
  return valueOf(roleKind) === 'ClusterRole' && roleName.kind === 'known' && names.has(roleName.value);
}

/** The API server refuses a subject of a group that is not the one of its kind. */
function subjectOf(fields: Fields): Subject | undefined {
  const name = fields.string('name');
  if (name.kind !== 'known') return undefined;
  const kind = valueOf(fields.string('kind'));
  const group = valueOf(fields.string('apiGroup')) ?? '';
  const { slot } = fields;
  if (kind === 'ServiceAccount') return group === '' ? { kind, name, slot } : undefined;
  if (kind !== 'User' && kind !== 'Group') return undefined;
  return group === '' || group === rbacGroup ? { kind, name, slot } : undefined;
}
