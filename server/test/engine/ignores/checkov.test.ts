import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { told } from './told.js';

describe('a Checkov comment in a Dockerfile', () => {
  const from = (text: string) => told('dockerfile', text, ['image-latest-tag', 'run-as-root']);

  it('speaks of the whole file, wherever it stands', () => {
    for (const at of [0, 1, 2, 3]) {
      const lines = ['FROM debian:latest', 'RUN make \\', '    install'];
      lines.splice(at, 0, '#checkov:skip=CKV_DOCKER_7: pinned elsewhere');
      const { silenced, shown } = from(`${[...lines, 'USER root'].join('\n')}\n`);
      assert.deepEqual(silenced, [
        `${at === 0 ? 2 : 1} image-latest-tag: checkov comment CKV_DOCKER_7, pinned elsewhere`,
      ]);
      assert.deepEqual(shown, ['5 run-as-root']);
    }
  });

  it('has former names, a list of ids, and may follow other words', () => {
    for (const comment of [
      'checkov:skip=CKV_DOCKER_7,CKV_DOCKER_8:both',
      'bridgecrew:skip= CKV_DOCKER_8,CKV_DOCKER_7',
      'cortex:skip=CKV_DOCKER_7,CKV_DOCKER_8',
      'a word checkov:skip=CKV_DOCKER_7,CKV_DOCKER_8',
    ]) {
      assert.deepEqual(from(`FROM debian:latest\nUSER root\n# ${comment}\n`).shown, [], comment);
    }
  });

  it('means nothing without an id, with an unknown one, or in a heredoc', () => {
    for (const comment of [
      '# checkov:skip=',
      '# checkov:skip=:why',
      '# checkov:skip=ckv_docker_7',
      '# checkov skip=CKV_DOCKER_7',
    ]) {
      assert.deepEqual(from(`FROM debian:latest\n${comment}\n`).shown, ['1 image-latest-tag'], comment);
    }
    const heredoc = 'FROM debian:latest\nRUN <<EOF\n# checkov:skip=CKV_DOCKER_7\nEOF\n';
    assert.deepEqual(from(heredoc).shown, ['1 image-latest-tag']);
  });
});

const pod = (name: string, annotations: string, indent = '') =>
  `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
${annotations}spec:
  hostPID: true
  hostIPC: true
`
    .split('\n')
    .map((line) => (line === '' ? line : indent + line))
    .join('\n');

describe('a Checkov annotation', () => {
  const from = (text: string) => told('kubernetes', text, ['host-pid', 'host-ipc']);
  const skip = '  annotations:\n    checkov.io/skip1: CKV_K8S_17=it = debugs\n';

  it('speaks of its object, with the reason behind the first equals sign, and of no other object', () => {
    assert.deepEqual(from(`${pod('a', skip)}---\n${pod('b', '')}`), {
      silenced: ['8 host-pid: checkov annotation CKV_K8S_17, it = debugs'],
      shown: ['9 host-ipc', '16 host-pid', '17 host-ipc'],
    });
  });

  it('speaks of one item of a list', () => {
    const item = (text: string) => `  -${text.slice(3)}`;
    const text = `apiVersion: v1\nkind: List\nitems:\n${item(pod('a', skip, '    '))}${item(pod('b', '', '    '))}`;
    assert.deepEqual(from(text), {
      silenced: ['11 host-pid: checkov annotation CKV_K8S_17, it = debugs'],
      shown: ['12 host-ipc', '18 host-pid', '19 host-ipc'],
    });
  });

  it('has former names, any end of its key, and needs no reason', () => {
    for (const key of ['checkov.io/skip', 'checkov.io/skip23', 'bridgecrew.io/skip1', 'cortex.io/skip-pid']) {
      const { silenced } = from(pod('a', `  annotations:\n    ${key}: CKV_K8S_17\n`));
      assert.deepEqual(silenced, ['8 host-pid: checkov annotation CKV_K8S_17, '], key);
    }
  });

  it('is found in flow style and through an anchor', () => {
    const flow = from(pod('a', '  annotations: {"checkov.io/skip1": "CKV_K8S_17=why"}\n'));
    assert.deepEqual(flow.silenced, ['7 host-pid: checkov annotation CKV_K8S_17, why']);
    const anchor = `${pod('a', '  labels: &all\n    checkov.io/skip1: CKV_K8S_17\n  annotations: *all\n')}`;
    assert.deepEqual(from(anchor).silenced, ['9 host-pid: checkov annotation CKV_K8S_17, ']);
  });

  it('is not looked for in a pod template, in labels, or in comments', () => {
    const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: a
  labels:
    checkov.io/skip1: CKV_K8S_17
spec:
  template:
    metadata:
      annotations:
        checkov.io/skip1: CKV_K8S_17
    spec:
      # checkov:skip=CKV_K8S_17
      hostPID: true
`;
    assert.deepEqual(from(deployment), { silenced: [], shown: ['14 host-pid'] });
  });
});
