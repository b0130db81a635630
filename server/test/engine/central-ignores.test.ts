import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type CentralIgnore, centralIgnoreOf } from '../../src/engine/central-ignores.js';
import type { FileKind } from '../../src/model/format.js';
import { lint } from '../support/lint.js';

const manifests = `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: node-agent, namespace: kube-system }
spec: { template: { spec: { hostPID: true, containers: [{ name: a, image: "nginx:1.27" }] } } }
---
apiVersion: v1
kind: Pod
metadata: { name: debug }
spec: { hostPID: true, containers: [{ name: a, image: "nginx:1.27" }] }
`;

/** The names of the resources in which an ignore with this resource silences the rule. */
function silenced(resource: string | undefined, kind: FileKind, text: string, rule: string): readonly string[] {
  const ignore: CentralIgnore = {
    rules: [rule],
    files: undefined,
    resource,
    reason: 'because',
    until: undefined,
    at: { file: 'config', span: { start: 0, end: 1 } },
  };
  const { file, findings } = lint(kind, text);
  const own = findings.filter((finding) => finding.rule === rule);
  assert.ok(own.length > 0);
  return own
    .filter((finding) => centralIgnoreOf(finding, file, [ignore]) === ignore)
    .map((finding) => file.addressOf(finding.at.span.start).resource?.name ?? '');
}

describe('an ignore of a config file', () => {
  const both = ['node-agent', 'debug'];
  const cases: readonly (readonly [resource: string | undefined, silent: readonly string[]])[] = [
    [undefined, both],
    ['*', both],
    ['debug', ['debug']],
    ['deb*', ['debug']],
    ['*-agent', ['node-agent']],
    ['n*e*t', ['node-agent']],
    ['agent', []],
    ['Pod/debug', ['debug']],
    ['pod/*', ['debug']],
    ['Deployment/debug', []],
    ['kube-system/DaemonSet/node-agent', ['node-agent']],
    ['kube-*/*/*', ['node-agent']],
    ['default/Pod/debug', []],
    ['kube-system/DaemonSet', []],
    ['', []],
  ];
  for (const [resource, silent] of cases) {
    it(`with the resource ${JSON.stringify(resource)} silences ${JSON.stringify(silent)}`, () => {
      assert.deepEqual(silenced(resource, 'kubernetes', manifests, 'host-pid'), silent);
    });
  }

  it('names services and build stages as it names objects', () => {
    const compose = 'services:\n  web: { image: a, privileged: true }\n  db: { image: b, privileged: true }\n';
    assert.deepEqual(silenced('service/web', 'compose', compose, 'privileged'), ['web']);
    assert.deepEqual(silenced('db', 'compose', compose, 'privileged'), ['db']);
    const dockerfile = 'FROM ghcr.io/a/b:latest\nFROM c:latest AS build\n';
    assert.deepEqual(silenced('ghcr.io/a/*', 'dockerfile', dockerfile, 'image-latest-tag'), ['ghcr.io/a/b:latest']);
    assert.deepEqual(silenced('stage/ghcr.io/*', 'dockerfile', dockerfile, 'image-latest-tag'), ['ghcr.io/a/b:latest']);
    assert.deepEqual(silenced('stage/build', 'dockerfile', dockerfile, 'image-latest-tag'), ['build']);
  });

  it('is matched in linear time, however many stars it has', () => {
    const ignore = `${'a*'.repeat(20_000)}b`;
    const compose = `services:\n  ${'a'.repeat(50_000)}: { image: a, privileged: true }\n`;
    assert.deepEqual(silenced(ignore, 'compose', compose, 'privileged'), []);
  });
});
