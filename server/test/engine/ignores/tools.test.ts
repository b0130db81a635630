import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { foreignIgnores } from '../../../src/engine/ignores/tools.js';
import type { ReadFile } from '../../../src/engine/language.js';
import type { FileKind } from '../../../src/model/format.js';
import { allRules } from '../../../src/rules/all.js';
import { lint } from '../../support/lint.js';
import { told } from './told.js';

const pod = (annotation: string) => `apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations: {${annotation}}
spec:
  hostPID: true # nosemgrep
  hostIPC: true
`;

describe('the ignores of other tools', () => {
  it('count for nothing where inline ignores are switched off', () => {
    const cases: readonly (readonly [FileKind, string, string])[] = [
      ['dockerfile', 'image-latest-tag', '# hadolint ignore=DL3007\nFROM debian:latest\n'],
      ['dockerfile', 'image-latest-tag', '# plimsoll: ignore[image-latest-tag]\nFROM debian:latest\n'],
      ['compose', 'privileged', '# kics-scan ignore\nservices:\n  a: {image: "a:1", privileged: true}\n'],
      ['kubernetes', 'host-ipc', pod('checkov.io/skip1: CKV_K8S_18')],
    ];
    for (const [kind, rule, text] of cases) {
      assert.equal(told(kind, text, [rule]).shown.length, 0, text);
      const off = told(kind, text, [rule], { inlineIgnores: false });
      assert.deepEqual([off.shown.length, off.silenced.length], [1, 0], text);
    }
  });

  it('are never called unused or unknown', () => {
    const cases: readonly (readonly [FileKind, string])[] = [
      ['dockerfile', '# hadolint ignore=DL3007,DL9999,SC2086\n# check=skip=NoSuchCheck\nFROM debian:12\n'],
      ['compose', '# dclint disable-file\nservices:\n  a: {image: "a:1"} # nosemgrep: no-such-rule\n'],
      ['kubernetes', pod('checkov.io/skip1: CKV_K8S_9999, kube-linter.io/ignore-all: x')],
    ];
    for (const [kind, text] of cases) {
      const about = told(kind, text, ['unused-suppression', 'unknown-suppression-rule']);
      assert.deepEqual(about, { shown: [], silenced: [] }, text);
    }
  });

  it('stand back where a comment of our own silences the same, which is not unused then', () => {
    const text = '# plimsoll: ignore[image-latest-tag] ours\n# hadolint ignore=DL3007 # theirs\nFROM debian:latest\n';
    assert.deepEqual(told('dockerfile', text, ['image-latest-tag', 'unused-suppression']), {
      silenced: ['3 image-latest-tag: plimsoll comment *, ours'],
      shown: [],
    });
  });

  it('in an annotation also silence what the object takes from an anchor elsewhere', () => {
    const text = `apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Pod
    metadata: {name: a}
    spec: &spec
      hostPID: true
  - apiVersion: v1
    kind: Pod
    metadata: {name: b, annotations: {checkov.io/skip1: CKV_K8S_17}}
    spec: *spec
`;
    // Once for the pod that wrote it, once for the one that only takes it.
    assert.deepEqual(told('kubernetes', text, ['host-pid']), {
      silenced: ['8 host-pid: checkov annotation CKV_K8S_17, '],
      shown: ['8 host-pid'],
    });
  });

  it('are read where a part of the file is broken', () => {
    const text = `${pod('checkov.io/skip1: CKV_K8S_18')}---\na: [\n`;
    assert.equal(told('kubernetes', text, ['host-ipc']).silenced.length, 1);
    const dockerfile = 'FROM\n# hadolint ignore=DL3007\nFROM debian:latest\nRUN <<EOF\n';
    assert.equal(told('dockerfile', dockerfile, ['image-latest-tag']).silenced.length, 1);
  });

  it('in a template leave alone what is written in actions', () => {
    const text = pod('checkov.io/skip1: "{{ .Values.skip }}", kube-linter.io/ignore-all: "{{ .Values.why }}"');
    assert.deepEqual(told('kubernetes', text, ['host-ipc']).silenced, ['8 host-ipc: kube-linter annotation *, ']);
  });
});

describe('a file that names no other tool', () => {
  it('is not looked into', () => {
    for (const [kind, text] of [
      ['dockerfile', '# check this=that, ignore it\nFROM debian:latest\n'],
      ['kubernetes', pod('example.com/skip: "yes"').replace('# nosemgrep', '# a comment')],
    ] as const) {
      const { file } = lint(kind, text);
      const untouched: ReadFile = {
        ...file,
        comments: () => assert.fail('comments'),
        annotations: () => assert.fail('annotations'),
        blockAt: () => assert.fail('blocks'),
      };
      assert.deepEqual(foreignIgnores(untouched, allRules, { today: undefined }), []);
    }
  });
});

describe('hostile files', () => {
  const many = 4000;
  const lines = (line: (n: number) => string, length = many) => Array.from({ length }, (_, n) => line(n)).join('\n');
  const words = (word: string) => `${word} `.repeat(many * 25);
  const stacks = [
    '# hadolint ignore=DL3007',
    '# hadolint stage ignore=DL3007',
    '# check=skip=all',
    '#checkov:skip=CKV_DOCKER_7:x',
    '# trivy:ignore:DS-0001 trivy:ignore:*',
    '# kics-scan ignore-line',
    '# kics-scan ignore-block',
    '# nosemgrep',
    '# dclint disable-line',
  ];
  const long = [
    `# hadolint ignore=${'DL3007,'.repeat(many * 25)}`,
    `# hadolint ${' '.repeat(many * 25)}`,
    `# check=skip=${'A,'.repeat(many * 25)}`,
    `# check=${';'.repeat(many * 25)}`,
    `# checkov:skip=${'CKV_DOCKER_7,'.repeat(many * 25)}`,
    `# ${'checkov:skip= '.repeat(many * 25)}`,
    `# ${words('trivy:ignore:DS-0001:exp:2026-12-31')}`,
    `# trivy:ignore:${'0'.repeat(many * 25)}x`,
    `# kics-scan disable=${'a88baa34-e2ad-44ea-ad6f-8cac87bc7c71,'.repeat(many * 5)}`,
    `# ${words('nosemgrep')}`,
    `# nosemgrep: ${words('a.b.privileged-service')}`,
    `#${'# '.repeat(many * 25)}nosemgrep`,
    `# dclint disable-line ${words('no-unbound-port-interfaces')}`,
    `# dclint disable ${' '.repeat(many * 25)}`,
  ];

  function timed(kind: FileKind, text: string): void {
    const start = process.cpuUsage();
    const { failures } = lint(kind, text);
    const { user, system } = process.cpuUsage(start);
    assert.deepEqual(failures, []);
    assert.ok(user + system < 5_000_000, `${user + system} µs for ${text.slice(0, 60)}`);
  }

  it('with thousands of stacked comments are read in near-linear time', () => {
    for (const comment of stacks) {
      timed('dockerfile', `FROM debian:12\n${lines(() => comment)}\nFROM debian:latest\nUSER root\n`);
      timed('dockerfile', `FROM debian:latest\n${lines(() => comment, many * 5)}`);
      timed('compose', `services:\n  a:\n${lines(() => `    ${comment}`)}\n    privileged: true\n`);
      timed('kubernetes', `${lines(() => comment)}\n${pod('')}`);
    }
  });

  it('with a comment for each of thousands of findings are read in near-linear time', () => {
    for (const comment of stacks) {
      timed(
        'dockerfile',
        lines((n) => `${comment}\nFROM debian:latest AS s${n}`, 1500),
      );
      timed('compose', `services:\n${lines((n) => `  ${comment}\n  a${n}: {privileged: true} ${comment}`, 1500)}\n`);
    }
  });

  it('with very long comments are read in near-linear time', () => {
    for (const comment of long) {
      timed('dockerfile', `${comment}\nFROM debian:latest\n${comment}\nUSER root\n`);
      timed('compose', `${comment}\nservices:\n  a:\n    ${comment}\n    privileged: true ${comment}\n`);
    }
  });

  it('with thousands of annotations are read in near-linear time', () => {
    const annotations = lines((n) => `    checkov.io/skip${n}: CKV_K8S_18=${n}`);
    timed('kubernetes', pod('').replace('annotations: {}', `annotations:\n${annotations}`));
    timed('kubernetes', pod(`kube-score/ignore: "${'container-image-tag,'.repeat(many * 25)}"`));
    timed('kubernetes', Array.from({ length: 1000 }, () => pod('polaris.fairwinds.com/exempt: "true"')).join('---\n'));
  });
});
