// pre-commit itself runs the hooks.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { parse, stringify } from 'yaml';
import { findPreCommit } from '../../../tools/programs.js';
import { root } from '../../../tools/project.js';
import { type InstalledCommand, installCommand } from '../support/installed-command.js';
import { type Config, configs, hooks } from './hooks.js';

const preCommit = findPreCommit();

// `npm test` says in its last lines that the suite is missing.
if ('command' in preCommit) {
  describe('the hooks in pre-commit', () => {
    let installed: InstalledCommand;
    let repository = '';
    let env: NodeJS.ProcessEnv = {};

    before(async () => {
      installed = await installCommand();
      env = { ...installed.env, PRE_COMMIT_HOME: join(installed.base, 'home'), CI: '' };
    });
    after(() => installed.remove());
    beforeEach(() => {
      repository = join(installed.base, 'repository');
      mkdirSync(repository);
      execFileSync('git', ['init', '--quiet'], { cwd: repository });
    });
    afterEach(() => rmSync(repository, { recursive: true, force: true }));

    /** Runs a hook, as the manifest has it but for its language: the command is installed already. */
    function run(hook: string, files: { readonly [name: string]: string }, settings: object = {}) {
      const found = hooks.find(({ id }) => id === hook);
      const config = { repos: [{ repo: 'local', hooks: [{ ...found, language: 'system', ...settings }] }] };
      writeFileSync(join(repository, '.pre-commit-config.yaml'), stringify(config));
      for (const [name, text] of Object.entries(files)) writeFileSync(join(repository, name), text);
      execFileSync('git', ['add', '.'], { cwd: repository });
      const { status, stdout, stderr } = spawnSync(preCommitCommand, ['run', '--all-files'], {
        ...{ cwd: repository, env, encoding: 'utf8' },
      });
      return { status, output: stdout + stderr };
    }
    const preCommitCommand = preCommit.command;
    const privileged = 'services:\n  web:\n    image: nginx:1.27\n    privileged: true\n';

    it('are valid, with each config file that the guide and the example show', () => {
      execFileSync(preCommit.command, ['validate-manifest', join(root, '.pre-commit-hooks.yaml')], { env });
      for (const text of configs) {
        const file = join(repository, 'config.yaml');
        writeFileSync(file, text);
        execFileSync(preCommit.command, ['validate-config', file], { env });
      }
    });

    it('fail for what is wrong in Dockerfiles and YAML, and say nothing of other files', () => {
      const { status, output } = run(
        'plimsoll',
        {
          'compose.yaml': privileged,
          'Dockerfile.dev': 'FROM debian:12\nRUN curl -fsSL https://example.com/install | sh\n',
          'values.yaml': 'privileged: true\n',
          'notes.md': privileged,
        },
        { args: ['--fail-on', 'warning'] },
      );
      assert.equal(status, 1, output);
      assert.match(output, /^compose\.yaml:4:17 error privileged /m);
      assert.match(output, /^Dockerfile\.dev:2:46 warning curl-pipe-shell /m);
      assert.doesNotMatch(output, /values|notes/);
    });

    it('pass where nothing is an error', () => {
      const { status, output } = run('plimsoll', { 'compose.yaml': 'services:\n  web:\n    image: nginx:latest\n' });
      assert.equal(status, 0, output);
    });

    it('make the safe fixes, and stop for the commit to be looked at', () => {
      const text = 'services:\n  web:\n    image: nginx:1.27 # plimsoll: ignore[privileged] it was once\n';
      const { status, output } = run('plimsoll-fix', { 'compose.yaml': text });
      assert.equal(status, 1, output);
      assert.match(output, /files were modified by this hook/);
      assert.equal(
        readFileSync(join(repository, 'compose.yaml'), 'utf8'),
        'services:\n  web:\n    image: nginx:1.27\n',
      );
    });

    it('take a mended finding out of the baseline, and stop for it to be added', () => {
      writeFileSync(join(repository, 'compose.yaml'), privileged);
      execFileSync(installed.command, ['baseline'], { cwd: repository, env });
      assert.equal(run('plimsoll', {}).status, 0);
      const { status, output } = run('plimsoll', {
        'compose.yaml': privileged.replace('privileged: true', 'cap_drop: [ALL]'),
      });
      assert.equal(status, 1, output);
      assert.match(output, /files were modified by this hook/);
      assert.equal(run('plimsoll', {}).status, 0);
    });

    it('let Plimsoll find the files, where the guide says so', () => {
      const [settings] = configs.flatMap((text) => {
        const { repos }: Config = parse(text);
        return repos.flatMap((repo) => repo.hooks).filter((hook) => 'pass_filenames' in hook);
      });
      assert.ok(settings !== undefined);
      const commit = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message=old'];
      assert.equal(run('plimsoll', { 'notes.md': 'nothing\n' }).status, 0);
      execFileSync('git', commit, { cwd: repository });
      const files = { 'compose.yaml': privileged, '.plimsoll.yaml': 'exclude: [compose.yaml]\n' };
      assert.equal(run('plimsoll', { 'compose.yaml': privileged }).status, 1);
      // The names that pre-commit gives are names of files that are excluded.
      assert.equal(run('plimsoll', files).status, 0);
      const excluded = run('plimsoll', files, settings);
      assert.equal(excluded.status, 0, excluded.output);
      const included = run('plimsoll', { ...files, 'compose.new.yaml': privileged }, settings);
      assert.equal(included.status, 1);
      assert.match(included.output, /^compose\.new\.yaml:4:17 /m);
    });
  });
}
