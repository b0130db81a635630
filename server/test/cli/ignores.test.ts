import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openWorkshop, type Workshop } from './workshop.js';

const dockerfile = `# hadolint ignore=DL3007 # the base of \u001B[31mall
FROM debian:latest
ENV A_PASSWORD=hunter2hunter2
# plimsoll: ignore[run-as-root] it drops its rights
USER root
`;
const pod = `apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    ignore-check.kube-linter.io/host-pid: ''
spec:
  hostPID: true
`;
const config = 'ignores:\n  - rule: secret-in-env\n    reason: a test\n';

describe('plimsoll lint, where something is ignored', () => {
  let shop: Workshop;

  beforeEach(() => {
    shop = openWorkshop();
    shop.write('.plimsoll.yaml', config);
    shop.write('Dockerfile', dockerfile);
    shop.write('pod.yaml', pod);
  });

  afterEach(() => shop.close());

  /** `file rule: by tool, reason`, in the order of the JSON report. */
  async function told(words: readonly string[]): Promise<readonly string[]> {
    const { stdout } = await shop.run(['lint', '--format', 'json', ...words]);
    interface Entry {
      readonly file: string;
      readonly rule: string;
      readonly suppressed: { readonly by: string; readonly tool?: string; readonly reason: string } | null;
    }
    const { findings }: { readonly findings: readonly Entry[] } = JSON.parse(stdout);
    return findings.map(({ file, rule, suppressed }) => {
      const { by, tool = '', reason } = suppressed ?? {};
      return `${file} ${rule}${suppressed === null ? '' : `: ${by} ${tool}, ${reason}`}`;
    });
  }

  it('says nothing of it', async () => {
    const { code, stdout } = await shop.run(['lint']);
    assert.equal(stdout, 'No problems in 3 files.\n');
    assert.equal(code, 0);
  });

  it('tells with --show-suppressed by whom and why, and counts none of it', async () => {
    const { code, stdout } = await shop.run(['lint', '--show-suppressed', '--fail-on', 'info']);
    const notes = stdout.split('\n').filter((line) => / = ignored|\(ignored\)/.test(line));
    assert.deepEqual(
      notes.map((line) => line.replace(/^.*\(ignored\) ([a-z-]+) .*/, '$1').trim()),
      [
        'image-latest-tag',
        '= ignored by a hadolint comment: the base of ␛[31mall',
        'secret-in-env',
        '= ignored by the config file: a test',
        'run-as-root',
        '= ignored by a Plimsoll comment: it drops its rights',
        'host-pid',
        '= ignored by a KubeLinter annotation: no reason given',
      ],
    );
    assert.ok(stdout.endsWith('\nNo problems in 3 files.\n'));
    assert.equal(code, 0);
  });

  it('has in JSON what silences each finding', async () => {
    assert.deepEqual(await told(['--show-suppressed']), [
      'Dockerfile image-latest-tag: comment hadolint, the base of \u001B[31mall',
      'Dockerfile secret-in-env: config , a test',
      'Dockerfile run-as-root: comment , it drops its rights',
      'pod.yaml host-pid: annotation kube-linter, ',
    ]);
  });

  it('has in SARIF whether it is ignored in the source or elsewhere', async () => {
    const { stdout } = await shop.run(['lint', '--format', 'sarif', '--show-suppressed']);
    const { results } = JSON.parse(stdout).runs[0];
    assert.deepEqual(
      results.map(({ ruleId, suppressions }: { ruleId: string; suppressions: object }) => [ruleId, suppressions]),
      [
        ['image-latest-tag', [{ kind: 'inSource', justification: 'the base of \u001B[31mall' }]],
        ['secret-in-env', [{ kind: 'external', justification: 'a test' }]],
        ['run-as-root', [{ kind: 'inSource', justification: 'it drops its rights' }]],
        ['host-pid', [{ kind: 'inSource', justification: '' }]],
      ],
    );
  });

  it('with --no-inline-ignores leaves it to the config file alone', async () => {
    assert.deepEqual(await told(['--no-inline-ignores']), [
      'Dockerfile image-latest-tag',
      'Dockerfile run-as-root',
      'pod.yaml host-pid',
    ]);
    const { code } = await shop.run(['lint', '--no-inline-ignores']);
    assert.equal(code, 1);
  });

  it('with --no-inline-ignores calls no comment unused or unknown', async () => {
    shop.write('Dockerfile', '# plimsoll: ignore[run-as-root, no-such-rule]\nFROM debian:12\n');
    const ofComments = async (words: readonly string[]) =>
      (await told(['Dockerfile', ...words])).filter((line) => line.includes('suppression'));
    assert.deepEqual(await ofComments(['--no-inline-ignores']), []);
    assert.deepEqual(await ofComments([]), ['Dockerfile unused-suppression', 'Dockerfile unknown-suppression-rule']);
  });

  it('counts a Trivy comment until its day', async () => {
    shop.write(
      'pod.yaml',
      pod
        .replace('hostPID: true', 'hostPID: true # trivy:ignore:KSV-0010:exp:2000-01-01')
        .replace(/ *ignore-check.*\n/, '    a: b\n'),
    );
    assert.deepEqual(await told(['pod.yaml']), ['pod.yaml host-pid']);
    shop.write(
      'pod.yaml',
      pod
        .replace('hostPID: true', 'hostPID: true # trivy:ignore:KSV-0010:exp:9999-01-01')
        .replace(/ *ignore-check.*\n/, '    a: b\n'),
    );
    assert.deepEqual(await told(['pod.yaml']), []);
  });

  it('records in a baseline with --no-inline-ignores what comments silence, too', async () => {
    const { code } = await shop.run(['baseline', '--no-inline-ignores']);
    assert.equal(code, 0);
    assert.deepEqual(await told(['--no-inline-ignores']), []);
    assert.equal((await told(['--no-inline-ignores', '--no-baseline'])).length, 3);
  });
});
