import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { told } from './told.js';

const rules = ['image-latest-tag', 'run-as-root', 'secret-in-env', 'privileged', 'host-pid'];
const dockerfile = (text: string, today?: string) => told('dockerfile', text, rules, { today });
const kubernetes = (text: string) => told('kubernetes', text, rules);

describe('a Trivy comment in a Dockerfile', () => {
  it('speaks of the instruction below it, all its lines, and of no other', () => {
    const text = `FROM debian:12
# trivy:ignore:DS-0031 only a default
ENV A_PASSWORD=hunter2hunter2 \\
    B_PASSWORD=hunter2hunter2
ENV C_PASSWORD=hunter2hunter2
`;
    assert.deepEqual(dockerfile(text), {
      silenced: [
        '3 secret-in-env: trivy comment DS-0031, only a default',
        '4 secret-in-env: trivy comment DS-0031, only a default',
      ],
      shown: ['5 secret-in-env'],
    });
  });

  it('chains with comment lines that are stacked below it, and not across a blank line', () => {
    const stack = '# trivy:ignore:DS-0001\n# hadolint ignore=DL3026\n#trivy:ignore:DS-0002\nFROM debian:latest\n';
    assert.deepEqual(dockerfile(stack), { silenced: ['4 image-latest-tag: trivy comment DS-0001, '], shown: [] });
    assert.deepEqual(dockerfile('# trivy:ignore:DS-0001\n\nFROM debian:latest\n').shown, ['3 image-latest-tag']);
    assert.deepEqual(dockerfile('FROM debian:latest\n# trivy:ignore:DS-0001\n').shown, ['1 image-latest-tag']);
  });

  it('about the user of the image may stand above FROM or USER, and speaks of that stage', () => {
    const text = (aboveFrom: string, aboveUser: string) => `FROM debian:12 AS build
USER root
${aboveFrom}FROM debian:12
RUN make
${aboveUser}USER root
`;
    const comment = '# trivy:ignore:DS-0002\n';
    for (const both of [text(comment, ''), text('', comment)]) {
      assert.deepEqual(dockerfile(both), { silenced: ['6 run-as-root: trivy comment DS-0002, '], shown: [] });
    }
    // Above the first FROM it speaks of a stage that is not the final one.
    assert.deepEqual(dockerfile(`${comment}${text('', '')}`).shown, ['6 run-as-root']);
  });

  it('above FROM speaks of the other checks in that instruction alone', () => {
    const text = '# trivy:ignore:DS-0001 trivy:ignore:DS-0031\nFROM debian:latest\nENV A_PASSWORD=hunter2hunter2\n';
    assert.deepEqual(dockerfile(text), {
      silenced: ['2 image-latest-tag: trivy comment DS-0001, '],
      shown: ['3 secret-in-env'],
    });
  });

  it('knows all spellings of a check, in any case', () => {
    for (const id of [
      'DS-0002',
      'ds-0002',
      'DS002',
      'DS0002',
      'ds-2',
      'AVD-DS-0002',
      'avd-ds-0002',
      'least-privilege-user',
      'Docker-Least-Privilege-User',
      'docker-least_privilege_user',
      '*',
    ]) {
      const { silenced } = dockerfile(`FROM debian:12\n# trivy:ignore:${id}\nUSER root\n`);
      assert.deepEqual(silenced, [`3 run-as-root: trivy comment ${id === '*' ? '*' : id}, `], id);
    }
    for (const id of [
      'DS-0020',
      'DS-02',
      'KSV-0002',
      'use-specific-tags',
      'least-privilege',
      '',
      '**',
      'DS-0002[a=b]',
    ]) {
      const isDs2 = id === 'DS-02';
      const { shown } = dockerfile(`FROM debian:12\n# trivy:ignore:${id}\nUSER root\n`);
      assert.deepEqual(shown, isDs2 ? [] : ['3 run-as-root'], id);
    }
  });

  it('has the prefix `tfsec` too, and several ids in one comment', () => {
    const text =
      '#tfsec:ignore:DS-0001 trivy:ignore:DS-0002 known # trivy:ignore:DS-0031\nFROM debian:latest\nUSER root\n';
    assert.deepEqual(dockerfile(text), {
      silenced: ['2 image-latest-tag: trivy comment DS-0001, known', '3 run-as-root: trivy comment DS-0002, known'],
      shown: [],
    });
  });

  it('counts until the day that it gives, and not on it', () => {
    const text = (expiry: string) => `FROM debian:12\n# trivy:ignore:DS-0002${expiry}\nUSER root\n`;
    const isSilent = (expiry: string, today?: string) => dockerfile(text(expiry), today).shown.length === 0;
    assert.equal(isSilent(':exp:2026-12-31', '2026-12-30'), true);
    assert.equal(isSilent(':exp:2026-12-31', '2026-12-31'), false);
    assert.equal(isSilent(':exp:2026-12-31', '2027-01-01'), false);
    assert.equal(isSilent(':exp:2026-12-31', undefined), true);
    // What is no day, and a condition that cannot be judged here, is no ignore.
    for (const condition of [':exp:2026-13-01', ':exp:soon', ':exp:', ':ws:test', ':exp:2026-12-31:ws:test']) {
      assert.equal(isSilent(condition, '2020-01-01'), false, condition);
    }
  });

  it('at the end of a line of RUN is a comment of its shell, and speaks of the instruction that begins there', () => {
    const text =
      'FROM debian:12\nRUN --mount=from=debian:latest true # trivy:ignore:DS-0001 a tool\nRUN --mount=from=debian:latest true\n';
    assert.deepEqual(dockerfile(text), {
      silenced: ['2 image-latest-tag: trivy comment DS-0001, a tool'],
      shown: ['3 image-latest-tag'],
    });
  });
});

const pod = (lines: readonly string[]) => `${lines.join('\n')}\n`;
const plain = [
  'apiVersion: v1',
  'kind: Pod',
  'metadata: {name: web}',
  'spec:',
  '  hostPID: true',
  '  containers:',
  '    - name: a',
  '      image: registry.k8s.io/pause:latest',
  '      securityContext:',
  '        privileged: true',
  '    - name: b',
  '      image: registry.k8s.io/pause:latest',
];

/** The lines with something behind one of them, or above it. */
function behind(line: number, comment: string): string {
  return pod(plain.map((text, index) => (index + 1 === line ? `${text} ${comment}` : text)));
}

function above(line: number, comment: string): string {
  const indentation = /^ */.exec(plain[line - 1] ?? '')?.[0] ?? '';
  return pod([...plain.slice(0, line - 1), indentation + comment, ...plain.slice(line - 1)]);
}

describe('a Trivy comment in a manifest', () => {
  it('at the end of a line speaks of that line and of all that begins there', () => {
    assert.deepEqual(kubernetes(behind(10, '# trivy:ignore:KSV-0017')), {
      silenced: ['10 privileged: trivy comment KSV-0017, '],
      shown: ['5 host-pid', '8 image-latest-tag', '12 image-latest-tag'],
    });
    assert.deepEqual(kubernetes(behind(7, '# trivy:ignore:KSV-0017 trivy:ignore:KSV013 a test')), {
      silenced: ['8 image-latest-tag: trivy comment KSV013, a test', '10 privileged: trivy comment KSV-0017, a test'],
      shown: ['5 host-pid', '12 image-latest-tag'],
    });
    assert.deepEqual(kubernetes(behind(4, '# trivy:ignore:*')).shown, []);
  });

  it('above a line speaks of all that begins there', () => {
    assert.deepEqual(kubernetes(above(11, '# trivy:ignore:AVD-KSV-0013')), {
      silenced: ['13 image-latest-tag: trivy comment AVD-KSV-0013, '],
      shown: ['5 host-pid', '8 image-latest-tag', '10 privileged'],
    });
    assert.deepEqual(kubernetes(above(5, '# trivy:ignore:no-host-pid')).silenced, [
      '6 host-pid: trivy comment no-host-pid, ',
    ]);
  });

  it('above the first line of an object speaks of that object', () => {
    const two = `${above(1, '# trivy:ignore:KSV-0010')}---\n${pod(plain)}`;
    const { silenced, shown } = kubernetes(two);
    assert.deepEqual(silenced, ['6 host-pid: trivy comment KSV-0010, ']);
    assert.ok(shown.includes('19 host-pid'));
  });

  it('speaks of nothing from a line that nothing begins on', () => {
    for (const text of [above(9, '# trivy:ignore:KSV-0010'), behind(3, '# trivy:ignore:KSV-0010')]) {
      assert.deepEqual(kubernetes(text).silenced, []);
    }
  });
});
