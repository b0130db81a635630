// pre-commit builds a hook by `npm pack`.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { root } from '../../../tools/project.js';

describe('npm pack, as pre-commit calls it', () => {
  it('builds the command, prints the name of the package and nothing else, and the package runs by itself', function () {
    this.timeout(120_000);
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'plimsoll-pack-')));
    try {
      const begun = Date.now();
      const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
      // What an npm above this one says would be heard.
      const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
      const packed = spawnSync(npm, ['pack', '--pack-destination', folder], { cwd: root, env, encoding: 'utf8' });
      assert.equal(packed.status, 0, packed.stderr);
      assert.match(packed.stdout, /^plimsoll-\d+\.\d+\.\d+\.tgz\n$/);
      assert.ok(statSync(join(root, 'dist', 'cli.js')).mtimeMs >= begun - 1000, 'it was built');
      execFileSync('tar', ['-xzf', packed.stdout.trim()], { cwd: folder });
      const compose = join(folder, 'compose.yaml');
      writeFileSync(compose, 'services:\n  web:\n    image: nginx:1.27\n    privileged: true\n');
      const { bin }: { readonly bin: { readonly plimsoll: string } } = JSON.parse(
        readFileSync(join(folder, 'package', 'package.json'), 'utf8'),
      );
      const ran = spawnSync(process.execPath, [join(folder, 'package', bin.plimsoll), 'lint', compose], {
        cwd: folder,
        encoding: 'utf8',
      });
      assert.equal(ran.status, 1, ran.stderr);
      assert.match(ran.stdout, /^compose\.yaml:4:17 error privileged /);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
