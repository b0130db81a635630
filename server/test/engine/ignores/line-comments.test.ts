import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { told } from './told.js';

const compose = (lines: { readonly [line: number]: string } = {}) =>
  [
    'services:',
    '  web:',
    '    image: docker.io/library/nginx',
    '    privileged: true',
    '    ports:',
    '      - 80:80',
    '      - 81:81',
    '  other:',
    '    image: docker.io/library/nginx',
    '    security_opt: [no-new-privileges:false]',
  ]
    .map((text, index) => `${text}${lines[index + 1] ?? ''}\n`)
    .join('');
/** The Compose file with a comment above one of its lines. */
const above = (line: number, comment: string) => compose({ [line - 1]: `\n    ${comment}` });
const rules = ['image-latest-tag', 'privileged', 'allow-privilege-escalation', 'port-bound-to-all-interfaces'];
const from = (text: string) => told('compose', text, rules);
const everything = from(compose()).shown;

describe('a Semgrep comment', () => {
  it('at the end of a line speaks of that line', () => {
    for (const comment of ['# nosemgrep', '# nosem', '#nosemgrep', '# NOSEMGREP', '# fine: nosemgrep']) {
      const { silenced, shown } = from(compose({ 4: ` ${comment}` }));
      assert.deepEqual(silenced, ['4 privileged: semgrep comment *, '], comment);
      assert.equal(shown.length, everything.length - 1);
    }
  });

  it('alone on a line speaks of the next one, and of no other', () => {
    const { silenced, shown } = from(
      above(4, '# nosemgrep: privileged-service, exposing-docker-socket-volume reviewed'),
    );
    assert.deepEqual(silenced, ['5 privileged: semgrep comment privileged-service, reviewed']);
    assert.equal(shown.length, everything.length - 1);
    for (const comment of ['# nosemgrep\n', '# nosemgrep\n    # more', '# first a word nosemgrep']) {
      assert.deepEqual(from(above(4, comment)).silenced, [], comment);
    }
  });

  it('names rules by the last part of their id, and every word behind the colon is one', () => {
    for (const ids of [
      'yaml.docker-compose.security.privileged-service.privileged-service',
      'other,privileged-service',
      'other privileged-service',
    ]) {
      assert.equal(from(compose({ 4: ` # nosemgrep: ${ids}` })).silenced.length, 1, ids);
    }
    for (const ids of ['no-such-rule', 'privileged-service-2', 'last-user-is-root']) {
      assert.deepEqual(from(compose({ 4: ` # nosemgrep:${ids}` })).silenced, [], ids);
    }
  });

  it('at the name of a service speaks of what the service lacks, not of what is wrong inside', () => {
    for (const text of [compose({ 8: ' # nosemgrep: no-new-privileges' }), above(8, '# nosemgrep')]) {
      const { silenced } = from(text);
      assert.equal(silenced.length, 1);
      assert.match(silenced[0] ?? '', /^1[01] allow-privilege-escalation: semgrep comment/);
    }
  });

  it('is no comment within a word, or without a number sign', () => {
    for (const comment of ['# nosemgreps', '# unnosemgrep', '# nosemantics', ' nosemgrep']) {
      assert.deepEqual(from(compose({ 4: ` ${comment}` })).silenced, [], comment);
    }
  });

  it('in a Dockerfile speaks of the instruction on the next line', () => {
    const text = '# nosemgrep: avoid-latest-version\nFROM debian:latest\n# nosemgrep\n\nUSER root\n';
    assert.deepEqual(told('dockerfile', text, ['image-latest-tag', 'run-as-root']), {
      silenced: ['2 image-latest-tag: semgrep comment avoid-latest-version, '],
      shown: ['5 run-as-root'],
    });
  });

  it('in a Dockerfile speaks of all of an instruction that is continued, from above and at the end of its first line', () => {
    const text = 'FROM debian:12\n# nosemgrep: last-user-is-root\nUSER \\\n  root\n';
    assert.deepEqual(told('dockerfile', text, ['run-as-root']).shown, []);
    const run = 'FROM debian:12\nRUN --mount=from=debian:latest true # nosemgrep\n';
    assert.deepEqual(told('dockerfile', run, ['image-latest-tag']).shown, []);
  });
});

describe('a DCLint comment', () => {
  it('`disable-file` at the very start silences every rule that DCLint has', () => {
    for (const start of ['', '\n', '---\n', '\n---\n\n']) {
      const { silenced, shown } = from(`${start}# dclint disable-file\n${compose()}`);
      assert.equal(silenced.length, 4, start);
      assert.deepEqual(
        shown.map((one) => one.split(' ')[1]),
        ['privileged', 'allow-privilege-escalation'],
      );
    }
    for (const start of ['# a licence\n', 'name: x\n', '--- # x\n']) {
      assert.deepEqual(from(`${start}# dclint disable-file\n${compose()}`).silenced, [], start);
    }
    assert.deepEqual(from(`name: x # dclint disable-file\n${compose()}`).silenced, []);
  });

  it('`disable` is looked for on the first line alone, and names rules with blanks between', () => {
    assert.deepEqual(from(`# dclint disable no-unbound-port-interfaces x\n${compose()}`).silenced, [
      '7 port-bound-to-all-interfaces: dclint comment no-unbound-port-interfaces, ',
      '8 port-bound-to-all-interfaces: dclint comment no-unbound-port-interfaces, ',
    ]);
    assert.equal(from(`name: x # dclint disable\n${compose()}`).silenced.length, 4);
    assert.deepEqual(from(`# a licence\n# dclint disable\n${compose()}`).silenced, []);
    // A reason is read as the names of rules.
    assert.deepEqual(from(`# dclint disable it is old\n${compose()}`).silenced, []);
  });

  it('`disable-line` speaks of its line, or alone of the next one', () => {
    const check = 'service-image-require-explicit-tag';
    const line = `3 image-latest-tag: dclint comment ${check}, `;
    assert.deepEqual(from(compose({ 3: ` # dclint disable-line ${check}` })).silenced, [line]);
    assert.deepEqual(from(compose({ 3: ' # dclint disable-line' })).silenced, [
      '3 image-latest-tag: dclint comment *, ',
    ]);
    assert.deepEqual(from(above(3, `# dclint disable-line ${check}`)).silenced, [line.replace('3', '4')]);
    for (const text of [above(2, `# dclint disable-line ${check}`), above(3, `# dclint disable-line ${check}\n`)]) {
      assert.deepEqual(from(text).silenced, []);
    }
  });

  it('`disable-line` at `ports` speaks of all of them: DCLint tells of that line', () => {
    for (const text of [compose({ 5: ' # dclint disable-line' }), above(5, '# dclint disable-line')]) {
      assert.deepEqual(
        from(text).silenced.map((one) => one.slice(2)),
        ['port-bound-to-all-interfaces: dclint comment *, ', 'port-bound-to-all-interfaces: dclint comment *, '],
      );
    }
    assert.deepEqual(from(above(2, '# dclint disable-line no-unbound-port-interfaces')).silenced, []);
  });

  it('means nothing in a manifest', () => {
    const pod =
      '# dclint disable-file\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: "a:latest"}]}\n';
    assert.deepEqual(told('kubernetes', pod, ['image-latest-tag']).shown, ['5 image-latest-tag']);
  });
});
