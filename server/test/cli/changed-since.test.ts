// What a branch changed, in real repositories.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openWorkshop, type RunOptions, type Workshop } from './workshop.js';

const bad = 'services:\n  web:\n    image: nginx:1.27\n    cap_drop: [ALL]\n    privileged: true\n';

describe('--changed-since', () => {
  let workshop: Workshop;
  beforeEach(() => {
    workshop = openWorkshop();
    // The workshop only has an empty folder of that name.
    rmSync(`${workshop.path}/.git`, { recursive: true });
    git('init', '--quiet', '--initial-branch=main');
  });
  afterEach(() => workshop.close());

  function git(...words: string[]): string {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', [...identity, ...words], { cwd: workshop.path, encoding: 'utf8', stdio: 'pipe' });
  }

  function commit(...names: string[]): void {
    for (const name of names) workshop.write(name, bad);
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', 'x');
  }

  async function told(ref: string, words: readonly string[] = [], options?: RunOptions): Promise<readonly string[]> {
    const { stdout, stderr } = await workshop.run(
      ['lint', '--format', 'json', '--changed-since', ref, ...words],
      options,
    );
    assert.equal(stderr, '');
    return (JSON.parse(stdout) as { findings: { file: string }[] }).findings.map(({ file }) => file);
  }

  const refusal = async (...words: string[]) => {
    const { code, stderr } = await workshop.run(['lint', ...words]);
    assert.equal(code, 2);
    return stderr;
  };

  it('lints what the branch changed: committed, staged, in the working tree, and new; nothing that main changed since', async () => {
    commit(
      'old/compose.yaml',
      'edited/compose.yaml',
      'staged/compose.yaml',
      'moved/compose.yaml',
      'deleted/compose.yaml',
    );
    git('checkout', '--quiet', '-b', 'feature');
    commit('committed/compose.yaml');
    git('checkout', '--quiet', 'main');
    commit('later/compose.yaml');
    git('checkout', '--quiet', 'feature');
    workshop.write('edited/compose.yaml', `${bad}# edited\n`);
    workshop.write('staged/compose.yaml', `${bad}# staged\n`);
    git('add', 'staged');
    mkdirSync(`${workshop.path}/Now here`);
    git('mv', 'moved/compose.yaml', 'Now here/compose.yaml');
    git('rm', '--quiet', 'deleted/compose.yaml');
    workshop.write('nëw/compose.yaml', bad);
    workshop.write('.gitignore', 'ignored/\n');
    workshop.write('ignored/compose.yaml', bad);
    assert.deepEqual(await told('main'), [
      'Now here/compose.yaml',
      'committed/compose.yaml',
      'edited/compose.yaml',
      'nëw/compose.yaml',
      'staged/compose.yaml',
    ]);
    assert.deepEqual(await told('main', ['edited', 'old/compose.yaml']), ['edited/compose.yaml']);
    assert.deepEqual(await told('main', [], { cwd: 'staged' }), ['compose.yaml']);
    assert.deepEqual(await told('HEAD', ['committed']), []);
  });

  it('says how much it did not check', async () => {
    commit('a/compose.yaml', 'b/compose.yaml', 'c/compose.yaml');
    const none = await workshop.run(['lint', '--changed-since', 'main']);
    assert.deepEqual(
      [none.stdout, none.code],
      ['Nothing was checked: no Dockerfile, Compose file or Kubernetes manifest has changed.\n', 0],
    );
    workshop.write('b/compose.yaml', `${bad}# edited\n`);
    const one = await workshop.run(['lint', '--changed-since', 'main', '--fail-on', 'never']);
    assert.match(one.stdout, /^2 files have not changed, and were not checked\.$/m);
  });

  it('refuses what git cannot tell, with what to do', async () => {
    commit('compose.yaml');
    assert.equal(
      await refusal('--changed-since', 'nowhere'),
      "plimsoll: git knows no commit 'nowhere'. In CI it may have to be fetched first: git fetch origin nowhere\n",
    );
    assert.equal(await refusal('--changed-since=--output=x'), "plimsoll: '--output=x' is no commit.\n");
    assert.ok(!existsSync(`${workshop.path}/x`));
    git('checkout', '--quiet', '--orphan', 'alone');
    commit('other/compose.yaml');
    assert.match(
      await refusal('--changed-since', 'main'),
      /^plimsoll: git knows no commit that 'main' and this branch have in common\./,
    );
    assert.match(await refusal('--changed-since', 'main', '--stdin-filename', 'a.yaml'), /no '--changed-since'\.\n$/);
    rmSync(`${workshop.path}/.git`, { recursive: true });
    mkdirSync(`${workshop.path}/.git`);
    assert.equal(
      await refusal('--changed-since', 'main'),
      "plimsoll: '--changed-since' works in a git repository only, and this is none.\n",
    );
  });

  it('starts no program that the repository names', async () => {
    commit('compose.yaml');
    workshop.write('evil.sh', `#!/bin/sh\ntouch "${workshop.path}/owned"\n`);
    chmodSync(`${workshop.path}/evil.sh`, 0o755);
    for (const key of ['core.fsmonitor', 'diff.external', 'diff.evil.textconv', 'diff.evil.command', 'core.pager']) {
      git('config', key, `${workshop.path}/evil.sh`);
    }
    workshop.write('.gitattributes', '*.yaml diff=evil\n');
    mkdirSync(`${workshop.path}/.git/hooks`, { recursive: true });
    workshop.write('.git/hooks/post-index-change', `#!/bin/sh\ntouch "${workshop.path}/owned"\n`);
    chmodSync(`${workshop.path}/.git/hooks/post-index-change`, 0o755);
    workshop.write('compose.yaml', `${bad}# edited\n`);
    assert.deepEqual(await told('main'), ['compose.yaml']);
    assert.ok(!existsSync(`${workshop.path}/owned`));
  });

  it('is told of a baseline as ever: only what is new in what changed', async () => {
    commit('a/compose.yaml', 'b/compose.yaml');
    await workshop.run(['baseline']);
    git('add', '--all');
    git('commit', '--quiet', '--message', 'baseline');
    workshop.write('a/compose.yaml', `${bad}    pid: host\n`);
    const { stdout } = await workshop.run(['lint', '--format', 'json', '--changed-since', 'main']);
    const { findings, heldBack, files } = JSON.parse(stdout) as {
      findings: { rule: string }[];
      heldBack: number;
      files: number;
    };
    assert.deepEqual([findings.map(({ rule }) => rule), heldBack, files], [['host-pid'], 1, 1]);
  });
});
