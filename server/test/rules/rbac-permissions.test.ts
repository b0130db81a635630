// Runs every rule about a permission through the same cases: what a role can be written like, whatever it allows.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lint } from '../support/lint.js';

interface Permission {
  readonly id: string;
  readonly group: string;
  readonly resource: string;
  /** One verb that is enough. */
  readonly verb: string;
  /** One that is not. */
  readonly harmless: string;
  /** A Role cannot allow it. */
  readonly clusterScoped?: true;
  readonly severity: string;
  /** In a Role, where that is another one. */
  readonly inRole?: string;
  /** Where it is limited to things of some name; undefined where that is no finding. */
  readonly named: string | undefined;
  /** Names that it needs to be one at all. They are marked. */
  readonly names?: string;
  /** Another rule that it needs to be one at all. */
  readonly besides?: string;
}

const rbac = 'rbac.authorization.k8s.io';
const permissions: readonly Permission[] = [
  {
    id: 'aws-auth-permission',
    group: '',
    resource: 'configmaps',
    verb: 'patch',
    harmless: 'delete',
    severity: 'warning',
    named: undefined,
    names: 'aws-auth',
  },
  {
    id: 'bind-escalate-permission',
    group: rbac,
    resource: 'roles',
    verb: 'bind',
    harmless: 'update',
    severity: 'error',
    named: 'info',
  },
  {
    id: 'bind-escalate-permission',
    group: rbac,
    resource: 'roles',
    verb: 'escalate',
    harmless: 'create',
    severity: 'error',
    named: 'error',
  },
  {
    id: 'bind-escalate-permission',
    group: rbac,
    resource: 'clusterroles',
    verb: 'bind',
    harmless: 'get',
    severity: 'error',
    named: 'info',
  },
  {
    id: 'bind-escalate-permission',
    group: rbac,
    resource: 'clusterroles',
    verb: 'escalate',
    harmless: 'get',
    clusterScoped: true,
    severity: 'error',
    named: 'error',
  },
  {
    id: 'configmap-write-permission',
    group: '',
    resource: 'configmaps',
    verb: 'update',
    harmless: 'create',
    severity: 'hint',
    named: undefined,
  },
  {
    id: 'csr-approval-permission',
    group: 'certificates.k8s.io',
    resource: 'certificatesigningrequests/approval',
    verb: 'update',
    harmless: 'get',
    clusterScoped: true,
    severity: 'warning',
    named: 'info',
    besides: 'apiGroups: [certificates.k8s.io], resources: [signers], verbs: [approve]',
  },
  {
    id: 'impersonate-permission',
    group: '',
    resource: 'users',
    verb: 'impersonate',
    harmless: 'get',
    clusterScoped: true,
    severity: 'error',
    named: 'info',
  },
  {
    id: 'impersonate-permission',
    group: '',
    resource: 'groups',
    verb: 'impersonate',
    harmless: 'create',
    clusterScoped: true,
    severity: 'error',
    named: 'info',
  },
  {
    id: 'impersonate-permission',
    group: '',
    resource: 'serviceaccounts',
    verb: 'impersonate',
    harmless: 'update',
    severity: 'error',
    inRole: 'warning',
    named: 'info',
  },
  {
    id: 'impersonate-permission',
    group: 'authentication.k8s.io',
    resource: 'uids',
    verb: 'impersonate',
    harmless: 'get',
    clusterScoped: true,
    severity: 'info',
    named: 'info',
  },
  {
    id: 'log-delete-permission',
    group: '',
    resource: 'events',
    verb: 'delete',
    harmless: 'patch',
    severity: 'hint',
    named: undefined,
  },
  {
    id: 'log-delete-permission',
    group: 'events.k8s.io',
    resource: 'events',
    verb: 'deletecollection',
    harmless: 'list',
    severity: 'hint',
    named: undefined,
  },
  {
    id: 'network-resources-permission',
    group: '',
    resource: 'services',
    verb: 'patch',
    harmless: 'get',
    severity: 'hint',
    named: undefined,
  },
  {
    id: 'network-resources-permission',
    group: '',
    resource: 'endpoints',
    verb: 'create',
    harmless: 'watch',
    severity: 'info',
    named: undefined,
  },
  {
    id: 'network-resources-permission',
    group: 'discovery.k8s.io',
    resource: 'endpointslices',
    verb: 'update',
    harmless: 'list',
    severity: 'info',
    named: undefined,
  },
  {
    id: 'network-resources-permission',
    group: 'networking.k8s.io',
    resource: 'networkpolicies',
    verb: 'delete',
    harmless: 'get',
    severity: 'hint',
    named: undefined,
  },
  {
    id: 'network-resources-permission',
    group: 'networking.k8s.io',
    resource: 'ingresses',
    verb: 'update',
    harmless: 'get',
    severity: 'hint',
    named: undefined,
  },
  {
    id: 'node-proxy-permission',
    group: '',
    resource: 'nodes/proxy',
    verb: 'get',
    harmless: 'list',
    clusterScoped: true,
    severity: 'warning',
    named: 'warning',
  },
  {
    id: 'persistent-volume-create-permission',
    group: '',
    resource: 'persistentvolumes',
    verb: 'create',
    harmless: 'update',
    clusterScoped: true,
    severity: 'info',
    named: undefined,
  },
  {
    id: 'pod-attach-permission',
    group: '',
    resource: 'pods/attach',
    verb: 'create',
    harmless: 'get',
    severity: 'warning',
    named: 'info',
  },
  {
    id: 'pod-create-permission',
    group: '',
    resource: 'pods',
    verb: 'create',
    harmless: 'delete',
    severity: 'info',
    named: undefined,
  },
  {
    id: 'pod-create-permission',
    group: 'apps',
    resource: 'deployments',
    verb: 'patch',
    harmless: 'delete',
    severity: 'info',
    named: 'hint',
  },
  {
    id: 'pod-create-permission',
    group: 'apps',
    resource: 'daemonsets',
    verb: 'update',
    harmless: 'get',
    severity: 'info',
    named: 'hint',
  },
  {
    id: 'pod-create-permission',
    group: 'batch',
    resource: 'cronjobs',
    verb: 'create',
    harmless: 'get',
    severity: 'info',
    named: undefined,
  },
  {
    id: 'pod-exec-permission',
    group: '',
    resource: 'pods/exec',
    verb: 'create',
    harmless: 'get',
    severity: 'warning',
    named: 'info',
  },
  {
    id: 'pod-exec-permission',
    group: '',
    resource: 'pods/ephemeralcontainers',
    verb: 'update',
    harmless: 'get',
    severity: 'warning',
    named: 'info',
  },
  {
    id: 'pod-port-forward-permission',
    group: '',
    resource: 'pods/portforward',
    verb: 'create',
    harmless: 'get',
    severity: 'info',
    named: 'hint',
  },
  {
    id: 'role-binding-write-permission',
    group: rbac,
    resource: 'rolebindings',
    verb: 'update',
    harmless: 'delete',
    severity: 'warning',
    named: 'info',
  },
  {
    id: 'role-binding-write-permission',
    group: rbac,
    resource: 'clusterrolebindings',
    verb: 'patch',
    harmless: 'bind',
    clusterScoped: true,
    severity: 'warning',
    named: 'info',
  },
  {
    id: 'secrets-read-permission',
    group: '',
    resource: 'secrets',
    verb: 'list',
    harmless: 'use',
    severity: 'warning',
    inRole: 'info',
    named: undefined,
  },
  {
    id: 'secrets-read-permission',
    group: '',
    resource: 'secrets',
    verb: 'update',
    harmless: 'approve',
    severity: 'warning',
    inRole: 'info',
    named: 'info',
  },
  {
    id: 'service-account-token-permission',
    group: '',
    resource: 'serviceaccounts/token',
    verb: 'create',
    harmless: 'get',
    severity: 'warning',
    named: 'info',
  },
  {
    id: 'service-status-permission',
    group: '',
    resource: 'services/status',
    verb: 'patch',
    harmless: 'get',
    severity: 'info',
    named: 'hint',
  },
  {
    id: 'webhook-config-permission',
    group: 'admissionregistration.k8s.io',
    resource: 'mutatingwebhookconfigurations',
    verb: 'patch',
    harmless: 'get',
    clusterScoped: true,
    severity: 'warning',
    named: 'info',
  },
  {
    id: 'webhook-config-permission',
    group: 'admissionregistration.k8s.io',
    resource: 'validatingadmissionpolicies',
    verb: 'delete',
    harmless: 'watch',
    clusterScoped: true,
    severity: 'warning',
    named: 'info',
  },
];

interface Shape {
  readonly groups?: string;
  readonly resources?: string;
  readonly verbs?: string;
  readonly names?: string | undefined;
  readonly kind?: string;
  readonly name?: string;
  readonly before?: string;
  readonly more?: string;
  readonly apiVersion?: string;
}

/** What is found in a role with one rule of this shape: the text that is marked, its line and the severity. */
function found(permission: Permission, shape: Shape): readonly string[] {
  const names = 'names' in shape ? shape.names : permission.names;
  const rule = [
    `apiGroups: ${shape.groups ?? `["${permission.group}"]`}`,
    `resources: ${shape.resources ?? `[${permission.resource}]`}`,
    ...(names === undefined
      ? []
      : [`resourceNames: ${names.startsWith('{') || names.startsWith('[') ? names : `[${names}]`}`]),
    `verbs: ${shape.verbs ?? `[${permission.verb}]`}`,
  ];
  const rules = [shape.before, permission.besides].filter((other) => other !== undefined);
  const text = `apiVersion: ${shape.apiVersion ?? `${rbac}/v1`}
kind: ${shape.kind ?? 'ClusterRole'}
metadata: { name: "${shape.name ?? 'web'}" }
${shape.more ?? ''}rules:
${rules.map((other) => `  - { ${other} }\n`).join('')}  - ${rule.join('\n    ')}
`;
  const { findings, failures } = lint('kubernetes', text, { only: permission.id });
  assert.deepEqual(failures, []);
  for (const { message } of findings) assert.ok(message.length <= 100, message);
  return findings.map(({ at, severity }) => `${text.slice(at.span.start, at.span.end)} ${severity}`);
}

for (const permission of permissions) {
  const { id, group, resource, verb, harmless, clusterScoped, severity, inRole = severity, named, names } = permission;
  describe(`${id}, for ${verb} on ${resource}${group === '' ? '' : ` of ${group}`},`, () => {
    const marked = (token = resource) => [`${names ?? token} ${severity}`];
    const check = (shape: Shape) => found(permission, shape);
    const isPartOfEverything =
      group === '' && names === undefined && ['create', 'update', 'patch', 'get', 'list'].includes(verb);

    it('marks the resource', () => assert.deepEqual(check({}), marked()));

    it('marks the resource in a later rule of a role', () =>
      assert.deepEqual(check({ before: 'apiGroups: [""], resources: [bindings], verbs: [get]' }), marked()));

    it('marks the resource where a star stands for the group, or stands beside it', () => {
      assert.deepEqual(check({ groups: '["*"]' }), marked());
      assert.deepEqual(check({ groups: `[example.com, "${group}"]` }), marked());
    });

    it('stays silent where the group is another one', () => {
      assert.deepEqual(check({ groups: '[example.com]' }), []);
      assert.deepEqual(check({ groups: '[v1, core]' }), []);
      assert.deepEqual(check({ groups: '[]' }), []);
      assert.deepEqual(check({ groups: '["{{ .Values.group }}"]' }), []);
    });

    it('marks the star that stands for every resource, unless that is everything', () => {
      assert.deepEqual(check({ resources: '["*"]' }), isPartOfEverything ? [] : marked('"*"'));
      assert.deepEqual(check({ groups: '["*"]', resources: '["*"]', verbs: '["*"]', names: undefined }), []);
    });

    it('marks the star that stands for the owner of a sub-resource, and no star that stands for sub-resources', () => {
      const slash = resource.indexOf('/');
      const sub = slash < 0 ? '"*/status"' : `"*${resource.slice(slash)}"`;
      assert.deepEqual(check({ resources: `[${sub}]` }), slash < 0 ? [] : marked(sub));
      assert.deepEqual(check({ resources: `["${slash < 0 ? resource : resource.slice(0, slash)}/*"]` }), []);
    });

    it('stays silent where the verb is harmless, or unknown', () => {
      assert.deepEqual(check({ verbs: `[${harmless}]` }), []);
      assert.deepEqual(check({ verbs: '["{{ .Values.verb }}"]' }), []);
      assert.deepEqual(check({ verbs: '{{ .Values.verbs }}' }), []);
      assert.deepEqual(check({ verbs: verb }), []);
      assert.deepEqual(check({ verbs: '[1, null]' }), []);
      assert.deepEqual(check({ verbs: '[]' }), []);
    });

    it('marks what is known beside what is not', () => {
      assert.deepEqual(check({ verbs: `["{{ .Values.verb }}", ${verb}]` }), marked());
      assert.deepEqual(check({ resources: `["{{ .Values.resource }}", 1, ${resource}]` }), marked());
    });

    it('stays silent where the lists are none', () => {
      assert.deepEqual(check({ resources: resource }), []);
      assert.deepEqual(check({ resources: '{{ .Values.resources }}' }), []);
      assert.deepEqual(check({ resources: '{ a: b }' }), []);
      assert.deepEqual(check({ groups: `"${group}"` }), []);
    });

    it(named === undefined ? 'stays silent about named things' : `is ${named} for named things`, () => {
      const wanted = named === undefined ? [] : [`${resource} ${named}`];
      assert.deepEqual(check({ names: '[shop]' }), wanted);
      assert.deepEqual(check({ names: '["{{ .Values.name }}"]' }), wanted);
    });

    it('stays silent where nobody knows whether names limit it', () =>
      assert.deepEqual(check({ names: '{{ .Values.names }}' }), []));

    it(clusterScoped ? 'stays silent in a Role, which cannot grant it' : 'marks the resource in a Role', () => {
      const inNamespace = clusterScoped ? [] : [`${names ?? resource} ${inRole}`];
      assert.deepEqual(check({ kind: 'Role' }), inNamespace);
      assert.deepEqual(check({ kind: 'Role', name: 'admin' }), inNamespace);
    });

    it('stays silent about roles that Kubernetes makes or fills itself, and about what is no role', () => {
      assert.deepEqual(check({ name: 'admin' }), []);
      assert.deepEqual(check({ name: 'system:web' }), []);
      assert.deepEqual(check({ more: 'aggregationRule: { clusterRoleSelectors: [] }\n' }), []);
      assert.deepEqual(check({ kind: 'ClusterRoleBinding' }), []);
      assert.deepEqual(check({ apiVersion: 'example.com/v1' }), []);
    });

    it('says so in a short line, whatever the name of the role', () =>
      assert.deepEqual(check({ name: 'a-role-with-a-name-that-nobody-would-like-to-read-in-one-line' }), marked()));
  });
}
