import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { read } from './reading.js';

/** `of key: value`, and the first and last line of what it belongs to, from 1. */
function told(text: string): readonly string[] {
  const line = (offset: number) => text.slice(0, offset).split('\n').length;
  return read(text)
    .file.annotations()
    .map(({ of, key, value, scope }) => `${of} ${key}: ${value} (${line(scope.start)}-${line(scope.end)})`);
}

describe('annotations', () => {
  it('are those of each object and of the pod templates in it, with what they belong to', () => {
    const text = `apiVersion: apps/v1
kind: Deployment
metadata:
  annotations: {a: one}
spec:
  template:
    metadata:
      annotations:
        b: two
    spec:
      containers: []
---
apiVersion: v1
kind: ConfigMap
metadata: {annotations: {c: three}}
`;
    assert.deepEqual(told(text), ['object a: one (1-11)', 'pod-template b: two (7-11)', 'object c: three (13-15)']);
  });

  it('of a pod are told once', () => {
    assert.deepEqual(told('apiVersion: v1\nkind: Pod\nmetadata: {annotations: {a: one}}\nspec: {}\n'), [
      'object a: one (1-4)',
    ]);
  });

  it('are found in the items of a list, through aliases and merge keys', () => {
    const text = `apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata: {annotations: &all {a: one, b: two}}
  - apiVersion: v1
    kind: Service
    metadata: {annotations: {<<: *all, b: three}}
`;
    assert.deepEqual(told(text), [
      'object a: one (4-6)',
      'object b: two (4-6)',
      'object b: three (7-9)',
      'object a: one (7-9)',
    ]);
  });

  it('have no value where it is no string, stands there twice, or is written by a template', () => {
    const annotations = '{a: true, b: 1, c: null, d: , e: "true", f: "{{ .Values.x }}", g: x, g: y, h: [i]}';
    assert.deepEqual(
      told(`apiVersion: v1\nkind: Service\nmetadata: {annotations: ${annotations}}\n`).map((one) => one.split(' ')[2]),
      ['', '', '', '', 'true', '', '', ''],
    );
  });

  it('are none where metadata or annotations are something else, or the document is no object', () => {
    for (const text of [
      'apiVersion: v1\nkind: Service\nmetadata: {annotations: [a]}\n',
      'apiVersion: v1\nkind: Service\nmetadata: x\n',
      'apiVersion: v1\nkind: Service\n',
      'metadata: {annotations: {a: one}}\n',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: {annotations: {a: one}}\n',
      '',
    ]) {
      assert.deepEqual(told(text), [], text);
    }
  });
});
