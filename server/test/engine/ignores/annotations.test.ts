import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { told } from './told.js';

const deployment = (own: string, template: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations: ${own}
spec:
  template:
    metadata:
      annotations: ${template}
    spec:
      hostPID: true
      hostNetwork: true
      containers:
        - name: web
          image: registry.k8s.io/pause:latest
          securityContext:
            privileged: true
`;
const rules = ['host-pid', 'host-network', 'image-latest-tag', 'privileged'];
const from = (own: string, template = '{}') => told('kubernetes', deployment(own, template), rules);

describe('a KubeLinter annotation', () => {
  it('silences one check in its object, with its reason', () => {
    assert.deepEqual(from('{ignore-check.kube-linter.io/host-pid: " it debugs "}'), {
      silenced: ['11 host-pid: kube-linter annotation host-pid, it debugs'],
      shown: ['12 host-network', '15 image-latest-tag', '17 privileged'],
    });
  });

  it('`ignore-all` silences every check that it has, whatever its value', () => {
    for (const value of ['why', '""', 'true', '~']) {
      const { silenced, shown } = from(`{kube-linter.io/ignore-all: ${value}}`);
      assert.deepEqual(
        silenced.map((one) => one.split(',')[0]),
        [
          '11 host-pid: kube-linter annotation *',
          '12 host-network: kube-linter annotation *',
          '15 image-latest-tag: kube-linter annotation *',
          '17 privileged: kube-linter annotation *',
        ],
        value,
      );
      assert.deepEqual(shown, []);
    }
  });

  it('counts on the object itself, not on the template', () => {
    assert.deepEqual(from('{}', '{kube-linter.io/ignore-all: why}').silenced, []);
    assert.deepEqual(from('{}', '{ignore-check.kube-linter.io/host-pid: why}').silenced, []);
  });

  it('means nothing for a check that is not there, or under another key', () => {
    assert.deepEqual(from('{ignore-check.kube-linter.io/no-such: x, kube-linter.io/ignore: x}').silenced, []);
  });
});

describe('a kube-score annotation', () => {
  it('names checks with commas, on the object', () => {
    assert.deepEqual(from('{kube-score/ignore: "container-image-tag, container-security-context-privileged"}'), {
      silenced: [
        '15 image-latest-tag: kube-score annotation container-image-tag, ',
        '17 privileged: kube-score annotation container-security-context-privileged, ',
      ],
      shown: ['11 host-pid', '12 host-network'],
    });
  });

  it('also counts on the pod template', () => {
    assert.deepEqual(from('{}', '{kube-score/ignore: container-image-tag}'), {
      silenced: ['15 image-latest-tag: kube-score annotation container-image-tag, '],
      shown: ['11 host-pid', '12 host-network', '17 privileged'],
    });
  });

  it('on one of two pod templates speaks of that one', () => {
    const task = (name: string, annotations: string) => `    - name: ${name}
      template:
        metadata: {annotations: ${annotations}}
        spec:
          containers: [{name: ${name}, image: "registry.k8s.io/pause:latest"}]
`;
    const job = `apiVersion: batch.volcano.sh/v1alpha1
kind: Job
metadata: {name: two}
spec:
  tasks:
${task('a', '{kube-score/ignore: container-image-tag}')}${task('b', '{}')}`;
    assert.deepEqual(told('kubernetes', job, rules), {
      silenced: ['10 image-latest-tag: kube-score annotation container-image-tag, '],
      shown: ['15 image-latest-tag'],
    });
  });

  it('has no word for all checks, and `kube-score/enable` ignores nothing', () => {
    for (const own of [
      '{kube-score/ignore: "*"}',
      '{kube-score/ignore: ""}',
      '{kube-score/enable: container-image-tag}',
    ])
      assert.deepEqual(from(own).silenced, [], own);
  });
});

describe('a Polaris annotation', () => {
  it('exempts one check in its object', () => {
    assert.deepEqual(from('{polaris.fairwinds.com/hostPIDSet-exempt: "true"}'), {
      silenced: ['11 host-pid: polaris annotation hostPIDSet, '],
      shown: ['12 host-network', '15 image-latest-tag', '17 privileged'],
    });
  });

  it('exempts the object from every check that it has', () => {
    const { silenced, shown } = from('{polaris.fairwinds.com/exempt: "true"}');
    assert.equal(silenced.length, 4);
    assert.deepEqual(shown, []);
  });

  it('counts with exactly the string "true" alone', () => {
    for (const value of ['true', '"True"', '"truthy"', '"yes"', '" true"', '"false"', '']) {
      assert.deepEqual(from(`{polaris.fairwinds.com/exempt: ${value}}`).silenced, [], value);
    }
  });

  it('is not looked for on the template', () => {
    assert.deepEqual(from('{}', '{polaris.fairwinds.com/exempt: "true"}').silenced, []);
  });
});
