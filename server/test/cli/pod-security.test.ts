// Namespaces that ask for a level of the Pod Security Standards, as the command line sees them.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openWorkshop, type Workshop } from './workshop.js';

const pod = (namespace: string | undefined, more = '') => `apiVersion: v1
kind: Pod
metadata:
  name: web
${namespace === undefined ? '' : `  namespace: ${namespace}\n`}spec:
  ${more}
  containers:
    - name: web
      image: nginx:1.27
`;
const namespace = (name: string, ...labels: readonly string[]) => `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  labels:
${labels.map((label) => `    pod-security.kubernetes.io/${label}\n`).join('')}`;

interface Found {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly file: string;
  readonly range: { readonly start: { readonly line: number; readonly column: number } };
  readonly related: readonly { readonly file: string; readonly range: Found['range']; readonly message: string }[];
}

describe('a namespace that asks for a level of Pod Security', () => {
  let workshop: Workshop;
  beforeEach(() => {
    workshop = openWorkshop();
  });
  afterEach(() => workshop.close());

  async function findings(...words: string[]): Promise<readonly Found[]> {
    const { stdout, stderr } = await workshop.run(['lint', '--format', 'json', ...words]);
    assert.equal(stderr, '');
    return (JSON.parse(stdout) as { findings: readonly Found[] }).findings;
  }
  const lines = (found: readonly Found[], rule: string) =>
    found.filter((one) => one.rule === rule).map(({ file, severity, message }) => `${file} ${severity} ${message}`);

  it('turns what it refuses into errors that say so, also in other files, and points at the label', async () => {
    workshop.write('a.yaml', pod('shop'));
    workshop.write('namespaces/shop.yaml', namespace('shop', 'enforce: restricted'));
    const found = await findings('.');
    assert.deepEqual(lines(found, 'missing-cap-drop-all'), [
      "a.yaml error Container 'web' keeps default capabilities: namespace 'shop' refuses it.",
    ]);
    const [finding] = found.filter(({ rule }) => rule === 'missing-cap-drop-all');
    assert.deepEqual(
      finding?.related.map(
        ({ file, range, message }) => `${file}:${range.start.line}:${range.start.column} ${message}`,
      ),
      ["namespaces/shop.yaml:6:41 This asks for the level 'restricted'."],
    );
  });

  it('says nothing more of pods elsewhere, nor of pods that do not say where they are', async () => {
    workshop.write('a.yaml', [pod('other'), pod(undefined), pod('shop')].join('---\n'));
    workshop.write('shop.yaml', namespace('shop', 'enforce: restricted'));
    assert.deepEqual(
      (await findings('.')).filter(({ rule }) => rule === 'missing-cap-drop-all').map(({ severity }) => severity),
      ['info', 'info', 'error'],
    );
  });

  it('asks no more than its level', async () => {
    workshop.write('a.yaml', `${namespace('shop', 'enforce: baseline')}---\n${pod('shop', 'hostPID: true')}`);
    const found = await findings('.');
    assert.deepEqual(lines(found, 'missing-cap-drop-all'), [
      "a.yaml info Container 'web' keeps default capabilities: attackers can use them.",
    ]);
    assert.deepEqual(lines(found, 'host-pid'), [
      "a.yaml error Pod 'web' sees all processes of the host: namespace 'shop' refuses it.",
    ]);
  });

  it('warns and records where it only asks for that', async () => {
    workshop.write('a.yaml', [namespace('w', 'warn: restricted'), pod('w')].join('---\n'));
    workshop.write('b.yaml', [namespace('r', 'audit: restricted', 'enforce: baseline'), pod('r')].join('---\n'));
    const found = await findings('.');
    assert.deepEqual(lines(found, 'missing-cap-drop-all'), [
      "a.yaml warning Container 'web' keeps default capabilities: namespace 'w' warns of it.",
      "b.yaml info Container 'web' keeps default capabilities: namespace 'r' records it.",
    ]);
  });

  it('runs rules that the profile leaves out, but none that is switched off', async () => {
    workshop.write('a.yaml', [namespace('shop', 'enforce: restricted'), pod('shop')].join('---\n'));
    assert.ok((await findings('.')).some(({ rule }) => rule === 'missing-no-new-privileges'));
    workshop.write('.plimsoll.yaml', 'rules: { missing-no-new-privileges: off, missing-cap-drop-all: hint }\n');
    const found = await findings('.');
    assert.deepEqual(lines(found, 'missing-no-new-privileges'), []);
    assert.deepEqual(lines(found, 'missing-cap-drop-all'), [
      "a.yaml hint Container 'web' keeps default capabilities: namespace 'shop' refuses it.",
    ]);
  });

  it('is judged by the version that it names', async () => {
    const probe = `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  securityContext: { sysctls: [{ name: net.ipv4.tcp_rmem, value: "1" }] }
  containers: [{ name: web, image: "nginx:1.27" }]
`;
    const at = async (version: string) => {
      workshop.write(
        'a.yaml',
        [namespace('shop', 'enforce: baseline', `enforce-version: ${version}`), probe].join('---\n'),
      );
      return lines(await findings('.'), 'unsafe-sysctl').map((line) => line.replace(/.*: /, ''));
    };
    assert.deepEqual(await at('v1.31'), ["namespace 'shop' refuses it."]);
    assert.deepEqual(await at('v1.32'), []);
    assert.deepEqual(await at('latest'), []);
  });

  it('counts for no other cluster: where files disagree, none of them is asked', async () => {
    workshop.write('a.yaml', pod('shop'));
    workshop.write('dev/shop.yaml', namespace('shop', 'enforce: privileged'));
    workshop.write('prod/shop.yaml', namespace('shop', 'enforce: restricted'));
    assert.deepEqual(
      (await findings('.')).map(({ severity }) => severity),
      ['info'],
    );
  });

  it('keeps a message short, whatever its name is', async () => {
    const long = 'a'.repeat(63);
    workshop.write('a.yaml', [namespace(long, 'enforce: restricted'), pod(long)].join('---\n'));
    for (const { message } of await findings('.')) assert.ok(message.length <= 100, message);
  });

  it('is silenced like any other finding', async () => {
    workshop.write(
      'a.yaml',
      [
        namespace('shop', 'enforce: restricted'),
        pod('shop').replace('- name: web', '- name: web # plimsoll: ignore[missing-cap-drop-all] an old image'),
      ].join('---\n'),
    );
    assert.deepEqual(lines(await findings('.'), 'missing-cap-drop-all'), []);
    assert.deepEqual(lines(await findings('.'), 'unused-suppression'), []);
  });
});
