// From which version of Kubernetes on a finding says that Pod Security admission refuses the pod.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lint } from '../support/lint.js';

/** A pod with one container, with lines below its `spec` and below its `securityContext`. */
function pod(spec: string, security = ''): string {
  return `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  ${spec}
  containers:
    - name: web
      image: nginx:1.27
      ports: [{containerPort: 80, hostPort: 80}]
      securityContext: {${security}}
`;
}

/** The levels that the findings of a rule carry, each once. */
function levels(rule: string, text: string, kubernetesMinor: number, options = {}): readonly string[] {
  const { findings } = lint('kubernetes', text, { only: rule, kubernetesMinor, options });
  assert.notEqual(findings.length, 0, `${rule} finds nothing for 1.${kubernetesMinor}`);
  return [...new Set(findings.flatMap(({ standards }) => standards.filter((id) => id.startsWith('pss/'))))];
}

function isSilent(rule: string, text: string, kubernetesMinor: number): boolean {
  return lint('kubernetes', text, { only: rule, kubernetesMinor }).findings.length === 0;
}

const plain = pod('hostNetwork: false');

describe('The level of Pod Security of a finding', () => {
  it('is there from the version on in which the check is made', () => {
    const since: readonly (readonly [rule: string, text: string, minor: number])[] = [
      ['missing-no-new-privileges', plain, 8],
      ['missing-seccomp-profile', plain, 19],
      ['missing-cap-drop-all', plain, 22],
      ['missing-cap-drop-all', pod('hostNetwork: false', 'capabilities: {drop: [all]}'), 22],
      ['added-capability', pod('hostNetwork: false', 'capabilities: {add: [CHOWN]}'), 22],
    ];
    for (const [rule, text, minor] of since) {
      assert.deepEqual(levels(rule, text, minor - 1), [], rule);
      assert.deepEqual(levels(rule, text, minor), ['pss/restricted'], rule);
    }
  });

  it('is there in every version where the check always was', () => {
    for (const minor of [0, 37]) {
      assert.deepEqual(levels('host-port', plain, minor), ['pss/baseline']);
      assert.deepEqual(levels('missing-non-root-user', plain, minor), ['pss/restricted']);
      const nfs = pod('volumes: [{name: a, nfs: {server: a, path: /}}]');
      assert.deepEqual(levels('restricted-volume-type', nfs, minor), ['pss/restricted']);
      const locked = pod('hostNetwork: false', 'capabilities: {add: [IPC_LOCK]}');
      assert.deepEqual(levels('non-default-added-capability', locked, minor), ['pss/baseline']);
    }
  });

  it('is that of the check also where a pod of Windows is taken for one of Linux', () => {
    const selected = pod('nodeSelector: {kubernetes.io/os: windows}', 'capabilities: {add: [CHOWN]}');
    const said = pod('os: {name: windows}', 'capabilities: {add: [CHOWN]}');
    for (const rule of ['missing-no-new-privileges', 'missing-seccomp-profile', 'added-capability']) {
      assert.deepEqual(levels(rule, selected, 37), ['pss/restricted'], rule);
      assert.deepEqual(levels(rule, said, 24), ['pss/restricted'], rule);
      assert.ok(isSilent(rule, said, 25), rule);
    }
  });

  it('ends for pods with a user namespace of their own', () => {
    const own = pod('hostUsers: false');
    assert.deepEqual(levels('missing-non-root-user', own, 34), ['pss/restricted']);
    assert.ok(isSilent('missing-non-root-user', own, 35));
  });

  it('is not there for a capability that settings alone call dangerous', () => {
    const text = (name: string) => pod('hostNetwork: false', `capabilities: {add: [${name}]}`);
    const options = { also: ['CHOWN', 'IPC_LOCK'] };
    assert.deepEqual(levels('dangerous-added-capability', text('CHOWN'), 37, options), []);
    assert.deepEqual(levels('dangerous-added-capability', text('chown'), 37, options), ['pss/baseline']);
    assert.deepEqual(levels('dangerous-added-capability', text('IPC_LOCK'), 37, options), ['pss/baseline']);
  });

  it('is chosen among the standards that speak of the format', () => {
    const { findings } = lint('compose', 'services:\n  web:\n    image: nginx:1.27\n', {
      only: 'missing-cap-drop-all',
    });
    assert.deepEqual(
      findings.map(({ standards }) => standards),
      [['cis-docker-1.6/5.4', 'nist-800-190/4.4.3']],
    );
    const kubernetes = lint('kubernetes', plain, { only: 'missing-no-new-privileges' }).findings;
    assert.ok(kubernetes.every(({ standards }) => standards.every((id) => !id.startsWith('cis-docker'))));
  });
});
