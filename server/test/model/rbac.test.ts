import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type ApiResource,
  bindingOf,
  grantedVerbs,
  grantsOf,
  type Role,
  reachOf,
  roleOf,
  streamVerbs,
} from '../../src/model/kubernetes/rbac.js';
import { first, read } from '../languages/kubernetes/reading.js';

const everyVerb = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];

/** A role with rules in flow style. */
function role(rules: readonly string[], { kind = 'ClusterRole', name = 'web', more = '' } = {}): Role | undefined {
  const list = rules.map((rule) => `  - { ${rule} }\n`).join('');
  const head = `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata:\n  name: "${name}"\n`;
  return roleOf(first(read(`${head}${more}rules:\n${list}`).manifests));
}

/** What a rule of a ClusterRole allows, as `token: verbs`; an empty text where that is nothing. */
function granted(rule: string, resource: ApiResource, verbs: readonly string[] = everyVerb, kind?: string): string {
  const grants = grantsOf(role([rule], kind === undefined ? {} : { kind }), verbs, [resource]);
  return grants.map((grant) => `${grant.token.value}: ${grant.verbs.join(' ')}`).join('; ');
}

const pods: ApiResource = { group: '', name: 'pods' };
const exec: ApiResource = { group: '', name: 'pods/exec' };
const jobs: ApiResource = { group: 'batch', name: 'jobs' };
const nodes: ApiResource = { group: '', name: 'nodes', clusterScoped: true };

describe('A rule of a role', () => {
  const rows: readonly (readonly [promise: string, rule: string, resource: ApiResource, allowed: string])[] = [
    ['grants what it names', 'apiGroups: [""], resources: [pods], verbs: [get, list]', pods, 'pods: get list'],
    [
      'grants all verbs by a star',
      'apiGroups: [batch], resources: [jobs], verbs: ["*"]',
      jobs,
      `jobs: ${everyVerb.join(' ')}`,
    ],
    ['grants all resources by a star', 'apiGroups: [batch], resources: ["*"], verbs: [get]', jobs, '*: get'],
    ['grants sub-resources by a star', 'apiGroups: [""], resources: ["*"], verbs: [delete]', exec, '*: delete'],
    ['grants all groups by a star', 'apiGroups: ["*"], resources: [jobs], verbs: [get]', jobs, 'jobs: get'],
    [
      'marks what is named before a star',
      'apiGroups: [batch], resources: ["*", jobs], verbs: [get]',
      jobs,
      'jobs: get',
    ],
    [
      'grants a sub-resource of everything',
      'apiGroups: [""], resources: ["*/exec"], verbs: [create]',
      exec,
      '*/exec: create',
    ],
    ['has no wildcard behind a slash', 'apiGroups: [""], resources: ["pods/*"], verbs: [create]', exec, ''],
    ['has no wildcard on both sides of a slash', 'apiGroups: [""], resources: ["*/*"], verbs: [create]', exec, ''],
    ['takes no other sub-resource', 'apiGroups: [""], resources: ["*/xec"], verbs: [create]', exec, ''],
    ['takes no resource for its sub-resource', 'apiGroups: [""], resources: [pods], verbs: [create]', exec, ''],
    ['takes no sub-resource for its resource', 'apiGroups: [""], resources: [pods/exec], verbs: [create]', pods, ''],
    [
      'takes no wildcard of sub-resources for a resource',
      'apiGroups: [""], resources: ["*/pods"], verbs: [get]',
      pods,
      '',
    ],
    ['has no wildcards inside words', 'apiGroups: [""], resources: ["pod*"], verbs: ["g*"]', pods, ''],
    ['heeds the case of letters', 'apiGroups: [""], resources: [pods], verbs: [GET]', pods, ''],
    ['knows the core group by no name', 'apiGroups: [v1, core], resources: [pods], verbs: [get]', pods, ''],
    ['keeps groups apart', 'apiGroups: [apps], resources: [jobs], verbs: [get]', jobs, ''],
    ['needs a group', 'resources: [pods], verbs: [get]', pods, ''],
    ['needs a verb', 'apiGroups: [""], resources: [pods]', pods, ''],
    ['needs a resource', 'apiGroups: [""], verbs: [get]', pods, ''],
    [
      'limited to names grants nothing that has no name in its request',
      'apiGroups: [""], resources: [pods], resourceNames: [a], verbs: ["*"]',
      pods,
      'pods: get list watch update patch delete',
    ],
    [
      'limited to names grants every verb on a sub-resource of them',
      'apiGroups: [""], resources: [pods/exec], resourceNames: [a], verbs: [create]',
      exec,
      'pods/exec: create',
    ],
    [
      'takes a star for a name like any other',
      'apiGroups: [""], resources: [pods], resourceNames: ["*"], verbs: [create]',
      pods,
      '',
    ],
    [
      'takes the empty name for none',
      'apiGroups: [""], resources: [pods], resourceNames: [""], verbs: [create]',
      pods,
      'pods: create',
    ],
    [
      'is not limited by an empty list',
      'apiGroups: [""], resources: [pods], resourceNames: [], verbs: [create]',
      pods,
      'pods: create',
    ],
    [
      'is limited by a name that is not known',
      'apiGroups: [""], resources: [pods], resourceNames: ["{{ .a }}"], verbs: [create]',
      pods,
      '',
    ],
    [
      'is not judged where nobody knows of names',
      'apiGroups: [""], resources: [pods], resourceNames: a, verbs: [get]',
      pods,
      '',
    ],
    [
      'grants what is known among what is not',
      'apiGroups: ["{{ .a }}", ""], resources: [1, pods], verbs: ["{{ .a }}", get]',
      pods,
      'pods: get',
    ],
    ['grants nothing by what is no list', 'apiGroups: "*", resources: [pods], verbs: [get]', pods, ''],
    ['is not judged as a part of everything', 'apiGroups: [""], resources: ["*"], verbs: [create]', pods, ''],
    [
      'is judged for what goes beyond reading everything',
      'apiGroups: ["*"], resources: ["*"], verbs: [get, delete]',
      pods,
      '*: delete',
    ],
  ];
  for (const [promise, rule, resource, allowed] of rows) {
    it(promise, () => assert.equal(granted(rule, resource), allowed));
  }

  it('of a Role grants nothing outside namespaces', () => {
    const rule = 'apiGroups: [""], resources: [nodes, pods], verbs: [get]';
    assert.equal(granted(rule, nodes, ['get']), 'nodes: get');
    assert.equal(granted(rule, nodes, ['get'], 'Role'), '');
    assert.equal(granted(rule, pods, ['get'], 'Role'), 'pods: get');
  });

  it('grants a sub-resource of any name where one is named', () => {
    const extras: ApiResource = { group: '', name: 'userextras/' };
    const of = (resources: string) =>
      granted(`apiGroups: [""], resources: [${resources}], verbs: [use]`, extras, ['use']);
    assert.equal(of('userextras/scopes'), 'userextras/scopes: use');
    assert.equal(of('"*"'), '*: use');
    assert.equal(of('userextras, "userextras/*", others/scopes'), '');
  });

  it('is asked for the resources in their order, and gives one grant', () => {
    const rules = [
      'apiGroups: ["*"], resources: [pods, jobs], verbs: [get]',
      'apiGroups: [""], resources: [pods], verbs: [get]',
    ];
    const grants = grantsOf(role(rules), ['get'], [jobs, pods]);
    assert.deepEqual(
      grants.map((grant) => grant.resource.name),
      ['jobs', 'pods'],
    );
  });

  it('reaches everything by changing or reading all of the core group', () => {
    const reach = (rule: string) => reachOf(first(role([rule])?.rules ?? []));
    assert.equal(reach('apiGroups: ["*"], resources: ["*"], verbs: ["*"]'), 'change');
    assert.equal(reach('apiGroups: [apps, ""], resources: [pods, "*"], verbs: [get, patch]'), 'change');
    assert.equal(reach('apiGroups: [""], resources: ["*"], verbs: [watch]'), 'read');
    assert.equal(reach('apiGroups: [""], resources: ["*"], verbs: [delete]'), undefined);
    assert.equal(reach('apiGroups: [apps], resources: ["*"], verbs: ["*"]'), undefined);
    assert.equal(reach('apiGroups: [""], resources: ["*/exec"], verbs: ["*"]'), undefined);
    assert.equal(reach('apiGroups: [""], resources: ["*"], resourceNames: [a], verbs: ["*"]'), undefined);
    assert.equal(reach('apiGroups: [""], resources: ["*"], resourceNames: a, verbs: ["*"]'), undefined);
  });

  it('can be asked by itself, as a part of everything too', () => {
    const rule = first(role(['apiGroups: ["*"], resources: ["*"], verbs: ["*"]'])?.rules ?? []);
    assert.deepEqual(grantedVerbs(rule, ['bind'], jobs), ['bind']);
    assert.deepEqual(grantedVerbs(rule, ['bind'], { ...jobs, name: 'jobs/status' }), ['bind']);
    const named = first(role(['apiGroups: ["*"], resources: ["*"], resourceNames: a, verbs: ["*"]'])?.rules ?? []);
    assert.deepEqual(grantedVerbs(named, ['bind'], jobs), []);
  });
});

describe('A role', () => {
  const rule = 'apiGroups: [""], resources: [pods], verbs: [get]';

  it('is none of those that Kubernetes makes itself', () => {
    for (const name of ['cluster-admin', 'admin', 'edit', 'view', 'system:node']) {
      assert.equal(role([rule], { name }), undefined, name);
    }
    assert.equal(role([rule], { kind: 'Role', name: 'system:leader' }), undefined);
    for (const name of ['cluster-admin', 'admin', 'edit', 'view']) {
      assert.equal(role([rule], { kind: 'Role', name })?.name, name);
    }
  });

  it('has no rules of its own where others are aggregated in it', () => {
    assert.equal(role([rule], { more: 'aggregationRule: {}\n' }), undefined);
    assert.equal(role([rule], { more: 'aggregationRule: {{ .Values.rule }}\n' }), undefined);
    assert.equal(role([rule], { more: 'aggregationRule:\n' })?.rules.length, 1);
    assert.equal(role([rule], { kind: 'Role', more: 'aggregationRule: {}\n' })?.rules.length, 1);
  });

  it('extends the built-in role `view` by a label that is exactly "true"', () => {
    const label = (value: string) => `  labels: { rbac.authorization.k8s.io/aggregate-to-view: ${value} }\n`;
    assert.equal(role([rule], { more: label('"true"') })?.extendsView, true);
    assert.equal(role([rule], { more: label('true') })?.extendsView, false);
    assert.equal(role([rule], { more: label('"yes"') })?.extendsView, false);
    assert.equal(role([rule], { kind: 'Role', more: label('"true"') })?.extendsView, false);
    assert.equal(role([rule])?.extendsView, false);
  });

  it('is a kind of one group', () => {
    const other = read('apiVersion: example.com/v1\nkind: ClusterRole\nmetadata: { name: a }\nrules: []\n');
    assert.equal(roleOf(first(other.manifests)), undefined);
    assert.equal(role([rule], { kind: 'RoleBinding' }), undefined);
  });
});

describe('A binding', () => {
  const head = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: a }\n';
  const subjects = (...items: readonly string[]) => {
    const found = bindingOf(
      first(read(`${head}subjects:\n${items.map((item) => `  - ${item}\n`).join('')}`).manifests),
    );
    return found?.subjects.map((subject) => `${subject.kind} ${subject.name.value}`);
  };

  it('has subjects of three kinds, each with its own group', () => {
    assert.deepEqual(
      subjects(
        '{ kind: User, name: a }',
        '{ kind: Group, name: b, apiGroup: rbac.authorization.k8s.io }',
        '{ kind: ServiceAccount, name: c, apiGroup: "" }',
        '{ kind: ServiceAccount, name: d, apiGroup: rbac.authorization.k8s.io }',
        '{ kind: User, name: e, apiGroup: example.com }',
        '{ kind: Pod, name: f }',
        '{ name: g }',
        '{ kind: Group }',
        'h',
      ),
      ['User a', 'Group b', 'ServiceAccount c'],
    );
  });

  it('is none of those that Kubernetes makes itself', () => {
    const named = (kind: string, name: string) =>
      bindingOf(
        first(
          read(`apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata: { name: "${name}" }\n`).manifests,
        ),
      )?.name;
    assert.equal(named('ClusterRoleBinding', 'cluster-admin'), undefined);
    assert.equal(named('ClusterRoleBinding', 'system:node'), undefined);
    assert.equal(named('RoleBinding', 'cluster-admin'), 'cluster-admin');
    assert.equal(named('ClusterRole', 'a'), undefined);
  });
});

describe('A stream to a pod', () => {
  it('takes `create` alone from Kubernetes 1.35 on', () => {
    assert.deepEqual(streamVerbs(34), ['create', 'get']);
    assert.deepEqual(streamVerbs(35), ['create']);
  });
});
