// What the generated data says, read as rules read it.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type FieldType, kindType, type ObjectType, outdatedVersion } from '../../src/standards/kubernetes/api.js';

/** The field at a path through maps and lists of objects. */
function fieldAt(type: ObjectType | undefined, ...path: readonly string[]): FieldType | undefined {
  let field: FieldType | undefined = type === undefined ? undefined : { kind: 'object', type };
  for (const name of path) {
    const inner: FieldType | undefined = field?.kind === 'list' ? field.of : field;
    field = inner?.kind === 'object' ? inner.type.fields.get(name) : undefined;
  }
  return field;
}

describe('the API of Kubernetes', () => {
  const pod = kindType('v1', 'Pod');
  const deployment = kindType('apps/v1', 'Deployment');

  for (const [path, kind] of [
    ['spec.containers.image', 'string'],
    ['spec.containers.securityContext.privileged', 'boolean'],
    ['spec.securityContext.runAsUser', 'integer'],
    ['spec.containers.livenessProbe.httpGet.port', 'integer-or-string'],
    ['spec.volumes.emptyDir.sizeLimit', 'quantity'],
    ['spec.nodeSelector', 'map'],
    ['spec.containers', 'list'],
    ['metadata', 'object'],
    ['status', 'any'],
    // Came late, and went early.
    ['spec.hostUsers', 'boolean'],
    ['spec.containers.securityContext.appArmorProfile', 'object'],
    ['spec.ephemeralContainers.targetContainerName', 'string'],
  ] as const) {
    it(`has ${path} of a pod as ${kind}`, () => {
      assert.equal(fieldAt(pod, ...path.split('.'))?.kind, kind);
    });
  }

  it('has quantities in the limits of containers', () => {
    const limits = fieldAt(pod, 'spec', 'containers', 'resources', 'limits');
    assert.deepEqual(limits, { kind: 'map', of: { kind: 'quantity' } });
  });

  it('gives one type to what looks the same everywhere', () => {
    assert.equal(fieldAt(pod, 'spec')?.kind, 'object');
    assert.deepEqual(
      [...(kindType('extensions/v1beta1', 'Deployment')?.fields.keys() ?? [])].sort(),
      [...(deployment?.fields.keys() ?? [])].sort(),
    );
    const podSpec = fieldAt(pod, 'spec');
    const template = fieldAt(deployment, 'spec', 'template', 'spec');
    assert.ok(podSpec?.kind === 'object' && template?.kind === 'object');
    assert.equal(podSpec.type, template.type);
  });

  it('does not know kinds of other groups, versions that there never were, and words of JavaScript', () => {
    for (const [apiVersion, kind] of [
      ['v1', 'Deployment'],
      ['apps/v2', 'Deployment'],
      ['argoproj.io/v1alpha1', 'Rollout'],
      ['constructor', 'toString'],
      ['', ''],
    ] as const) {
      assert.equal(kindType(apiVersion, kind), undefined, `${apiVersion} ${kind}`);
      assert.equal(outdatedVersion(apiVersion, kind), undefined, `${apiVersion} ${kind}`);
    }
    assert.equal(deployment?.fields.get('constructor'), undefined);
  });

  it('knows when a version was deprecated and went, and what took its place', () => {
    assert.deepEqual(outdatedVersion('batch/v1beta1', 'CronJob'), {
      deprecated: 21,
      removed: 25,
      replacement: 'batch/v1',
      sameFields: true,
    });
    assert.deepEqual(outdatedVersion('policy/v1beta1', 'PodSecurityPolicy'), {
      deprecated: 21,
      removed: 25,
      replacement: undefined,
      sameFields: false,
    });
    assert.equal(outdatedVersion('storage.k8s.io/v1beta1', 'VolumeAttributesClass')?.removed, undefined);
    assert.equal(outdatedVersion('apps/v1', 'Deployment'), undefined);
  });
});
