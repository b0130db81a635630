// The example for GitLab, in gitlab-ci-local: it has the schema of GitLab, and runs the job in a shell of this machine.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { root, tool } from '../../../tools/project.js';
import { type InstalledCommand, installCommand } from '../support/installed-command.js';

const example = join(root, 'docs', 'examples', 'gitlab-ci.yml');
const privileged = 'services:\n  web:\n    image: nginx:1.27\n    privileged: true\n';

interface Run {
  readonly status: number;
  readonly output: string;
}

describe('the job for GitLab', () => {
  let installed: InstalledCommand;
  let repository = '';
  /** Where the branch began. */
  let start = '';

  const git = (...words: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words], {
      cwd: repository,
      encoding: 'utf8',
    }).trim();

  function commit(files: { readonly [name: string]: string }): void {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(repository, name), text);
    git('add', '.');
    git('commit', '--quiet', '--message=change');
  }

  /** Runs the job as GitLab would in such a pipeline. */
  function pipeline(variables: { readonly [name: string]: string }, ...words: readonly string[]): Promise<Run> {
    const given = Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`]);
    const flags = [
      '--home',
      installed.base,
      '--force-shell-executor',
      '--ignore-predefined-vars',
      Object.keys(variables).join(),
    ];
    const env = { ...installed.env, CI: 'true' };
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        [tool('gitlab-ci-local'), ...flags, ...given, ...words],
        { cwd: repository, env, timeout: 60_000 },
        (error, stdout, stderr) => {
          resolve({ status: error === null ? 0 : Number(error.code ?? -1), output: stdout + stderr });
        },
      );
    });
  }

  before(async () => {
    installed = await installCommand();
    // The command is installed already; and nothing has to be copied into a container.
    installed.standIn('npm', 'echo "npm $*"');
    installed.standIn('rsync', 'exit 0');
  });
  after(() => installed.remove());

  beforeEach(() => {
    repository = join(installed.base, 'repository');
    mkdirSync(repository);
    git('init', '--quiet', '--initial-branch=main');
    git('remote', 'add', 'origin', 'https://your-mirror.example.com/a/b.git');
    copyFileSync(example, join(repository, '.gitlab-ci.yml'));
    commit({ 'compose.yaml': privileged });
    start = git('rev-parse', 'HEAD');
    git('checkout', '--quiet', '-b', 'feature');
  });
  afterEach(() => rmSync(repository, { recursive: true, force: true }));

  const mergeRequest = () => ({
    CI_PIPELINE_SOURCE: 'merge_request_event',
    CI_MERGE_REQUEST_DIFF_BASE_SHA: start,
  });

  /** The files of the Code Quality report. */
  function reported(): readonly string[] {
    const report: readonly { readonly location: { readonly path: string } }[] = JSON.parse(
      readFileSync(join(repository, 'gl-code-quality-report.json'), 'utf8'),
    );
    return report.map(({ location }) => location.path);
  }

  it('is valid by the schema of GitLab, which refuses a report that there is not', async () => {
    assert.equal((await pipeline(mergeRequest(), '--list')).status, 0);
    const text = readFileSync(example, 'utf8');
    assert.ok(text.includes('codequality:'));
    writeFileSync(join(repository, '.gitlab-ci.yml'), text.replace('codequality:', 'codequalty:'));
    const { status, output } = await pipeline(mergeRequest(), '--list');
    assert.equal(status, 1, output);
    assert.match(output, /'codequalty' property is not expected/);
  });

  it('takes the command from a place that is plainly none', async () => {
    const { output } = await pipeline(mergeRequest());
    assert.match(output, /npm install --global https:\/\/your-mirror\.example\.com\/plimsoll-0\.1\.0\.tgz$/m);
  });

  it('lets a merge request pass that changes nothing for the worse, and reports all findings', async () => {
    commit({ Dockerfile: 'FROM debian:12\n' });
    const { status, output } = await pipeline(mergeRequest());
    assert.equal(status, 0, output);
    assert.deepEqual(reported(), ['compose.yaml']);
    assert.match(readFileSync(join(repository, 'plimsoll-junit.xml'), 'utf8'), /failures="0"/);
  });

  it('fails a merge request for what it changes', async () => {
    commit({ 'compose.new.yaml': privileged });
    const { status, output } = await pipeline(mergeRequest());
    assert.equal(status, 1, output);
    assert.match(output, /compose\.new\.yaml:4:17 error privileged /);
    assert.doesNotMatch(output, / compose\.yaml:4:17/);
    assert.deepEqual(new Set(reported()), new Set(['compose.new.yaml', 'compose.yaml']));
    assert.match(readFileSync(join(repository, 'plimsoll-junit.xml'), 'utf8'), /compose\.new\.yaml/);
  });

  it('checks all files of the main branch', async () => {
    git('checkout', '--quiet', 'main');
    const { status, output } = await pipeline({ CI_COMMIT_BRANCH: 'main' });
    assert.equal(status, 1, output);
    assert.match(output, / compose\.yaml:4:17 error privileged /);
  });

  it('does not run for other branches', async () => {
    const { output } = await pipeline({ CI_COMMIT_BRANCH: 'feature' });
    assert.doesNotMatch(output, /plimsoll lint/);
  });
});
