import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { told } from './told.js';

const rules = [
  'image-latest-tag',
  'secret-in-env',
  'run-as-root',
  'untrusted-registry',
  'duplicate-instruction-in-stage',
];
const from = (text: string) => told('dockerfile', text, rules);

describe('a hadolint comment', () => {
  it('speaks of the instruction on the next line, all its lines, and of no other', () => {
    const text = `# hadolint ignore=DL3064 # only a default
ENV A_PASSWORD=hunter2hunter2 \\
    B_PASSWORD=hunter2hunter2
ENV C_PASSWORD=hunter2hunter2
`;
    assert.deepEqual(from(`FROM debian:12\n${text}`), {
      silenced: [
        '3 secret-in-env: hadolint comment DL3064, only a default',
        '4 secret-in-env: hadolint comment DL3064, only a default',
      ],
      shown: ['5 secret-in-env'],
    });
  });

  it('speaks of nothing when a blank line or another comment stands between', () => {
    for (const between of ['\n', '# why\n', '# hadolint ignore=DL3002\n']) {
      const { silenced, shown } = from(`# hadolint ignore=DL3007\n${between}FROM debian:latest\n`);
      assert.deepEqual({ silenced, shown }, { silenced: [], shown: ['3 image-latest-tag'] }, JSON.stringify(between));
    }
  });

  it('speaks of nothing inside a continued instruction, in a heredoc, or below itself at the end', () => {
    const text = `FROM debian:12
ENV X=1 \\
    # hadolint ignore=DL3064
    A_PASSWORD=hunter2hunter2
RUN <<EOF
# hadolint global ignore=DL3064
EOF
ENV B_PASSWORD=hunter2hunter2
# hadolint ignore=DL3064`;
    assert.deepEqual(from(text), { silenced: [], shown: ['4 secret-in-env', '8 secret-in-env'] });
  });

  it('names checks with commas and blanks as hadolint reads them, and only those', () => {
    for (const list of ['DL3006,DL3007', 'DL3006 , DL3007', ' DL3007', 'DL3007,SC2086', 'DL3007 DL3026']) {
      const { silenced, shown } = from(`#hadolint  ignore =${list}\nFROM evil.example/debian:latest\n`);
      assert.equal(silenced.length, 1, list);
      assert.match(silenced[0] ?? '', /^2 image-latest-tag: hadolint comment DL300[67], /, list);
      assert.deepEqual(shown, ['2 untrusted-registry'], list);
    }
    for (const comment of [
      'hadolint ignore DL3007',
      'hadolint ignore=dl3007',
      'Hadolint ignore=DL3007',
      'hadolint ignore=',
      'hadolint ignore=DL3026 DL3007',
    ]) {
      assert.deepEqual(from(`# ${comment}\nFROM debian:latest\n`).shown, ['2 image-latest-tag'], comment);
    }
  });

  it('counts in the first line, before and behind directives', () => {
    const pragma = '# hadolint ignore=DL3007\n';
    for (const text of [
      `${pragma}FROM debian:latest\n`,
      `# syntax=docker/dockerfile:1\n${pragma}FROM debian:latest\n`,
      `# check=error=true\r\n# hadolint ignore=DL3007\r\nFROM debian:latest\r\n`,
      `\uFEFF${pragma}FROM debian:latest\n`,
      `# hadolint global ignore=DL3007\n# escape=\`\nFROM debian:latest\n`,
      `# hadolint stage ignore=DL3007\nFROM debian:latest\n`,
    ]) {
      const { silenced, shown } = from(text);
      assert.deepEqual([silenced.length, shown], [1, []], text);
    }
  });

  it('speaks of a trigger of ONBUILD and of an instruction in lower case', () => {
    for (const text of [
      '# hadolint ignore=DL3064\nONBUILD ENV A_PASSWORD=hunter2hunter2\n',
      '  # hadolint ignore=DL3064\n  env A_PASSWORD=hunter2hunter2\n',
      '# hadolint ignore=DL3064,DL9999,SC1091 # why\nENV X=1 \\\n\n  A_PASSWORD=hunter2hunter2\n',
    ]) {
      const { silenced, shown } = from(`FROM debian:12\n${text}`);
      assert.deepEqual([silenced.length, shown], [1, []], text);
    }
  });

  it('above an instruction that replaces another one speaks of the one that is told of here', () => {
    const shown = ['2 duplicate-instruction-in-stage'];
    for (const [check, first, second] of [
      ['DL4003', 'CMD ["a"]', 'CMD ["b"]'],
      ['DL4004', 'ENTRYPOINT ["a"]', 'entrypoint ["b"]'],
      ['DL3012', 'HEALTHCHECK NONE', 'HEALTHCHECK CMD b'],
    ]) {
      const text = (id?: string) => `FROM debian:12\n${first}\nRUN a\n# hadolint ignore=${id}\n${second}\n`;
      assert.deepEqual(from(text(check)), {
        silenced: [`2 duplicate-instruction-in-stage: hadolint comment ${check}, `],
        shown: [],
      });
      assert.deepEqual(from(text('DL3007')), { silenced: [], shown });
    }
    assert.deepEqual(from('FROM a:1\nCMD ["a"]\n# hadolint ignore=DL4004\nCMD ["b"]\n').shown, shown);
    assert.deepEqual(
      from('FROM a:1\nCMD ["a"]\nCMD ["b"]\nFROM a:1\n# hadolint ignore=DL4003\nCMD ["c"]\n').shown,
      shown,
    );
    assert.deepEqual(
      from('FROM a:1\nCMD ["a"]\nCMD ["b"]\n# hadolint ignore=DL4003\nCMD ["c"]\nONBUILD CMD ["d"]\n').shown,
      shown,
    );
  });

  it('with `global` speaks of the file, from wherever it stands', () => {
    const text = `FROM debian:latest
USER root
FROM alpine:latest
# hadolint global ignore=DL3007
USER root
`;
    assert.deepEqual(from(text), {
      silenced: ['1 image-latest-tag: hadolint comment DL3007, ', '3 image-latest-tag: hadolint comment DL3007, '],
      shown: ['5 run-as-root'],
    });
  });

  it('with `stage` directly above FROM speaks of that stage', () => {
    const text = `FROM debian:12 AS one
ENV A_PASSWORD=hunter2hunter2
# hadolint stage ignore=DL3064 a test
FROM debian:12 AS two
ENV B_PASSWORD=hunter2hunter2
FROM debian:12
ENV C_PASSWORD=hunter2hunter2
# hadolint stage ignore=DL3064
ENV D_PASSWORD=hunter2hunter2
`;
    assert.deepEqual(from(text), {
      silenced: ['5 secret-in-env: hadolint comment DL3064, a test'],
      shown: ['2 secret-in-env', '7 secret-in-env', '9 secret-in-env'],
    });
  });
});
