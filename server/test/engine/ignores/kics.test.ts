import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { told } from './told.js';

const rules = ['image-latest-tag', 'run-as-root', 'secret-in-env', 'privileged', 'host-pid', 'curl-pipe-shell'];
const words = ['kics-scan', 'dd-iac-scan'];

const pod = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostPID: true
  containers:
    - name: a
      image: registry.k8s.io/pause:latest
      securityContext:
        privileged: true
`;
const privileged = 'dd29336b-fe57-445b-a26e-e6aa867ae609';
const hostPid = '302736f4-b16c-41b8-befe-c0baffa0bd9d';

describe('a KICS comment at the top of a file', () => {
  const from = (text: string) => told('kubernetes', text, rules);

  it('`ignore` silences every query that KICS has', () => {
    for (const word of words) {
      assert.deepEqual(from(`# a licence\n\n# ${word} ignore it is a test\n${pod}`), {
        silenced: [
          '8 host-pid: kics comment *, it is a test',
          '11 image-latest-tag: kics comment *, it is a test',
          '13 privileged: kics comment *, it is a test',
        ],
        shown: [],
      });
    }
  });

  it('`disable` silences the queries that it lists', () => {
    assert.deepEqual(from(`# kics-scan disable=${privileged},00000000-0000-0000-0000-000000000000 why\n${pod}`), {
      silenced: [`11 privileged: kics comment ${privileged}, why`],
      shown: ['6 host-pid', '9 image-latest-tag'],
    });
  });

  it('`enable` silences all queries but those that it lists', () => {
    assert.deepEqual(from(`# kics-scan enable=${privileged}\n# kics-scan disable=${privileged}\n${pod}`), {
      silenced: ['7 host-pid: kics comment *, ', '10 image-latest-tag: kics comment *, '],
      shown: ['12 privileged'],
    });
    assert.deepEqual(from(`# kics-scan enable=${privileged},${hostPid}\n${pod}`).shown, [
      '6 host-pid',
      '11 privileged',
    ]);
  });

  it('counts only before the first line that is no comment, and at the start of a line', () => {
    for (const text of [
      `---\n# kics-scan ignore\n${pod}`,
      `${pod}# kics-scan ignore\n`,
      ` # kics-scan ignore\n${pod}`,
      `# kics-scan ignored\n${pod}`,
      `# kics-scan  disable= ${privileged}\n${pod}`,
    ]) {
      assert.deepEqual(from(text).silenced, [], text);
    }
  });

  it('counts in every format', () => {
    assert.deepEqual(told('dockerfile', '# kics-scan ignore\nFROM debian:latest\nUSER root\n', rules).shown, []);
    const compose =
      '# kics-scan disable=ae5b6871-7f45-42e0-bb4c-ab300c4d2026\nservices:\n  a: {image: "a:1", privileged: true}\n';
    assert.deepEqual(told('compose', compose, rules).shown, []);
  });
});

describe('`ignore-line` of KICS', () => {
  it('speaks of the next instruction, all its lines, also across comments', () => {
    const text = `FROM debian:12
# kics-scan ignore-line a default
# one more
ENV A_PASSWORD=hunter2hunter2 \\
    B_PASSWORD=hunter2hunter2
ENV C_PASSWORD=hunter2hunter2
`;
    assert.deepEqual(told('dockerfile', text, rules), {
      silenced: ['4 secret-in-env: kics comment *, a default', '5 secret-in-env: kics comment *, a default'],
      shown: ['6 secret-in-env'],
    });
    const apart = 'FROM debian:12\n# kics-scan ignore-line\n\nUSER root\n';
    assert.deepEqual(told('dockerfile', apart, rules).shown, ['4 run-as-root']);
  });

  it('above a FROM in the first line speaks of that instruction, whatever directive it could be taken for', () => {
    for (const word of words) {
      assert.deepEqual(told('dockerfile', `# ${word} ignore-line\nFROM debian:latest\nUSER root\n`, rules), {
        silenced: ['2 image-latest-tag: kics comment *, '],
        shown: ['3 run-as-root'],
      });
    }
    const query = '# kics-scan disable=f45ea400-6bbe-4501-9fc7-1c3d75c32067 a test\nFROM debian:latest\nUSER root\n';
    assert.deepEqual(told('dockerfile', query, rules).shown, ['3 run-as-root']);
    const heredoc = 'FROM debian:12\nRUN <<EOF\n# kics-scan ignore-line\nEOF\nUSER root\n';
    assert.deepEqual(told('dockerfile', heredoc, rules).shown, ['5 run-as-root']);
  });

  it('leaves alone what KICS has no query for', () => {
    const text = 'FROM debian:12\n# kics-scan ignore-line\nRUN curl https://example.com/i | sh\n';
    assert.deepEqual(told('dockerfile', text, rules).shown, ['3 curl-pipe-shell']);
  });

  it('speaks of the next line of YAML, not of what is below that', () => {
    for (const word of words) {
      const line = pod.replace('  hostPID', `  # why\n  # ${word} IGNORE-LINE\n  hostPID`);
      assert.deepEqual(told('kubernetes', line, ['host-pid']).silenced, ['7 host-pid: kics comment *, ']);
      const parent = pod.replace('      securityContext', `      # ${word} ignore-line\n      securityContext`);
      assert.deepEqual(told('kubernetes', parent, ['privileged']).shown, ['11 privileged']);
    }
  });

  it('has to be the last line above, and alone on it', () => {
    for (const comment of ['  # kics-scan ignore-line\n  # why\n', '  # kics-scan ignore-line\n\n']) {
      assert.deepEqual(told('kubernetes', pod.replace('  hostPID', `${comment}  hostPID`), ['host-pid']).silenced, []);
    }
    const behind = pod.replace('hostPID: true', 'hostPID: true # kics-scan ignore-line');
    assert.deepEqual(told('kubernetes', behind, ['host-pid']).shown, ['5 host-pid']);
  });

  it('above the key of a list speaks of its items where KICS tells of the list', () => {
    const compose = (comment: string) => `services:
  a:
    image: a:1
${comment}    ports:
      - 80:80
${comment}    cap_add:
      - SYS_ADMIN
${comment}    volumes:
      - /etc:/etc
`;
    const about = ['port-bound-to-all-interfaces', 'dangerous-added-capability', 'sensitive-host-path-mount'];
    assert.equal(told('compose', compose(''), about).shown.length, 3);
    assert.deepEqual(told('compose', compose('    # kics-scan ignore-line\n'), about), {
      silenced: ['6 port-bound-to-all-interfaces: kics comment *, ', '9 dangerous-added-capability: kics comment *, '],
      shown: ['12 sensitive-host-path-mount'],
    });
  });
});

describe('`ignore-line` of KICS, about something that is missing', () => {
  const withContext = (context: string) => `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - image: a:1
      name: a
${context}`;
  const context = '      securityContext:\n        runAsUser: 1000\n';
  const capabilities = '      securityContext:\n        capabilities:\n          add: [NET_ADMIN]\n';
  const shown = (text: string) => told('kubernetes', text, ['missing-cap-drop-all']).shown.length;

  it('stands where the innermost thing begins that lacks it', () => {
    for (const [text, word] of [
      [withContext(context), 'securityContext'],
      [withContext(capabilities), 'capabilities'],
      [withContext(''), '- image'],
    ] as const) {
      const comment = (above: string) =>
        text.replace(new RegExp(`^( *)(?=${above})`, 'm'), '$1# kics-scan ignore-line\n$1');
      assert.equal(shown(text), 1);
      assert.equal(shown(comment(word)), 0, comment(word));
      // The name is what is marked.
      assert.equal(shown(comment('name: a')), 0);
      assert.equal(shown(comment('containers')), 1);
      if (word !== '- image') assert.equal(shown(comment('runAsUser|add')), 1);
    }
  });
});

describe('`ignore-block` of KICS', () => {
  it('above FROM speaks of the stage, and above another instruction of nothing', () => {
    const text = (word: string) => `FROM debian:12 AS one
ENV A_PASSWORD=hunter2hunter2
# ${word} ignore-block
FROM debian:latest AS two
ENV B_PASSWORD=hunter2hunter2
FROM debian:12
# ${word} ignore-block
ENV C_PASSWORD=hunter2hunter2
`;
    for (const word of words) {
      assert.deepEqual(told('dockerfile', text(word), rules), {
        silenced: ['4 image-latest-tag: kics comment *, ', '5 secret-in-env: kics comment *, '],
        shown: ['2 secret-in-env', '8 secret-in-env'],
      });
    }
  });

  it('speaks of a key with all below it', () => {
    const text = pod.replace('    - name', '    # kics-scan ignore-block for now\n    - name');
    assert.deepEqual(told('kubernetes', text, rules), {
      silenced: ['9 image-latest-tag: kics comment *, for now', '11 privileged: kics comment *, for now'],
      shown: ['5 host-pid'],
    });
  });
});
