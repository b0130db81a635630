import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { told } from './told.js';

const from = (text: string) => told('dockerfile', text, ['secret-in-env']);
const secrets = (...names: readonly string[]) => names.map((name) => `ENV ${name}_PASSWORD=hunter2hunter2\n`).join('');

describe('a BuildKit check comment', () => {
  it('as a directive at the top speaks of the file', () => {
    const tops = [
      '# check=skip=SecretsUsedInArgOrEnv\n',
      '#check = skip=StageNameCasing, SecretsUsedInArgOrEnv;error=true\n',
      '# syntax=docker/dockerfile:1\n# check=error=true;skip=SecretsUsedInArgOrEnv\n',
      '\uFEFF# escape=\\\r\n# check=skip=SecretsUsedInArgOrEnv\r\n',
      '#!/usr/bin/env docker\n# check=skip=SecretsUsedInArgOrEnv\n',
      '# check=skip=SecretsUsedInArgOrEnv # a public one\n',
      '# check=skip=StageNameCasing;skip=SecretsUsedInArgOrEnv\n',
    ];
    for (const top of tops) {
      const { silenced, shown } = from(`${top}FROM debian:12\n${secrets('A')}FROM debian:12\n${secrets('B')}`);
      assert.equal(silenced.length, 2, top);
      for (const one of silenced) assert.match(one, /: buildkit comment SecretsUsedInArgOrEnv, $/, top);
      assert.deepEqual(shown, [], top);
    }
  });

  it('with `all` means every check, and names none', () => {
    assert.deepEqual(from(`# check=skip=all\nFROM debian:12\n${secrets('A')}`), {
      silenced: ['3 secret-in-env: buildkit comment *, '],
      shown: [],
    });
  });

  it('with `all` may say more, at the top and above an instruction', () => {
    for (const text of [
      `# check=skip=all;error=true\nFROM debian:12\n${secrets('A')}`,
      `# check=experimental=all;skip=all\nFROM debian:12\n${secrets('A')}`,
      `FROM debian:12\n# check=skip=all;error=true // why\n${secrets('A')}`,
    ]) {
      const { silenced, shown } = from(text);
      assert.deepEqual([silenced.length, shown], [1, []], text);
    }
    assert.deepEqual(from(`# check=error=true;experimental=all\nFROM debian:12\n${secrets('A')}`).silenced, []);
  });

  it('stands in no heredoc', () => {
    const text = `FROM debian:12\nRUN <<EOF\n# check=skip=all\nEOF\n${secrets('A')}`;
    assert.deepEqual(from(text).silenced, []);
  });

  it('is no directive behind a line that is none: then it speaks of the stage whose FROM follows', () => {
    for (const first of ['# a comment\n', '# hadolint ignore=DL3006\n']) {
      const text = `${first}# check=skip=SecretsUsedInArgOrEnv\nFROM debian:12\n${secrets('A')}FROM debian:12\n${secrets('B')}`;
      assert.deepEqual(
        from(text),
        { silenced: ['4 secret-in-env: buildkit comment SecretsUsedInArgOrEnv, '], shown: ['6 secret-in-env'] },
        first,
      );
    }
  });

  it('above an instruction speaks of that one, with other comments between, and takes words behind a blank as a note', () => {
    const text = `FROM debian:12
# check=skip=SecretsUsedInArgOrEnv // not a secret
# one more comment
${secrets('A', 'B')}`;
    assert.deepEqual(from(text), {
      silenced: ['4 secret-in-env: buildkit comment SecretsUsedInArgOrEnv, not a secret'],
      shown: ['5 secret-in-env'],
    });
  });

  it('speaks of nothing across a blank line, in another case, or without `skip`', () => {
    for (const comment of [
      '# check=skip=SecretsUsedInArgOrEnv\n',
      '# check=skip=secretsusedinargorenv',
      '# check=error=true',
      '# check=skip=StageNameCasing',
      '# check=',
      '# skip=SecretsUsedInArgOrEnv',
    ]) {
      const { silenced } = from(`FROM debian:12\n${comment}\n${secrets('A')}`);
      assert.deepEqual(silenced, [], comment);
    }
  });
});
