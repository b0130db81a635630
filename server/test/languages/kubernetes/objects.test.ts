import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { read } from './reading.js';

function names(text: string): readonly string[] {
  const { workloads, under } = read(text);
  return workloads.map(({ kind, name, nameAt }) => `${kind} ${name}: ${under(nameAt)}`);
}

describe('the objects of a file', () => {
  it('are those of every document', () => {
    const text = `# one
apiVersion: v1
kind: Pod
metadata: {name: a}
spec: {containers: []}
--- # two
kind: Pod
apiVersion: v1
metadata:
  name: "b"
spec: {}
...
---
apiVersion: v1
kind: Pod
metadata: {name: c}
spec: {containers: [{name: x}]}
`;
    assert.deepEqual(names(text), ['Pod a: a (4)', 'Pod b: "b" (10)', 'Pod c: c (16)']);
  });

  it('are the items of a List, and of a List in it', () => {
    const text = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Pod
  metadata: {name: a}
  spec: {}
-
- apiVersion: v1
  kind: List
  items:
  - {apiVersion: apps/v1, kind: Deployment, metadata: {name: b}, spec: {template: {spec: {}}}}
- {kind: Pod, metadata: {name: says-no-version}, spec: {}}
`;
    assert.deepEqual(names(text), ['Pod a: a (6)', 'Deployment b: b (12)']);
    const { manifests, under } = read(text);
    assert.deepEqual(
      manifests.map((manifest) => under(manifest.kindAt)),
      ['Pod (5)', 'Deployment (12)'],
    );
  });

  it('take version and kind from a typed list where they do not say them', () => {
    const text = `apiVersion: apps/v1
kind: DeploymentList
items:
  - metadata: {name: a}
    spec: {template: {spec: {}}}
  - spec: {template: {spec: {}}}
  - {apiVersion: v1, kind: Pod, spec: {}}
`;
    assert.deepEqual(names(text), ['Deployment a: a (4)', 'Deployment : DeploymentList (2)', 'Pod : Pod (7)']);
  });

  it('are the pods of a PodList', () => {
    const text = 'apiVersion: v1\nkind: PodList\nitems:\n- metadata: {name: a}\n  spec: {containers: [{name: x}]}\n';
    assert.deepEqual(names(text), ['Pod a: a (4)']);
  });

  it('are found where a kind ends like a list and is none', () => {
    const text = 'apiVersion: example.com/v1\nkind: AllowList\nmetadata: {name: a}\n';
    const { manifests, under } = read(text);
    assert.deepEqual(
      manifests.map(({ kind, nameAt }) => [kind, under(nameAt)]),
      [['AllowList', 'a (3)']],
    );
  });

  it('are named by `generateName`, and by their kind where there is no name', () => {
    const text = `apiVersion: v1
kind: Pod
metadata: {generateName: job-}
spec: {}
---
apiVersion: v1
kind: Pod
metadata:
spec: {}
`;
    assert.deepEqual(names(text), ['Pod job-: job- (3)', 'Pod : Pod (7)']);
    assert.deepEqual(
      read(text).manifests.map(({ name }) => name),
      ['', ''],
    );
  });

  it('are none where kind or version cannot be told', () => {
    for (const kind of ['', '[Pod]', '{{ .kind }}', 'Pod\nkind: Pod']) {
      assert.deepEqual(names(`apiVersion: v1\nkind: ${kind}\nmetadata: {name: a}\nspec: {}\n`), [], kind);
    }
  });

  it('end where a list holds itself', () => {
    const text = 'apiVersion: v1\nkind: List\nitems: &a\n- {apiVersion: v1, kind: List, items: *a}\n';
    assert.deepEqual(names(text), []);
  });

  it('are cut off, and it is said, where aliases ask for very many', () => {
    const aliases = (name: string, count: number) => Array.from({ length: count }, () => `*${name}`).join(', ');
    const text = `apiVersion: batch.volcano.sh/v1alpha1
kind: Job
metadata: {name: many}
spec:
  tasks:
  - &task {template: {spec: {containers: [&main {name: main}, ${aliases('main', 100)}]}}}
${`  - *task\n`.repeat(1000)}`;
    const { file, containers, under } = read(text);
    assert.equal(containers.at(-1)?.name, 'main');
    assert.ok(containers.length <= 5101);
    assert.deepEqual(
      file.source.problems.map(({ kind, at, message }) => [kind, under(at), message]),
      [
        ['limit', 'a (1)', 'Aliases and merge keys expand too far: a part was not checked.'],
        ['limit', '{ (6)', 'More than 5000 pods and containers come through aliases: the others were not checked.'],
      ],
    );
  });
});
