import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { emptyConfig } from '../../src/engine/config.js';
import { createConfigurations } from '../../src/service/configuration.js';
import type { FileChoice } from '../../src/service/file-choice.js';
import type { Files } from '../../src/service/files.js';

/** Files that hold nothing; a path that ends in `/` is a folder. */
function filesAt(paths: readonly string[]): Files & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    read: () => Promise.resolve(new Uint8Array()),
    list: () => Promise.resolve([]),
    stat(path) {
      asked.push(path);
      return Promise.resolve(paths.includes(path) ? 'file' : paths.includes(`${path}/`) ? 'folder' : undefined);
    },
  };
}

describe('the configuration of a folder', () => {
  async function found(
    paths: readonly string[],
    folder: string,
    root = '/home/me',
    choice: FileChoice = { from: 'nearest' },
  ): Promise<string | undefined> {
    const files = filesAt(paths);
    const configurations = createConfigurations({ files, choice, root, parse: () => Promise.resolve(emptyConfig) });
    return (await configurations.of(folder)).path;
  }

  it('is the nearest one above', async () => {
    const paths = ['/home/me/.plimsoll.yaml', '/home/me/a/.plimsoll.yml'];
    assert.equal(await found(paths, '/home/me/a/b'), '/home/me/a/.plimsoll.yml');
    assert.equal(await found(paths, '/home/me/c/d'), '/home/me/.plimsoll.yaml');
  });

  it('prefers .yaml to .yml in one folder', async () => {
    assert.equal(
      await found(['/home/me/.plimsoll.yml', '/home/me/.plimsoll.yaml'], '/home/me'),
      '/home/me/.plimsoll.yaml',
    );
  });

  it('is not searched for above the folder with .git, be that a folder or the file of a worktree', async () => {
    for (const git of ['/home/me/repo/.git/', '/home/me/repo/.git']) {
      assert.equal(await found(['/home/me/.plimsoll.yaml', git], '/home/me/repo/a'), undefined);
    }
  });

  it('may stand above the root, in the folder with .git', async () => {
    const paths = ['/home/me/repo/.git/', '/home/me/repo/.plimsoll.yaml'];
    assert.equal(await found(paths, '/home/me/repo/a/b', '/home/me/repo/a'), '/home/me/repo/.plimsoll.yaml');
  });

  it('is not searched for above the root where there is no .git', async () => {
    assert.equal(await found(['/home/.plimsoll.yaml'], '/home/me/a'), undefined);
  });

  it('is searched for beside a file outside the root, and not above it', async () => {
    assert.equal(await found(['/tmp/x/.plimsoll.yaml'], '/tmp/x'), '/tmp/x/.plimsoll.yaml');
    assert.equal(await found(['/tmp/.plimsoll.yaml'], '/tmp/x'), undefined);
  });

  it('is the chosen one, or none, where somebody chose', async () => {
    const paths = ['/home/me/.plimsoll.yaml', '/etc/p.yaml'];
    assert.equal(await found(paths, '/home/me', '/home/me', { from: 'file', path: '/etc/p.yaml' }), '/etc/p.yaml');
    assert.equal(await found(paths, '/home/me', '/home/me', { from: 'none' }), undefined);
  });

  it('is searched for once', async () => {
    const files = filesAt(['/home/me/.plimsoll.yaml']);
    const parse = () => Promise.resolve(emptyConfig);
    const configurations = createConfigurations({ files, choice: { from: 'nearest' }, root: '/home/me', parse });
    await Promise.all([
      configurations.of('/home/me/a'),
      configurations.of('/home/me/b'),
      configurations.of('/home/me'),
    ]);
    assert.deepEqual(
      files.asked.filter((path) => path === '/home/me/.plimsoll.yaml'),
      ['/home/me/.plimsoll.yaml'],
    );
  });
});
