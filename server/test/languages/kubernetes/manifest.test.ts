import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { knownItems } from '../../../src/model/located.js';
import { first, read } from './reading.js';

const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: admins
  namespace: ops
roleRef: &ref
  kind: ClusterRole
  name: cluster-admin
subjects:
- kind: Group
  name: everybody
- text
- {kind: User, name: ann, count: 0x10, on: yes, list: [a, 1, ~, "b"]}
other:
  <<: *ref
`;

describe('a manifest', () => {
  it('says what it is and where', () => {
    const { manifests, under, show } = read(binding, { mode: 'scan' });
    const { apiVersion, group, kind, kindAt, name, nameAt, namespace } = first(manifests);
    assert.deepEqual(
      [apiVersion, group, kind, name],
      ['rbac.authorization.k8s.io/v1', 'rbac.authorization.k8s.io', 'ClusterRoleBinding', 'admins'],
    );
    assert.deepEqual(
      [under(kindAt), under(nameAt), show(namespace)],
      ['ClusterRoleBinding (2)', 'admins (4)', '"ops" at ops (5)'],
    );
  });

  it('has fields of the type that is asked for', () => {
    const { manifests, show } = read(binding);
    const manifest = first(manifests);
    assert.equal(show(manifest.string('roleRef', 'name')), '"cluster-admin" at cluster-admin (8)');
    assert.equal(show(manifest.string('other', 'name')), '"cluster-admin" at cluster-admin (8), merge-key *ref (15)');
    assert.equal(show(manifest.string('roleRef')).slice(0, 7), 'unknown');
    assert.equal(show(manifest.string('nothing', 'there')), 'absent at admins (4)');
    assert.equal(show(manifest.boolean('roleRef', 'name')), 'unknown at cluster-admin (8)');
  });

  it('has lists of maps and of strings', () => {
    const { manifests, show } = read(binding);
    const list = first(manifests).list('subjects');
    assert.ok(list.kind === 'known');
    assert.deepEqual(
      list.value.map((subject) => show(subject.string('name'))),
      ['"everybody" at everybody (11)', '"ann" at ann (13)'],
    );
    const ann = list.value[1];
    assert.ok(ann !== undefined);
    assert.deepEqual([show(ann.number('count')), show(ann.boolean('on'))], ['16 at 0x10 (13)', 'true at yes (13)']);
    assert.deepEqual(knownItems(ann.strings('list')).map(show), ['"a" at a (13)', '"b" at "b" (13)']);
    const ref = first(manifests).fields('roleRef');
    assert.ok(ref.kind === 'known');
    assert.equal(show(ref.value.string('kind')), '"ClusterRole" at ClusterRole (7)');
  });

  it('knows a key from its value', () => {
    const text = `apiVersion: example.com/v1
kind: Policy
metadata: {name: p}
base: &base
  port: 80
spec:
  <<: *base
  none:
  same: &a text
  also: *a
twice: {a: 1, a: 2}
more:
  a: 1
  {{- include "more" . }}
`;
    const { manifests, show } = read(text);
    const manifest = first(manifests);
    const at = (...path: [string, ...string[]]) => show(manifest.key(path)).replace(/^\{.*\} at/, 'known at');
    assert.equal(at('spec', 'port'), 'known at port (5), merge-key *base (7)');
    assert.equal(at('spec', 'none'), 'known at none (8)');
    assert.equal(show(manifest.string('spec', 'none')), 'absent at p (3)');
    assert.equal(at('spec', 'also'), 'known at also (10)');
    assert.equal(at('spec', 'nothing'), 'absent at p (3)');
    assert.equal(at('nothing', 'there'), 'absent at p (3)');
    assert.equal(at('spec', 'same', 'below').slice(0, 7), 'unknown');
    assert.equal(at('twice', 'a').slice(0, 5), 'known');
    assert.equal(at('more', 'a'), 'known at a (13)');
    assert.equal(at('more', 'b'), 'unknown at p (3)');
    assert.equal(at('kind'), 'known at kind (2)');
  });

  it('counts every item of a list of maps', () => {
    const text = `apiVersion: example.com/v1
kind: Policy
metadata: {name: p}
none: []
mixed: [{a: 1}, ~, text]
more:
  - a: 1
  {{- include "more" . }}
`;
    const { manifests } = read(text);
    const kinds = (name: string) => {
      const list = first(manifests).items(name);
      return list.kind === 'known' ? list.value.map(({ kind }) => kind) : list.kind;
    };
    assert.deepEqual(kinds('none'), []);
    assert.deepEqual(kinds('mixed'), ['known', 'unknown', 'unknown']);
    assert.deepEqual(kinds('more'), ['known', 'unknown']);
    assert.equal(kinds('nothing'), 'absent');
    assert.equal(kinds('kind'), 'unknown');
  });

  it('has strings whose parts have places', () => {
    const { manifests, under, show } = read(binding);
    const text = first(manifests).text('roleRef', 'name');
    assert.ok(text.kind === 'known');
    assert.equal(under(text.value.part(8, 13)), 'admin (8)');
    assert.equal(show(first(manifests).text('roleRef')).slice(0, 7), 'unknown');
  });

  it('is made of every object, but not of those of kustomize', () => {
    const text = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
metadata: {name: k}
---
apiVersion: v1
kind: Service
metadata: {name: s}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: flux}
`;
    const { manifests, under, file } = read(text);
    assert.deepEqual(
      manifests.map(({ nameAt }) => under(nameAt)),
      ['s (7)', 'flux (11)'],
    );
    assert.deepEqual(file.source.problems, []);
  });
});
