import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { set } from '../../../src/model/change.js';
import { changed, first, read } from './reading.js';

const annotated = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations: {seccomp.security.alpha.kubernetes.io/pod: localhost/never-read}
spec:
  template:
    metadata:
      annotations:
        seccomp.security.alpha.kubernetes.io/pod: unconfined
        container.seccomp.security.alpha.kubernetes.io/b: docker/default
    spec:
      containers:
      - name: a
      - name: b
      - name: c
        securityContext:
          seccompProfile:
            type: Localhost
            localhostProfile: x.json
`;

function profiles(text: string, kubernetesMinor: number): readonly string[] {
  const { workloads, containers, show } = read(text, { kubernetesMinor });
  return [first(workloads).defaultSeccompProfile, ...containers.map((container) => container.seccompProfile)].map(
    (profile) =>
      profile.kind === 'known'
        ? `${profile.value.type}${profile.value.obsolete ? ', obsolete' : ''}, else ${profile.value.confined}${show(profile).replace(/^.*?\}/, '')}`
        : show(profile),
  );
}

describe('the seccomp profile', () => {
  it('is the own one, else the one of the pod', () => {
    const text = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext: {seccompProfile: {type: Unconfined}}
  containers:
  - name: a
  - {name: b, securityContext: {seccompProfile: {type: RuntimeDefault}}}
  - {name: c, securityContext: {seccompProfile: {type: Strange}}}
  - {name: d, securityContext: {seccompProfile: null}}
`;
    assert.deepEqual(profiles(text, 31), [
      'unconfined, else RuntimeDefault at Unconfined (5)',
      'unconfined, else RuntimeDefault at Unconfined (5), pod-default a (7)',
      'runtime-default, else RuntimeDefault at RuntimeDefault (8)',
      'other, else RuntimeDefault at Strange (9)',
      'unconfined, else RuntimeDefault at Unconfined (5), pod-default d (10)',
    ]);
  });

  it('is read from the annotations of the pod template, where fields say nothing', () => {
    assert.deepEqual(profiles(annotated, 26), [
      'unconfined, else runtime/default at unconfined (10)',
      'unconfined, else runtime/default at unconfined (10), pod-default a (14)',
      'runtime-default, else runtime/default at docker/default (11)',
      'localhost, else RuntimeDefault at Localhost (19)',
    ]);
  });

  it('calls the annotations obsolete from 1.27 on', () => {
    assert.deepEqual(profiles(annotated, 27), [
      'unconfined, obsolete, else runtime/default at unconfined (10)',
      'unconfined, obsolete, else runtime/default at unconfined (10), pod-default a (14)',
      'runtime-default, obsolete, else runtime/default at docker/default (11)',
      'localhost, else RuntimeDefault at Localhost (19)',
    ]);
  });

  it('prefers an annotation for the container to the field of the pod, as long as it is read', () => {
    const text = `apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations: {container.seccomp.security.alpha.kubernetes.io/a: unconfined}
spec:
  securityContext: {seccompProfile: {type: RuntimeDefault}}
  containers: [{name: a}]
`;
    assert.equal(profiles(text, 26)[1], 'unconfined, else runtime/default at unconfined (5)');
    assert.equal(
      profiles(text, 27)[1],
      'runtime-default, else RuntimeDefault at RuntimeDefault (7), pod-default a (8)',
    );
  });

  it('can be set where it is missing', () => {
    const reading = read('apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - name: a\n');
    const profile = first(reading.containers).seccompProfile;
    assert.equal(reading.show(profile), 'absent at a (6)');
    assert.equal(
      changed(reading, set(profile.slot, 'RuntimeDefault')),
      `${reading.file.text}    securityContext:\n      seccompProfile:\n        type: RuntimeDefault\n`,
    );
  });

  it('is mended in the annotation that it is written in', () => {
    const reading = read(annotated, { kubernetesMinor: 26 });
    const profile = first(reading.containers).seccompProfile;
    assert.equal(
      changed(reading, set(profile.slot, 'runtime/default')),
      annotated.replace('pod: unconfined', 'pod: runtime/default'),
    );
  });
});
