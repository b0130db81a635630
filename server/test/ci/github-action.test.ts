// The action of this repository, its scripts run in a checkout as a runner of GitHub would run them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { bundle } from '../../../tools/bundle.js';
import { root, runNode } from '../../../tools/project.js';
import { lintOptions } from '../support/understood.js';
import { readAction, runAction } from './composite-action.js';
import { action, problemsOfAction } from './github-language.js';

const text = readFileSync(join(root, 'action.yml'), 'utf8');
const privileged = 'services:\n  web:\n    image: nginx:1.27\n    privileged: true\n';

function temporary(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'plimsoll-action-')));
}

describe('the GitHub Action', () => {
  it('is understood by the reader of GitHub', async () => {
    assert.deepEqual(await problemsOfAction(text), []);
  });

  for (const [mistake, before, after, message] of [
    ['a key that there is not', 'id: lint', 'idd: lint', "Unexpected value 'idd'"],
    ['a kind of action that there is not', 'using: composite', 'using: composit', "Unexpected value 'composit'"],
    ['a step without a shell', '      shell: bash\n', '', 'Required property is missing: shell'],
    ['an expression that does not end', 'inputs.paths }}', 'inputs.paths', 'The expression is not closed'],
  ] as const) {
    it(`would not be understood with ${mistake}`, async () => {
      assert.ok(text.includes(before));
      const problems = await problemsOfAction(text.replace(before, after));
      assert.ok(problems.join('\n').includes(message), problems.join('\n'));
    });
  }

  it('puts nothing that a workflow says into a script', () => {
    for (const step of action.runs.steps) assert.doesNotMatch(step.run, /\$\{\{/, step.name);
  });

  it('hands every input to its last step, by the environment', () => {
    const given = Object.values(action.runs.steps.at(-1)?.env ?? {});
    assert.deepEqual(
      given,
      Object.keys(action.inputs).map((name) => `\${{ inputs.${name} }}`),
    );
  });

  it('is described by the guide: its inputs with what holds without them, and its outputs', () => {
    const rows = readFileSync(join(root, 'docs', 'ci.md'), 'utf8')
      .split('\n')
      .filter((line) => /^\| `[\w-]+` \|/.test(line))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    const inputs = rows.filter((cells) => cells.length === 3);
    assert.deepEqual(
      inputs.map(([name, , without = '']) => [name, /^`(.*)`$/.exec(without)?.[1]]),
      Object.entries(action.inputs).map(([name, input]) => [`\`${name}\``, input.default]),
    );
    assert.deepEqual(
      rows.filter((cells) => cells.length === 2).map(([name]) => name),
      Object.keys(action.outputs).map((name) => `\`${name}\``),
    );
  });
});

describe('the words that the GitHub Action gives to the command', () => {
  let folder = '';
  let workspace = '';
  beforeEach(() => {
    folder = temporary();
    workspace = temporary();
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist', 'cli.js'), 'console.log(JSON.stringify(process.argv.slice(2)))');
  });
  afterEach(() => {
    for (const path of [folder, workspace]) rmSync(path, { recursive: true, force: true });
  });

  function words(inputs: { readonly [name: string]: string }): readonly string[] {
    const { status, log } = runAction(action, inputs, { action: folder, workspace });
    assert.equal(status, 0, log);
    return JSON.parse(log);
  }

  it('lint the whole workspace with annotations, where nothing is said', () => {
    assert.deepEqual(words({}), ['lint', '--format=github', '--fail-on=error', '--', '.']);
  });

  it('have all that is said, and the command understands them', () => {
    const given = words({
      paths: 'k8s\n\n  my services/compose.yaml\r\n',
      'fail-on': 'warning',
      profile: 'strict',
      config: 'ci.plimsoll.yaml',
      baseline: 'old.json',
      'changed-since': 'origin/main',
      format: 'text',
      sarif: 'plimsoll.sarif',
      output: 'html=reports/all of it.html\njson=plimsoll.json\n',
      args: '--rule=host-pid=off\n--show-suppressed\n',
    });
    assert.deepEqual(given, [
      ...['lint', '--format=text', '--fail-on=warning', '--profile=strict', '--config=ci.plimsoll.yaml'],
      ...['--baseline=old.json', '--changed-since=origin/main', '--output=sarif=plimsoll.sarif'],
      ...['--output=html=reports/all of it.html', '--output=json=plimsoll.json'],
      ...['--rule=host-pid=off', '--show-suppressed', '--', 'k8s', 'my services/compose.yaml'],
    ]);
    const options = lintOptions(given.slice(1));
    assert.deepEqual(options.paths, ['/repository/k8s', '/repository/my services/compose.yaml']);
    assert.deepEqual(
      options.outputs.map(({ format, path }) => [format, path]),
      [
        ['sarif', '/repository/plimsoll.sarif'],
        ['html', '/repository/reports/all of it.html'],
        ['json', '/repository/plimsoll.json'],
      ],
    );
    assert.equal(options.failOn, 'warning');
    assert.equal(options.changedSince, 'origin/main');
    assert.deepEqual(options.overrides.severities, new Map([['host-pid', 'off']]));
  });

  it('stay words, whatever a branch or a folder is called', () => {
    const nasty = '$(touch owned) `touch owned` "; touch owned; \' $HOME * \\n';
    for (const [name, flag] of [
      ['changed-since', '--changed-since='],
      ['config', '--config='],
      ['output', '--output='],
      ['args', ''],
    ] as const) {
      assert.ok(words({ [name]: nasty }).includes(`${flag}${nasty}`), name);
    }
    const paths = words({ paths: `--fix\n${nasty}` });
    assert.deepEqual(paths.slice(-3), ['--', '--fix', nasty]);
    assert.equal(lintOptions(paths.slice(1)).fix, false);
    assert.equal(existsSync(join(workspace, 'owned')), false);
  });
});

describe('the GitHub Action in a repository', () => {
  let folder = '';
  let workspace = '';
  before(async () => {
    folder = temporary();
    await bundle(join(folder, 'dist'));
  });
  beforeEach(() => {
    workspace = temporary();
  });
  afterEach(() => rmSync(workspace, { recursive: true, force: true }));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = (inputs: { readonly [name: string]: string } = {}) =>
    runAction(action, inputs, { action: folder, workspace });

  it('fails for what is wrong in the sample workspace, with the annotations of the command', async () => {
    cpSync(join(root, 'test-fixtures', 'shop'), workspace, { recursive: true });
    const { status, log, outputs } = run();
    const command = await runNode([join(folder, 'dist', 'cli.js'), 'lint', '--format', 'github', '.'], {
      cwd: workspace,
    });
    assert.equal(command.status, 1);
    assert.equal(status, 1);
    assert.match(log, /^::error file=deploy\/\S+,line=\d+/m);
    assert.equal(log, command.output);
    assert.deepEqual(outputs, { 'exit-code': '1', sarif: '', reports: '' });
  });

  it('passes where nothing is at or above fail-on, and writes the reports that it names', () => {
    writeFileSync(join(workspace, 'compose.yaml'), privileged);
    const { status, log, outputs } = run({
      'fail-on': 'never',
      format: 'text',
      sarif: 'plimsoll.sarif',
      output: 'html=reports/all of it.html',
      args: '--output=json=plimsoll.json',
    });
    assert.equal(status, 0, log);
    assert.match(log, /^compose\.yaml:4:17 error privileged /m);
    const reports = ['plimsoll.sarif', 'reports/all of it.html', 'plimsoll.json'];
    assert.deepEqual(outputs, { 'exit-code': '0', sarif: 'plimsoll.sarif', reports: reports.join('\n') });
    const sarif = JSON.parse(readFileSync(join(workspace, 'plimsoll.sarif'), 'utf8'));
    assert.equal(sarif.runs[0].results[0].locations[0].physicalLocation.region.startLine, 4);
    assert.equal(JSON.parse(readFileSync(join(workspace, 'plimsoll.json'), 'utf8')).findings[0].rule, 'privileged');
  });

  it('fails with code 2 where not all could be read, and still writes its reports', () => {
    writeFileSync(join(workspace, 'compose.yaml'), privileged);
    const { status, log, outputs } = run({ paths: 'gone\ncompose.yaml\n', sarif: 'plimsoll.sarif\n' });
    assert.equal(status, 2);
    assert.match(log, /^::error file=gone,/m);
    assert.match(log, /^::error file=compose\.yaml,line=4,/m);
    assert.deepEqual(outputs, { 'exit-code': '2', sarif: 'plimsoll.sarif', reports: 'plimsoll.sarif' });
  });

  it('names no report that was not written', () => {
    const { status, log, outputs } = run({ profile: 'stict', sarif: 'plimsoll.sarif', output: 'html=plimsoll.html' });
    assert.equal(status, 2);
    assert.match(log, /Did you mean 'strict'\?/);
    assert.deepEqual(outputs, { 'exit-code': '2', sarif: '', reports: '' });
  });

  it('checks what a branch changed, when it is told since when', () => {
    const git = (...words: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words], { cwd: workspace });
    git('init', '--quiet', '--initial-branch=main');
    writeFileSync(join(workspace, 'compose.yaml'), privileged);
    git('add', '.');
    git('commit', '--quiet', '--message=old');
    git('checkout', '--quiet', '-b', 'feature');
    assert.equal(run({ 'changed-since': 'main' }).status, 0);
    writeFileSync(join(workspace, 'compose.new.yaml'), privileged);
    const { status, log } = run({ 'changed-since': 'main' });
    assert.equal(status, 1);
    assert.match(log, /^::error file=compose\.new\.yaml,line=4,/m);
    assert.doesNotMatch(log, /file=compose\.yaml/);
  });

  it('writes no baseline', () => {
    mkdirSync(join(workspace, '.git'));
    writeFileSync(join(workspace, 'compose.yaml'), privileged);
    execFileSync(process.execPath, [join(folder, 'dist', 'cli.js'), 'baseline'], { cwd: workspace });
    const recorded = readFileSync(join(workspace, '.plimsoll-baseline.json'), 'utf8');
    assert.equal(run().status, 0);
    writeFileSync(
      join(workspace, 'compose.yaml'),
      privileged.replace('    privileged: true\n', '    cap_drop: [ALL]\n'),
    );
    assert.match(run().log, /1 finding of the baseline is gone/);
    assert.equal(readFileSync(join(workspace, '.plimsoll-baseline.json'), 'utf8'), recorded);
  });
});

describe('the build of the GitHub Action', () => {
  let folder = '';
  let bin = '';
  beforeEach(() => {
    folder = temporary();
    bin = join(folder, 'bin');
    mkdirSync(bin);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (path: string, env: { readonly [name: string]: string } = {}) =>
    runAction(readAction(text), {}, { action: folder, workspace: tmpdir(), env: { PATH: path, ...env } });

  /** Stands in for npm: says what it was asked for and where, and leaves a command that says that it ran. */
  function fakeNpm(): string {
    const npm = join(bin, 'npm');
    writeFileSync(
      npm,
      '#!/bin/sh\necho "npm $* in $PWD as $NODE_ENV"\nmkdir dist\necho "console.log(\'linted\')" > dist/cli.js\n',
    );
    chmodSync(npm, 0o755);
    return [bin, process.env.PATH].join(delimiter);
  }

  it('happens in the checkout of the action, before the first run only', () => {
    const path = fakeNpm();
    const first = run(path, { NODE_ENV: 'production' });
    assert.equal(first.log, `npm run build in ${folder} as development\nlinted\n`);
    assert.equal(first.status, 0);
    assert.equal(run(path).log, 'linted\n');
  });

  it('says what is missing where there is no Node', () => {
    const { status, log } = run(bin);
    assert.equal(status, 2);
    assert.match(log, /^::error title=Plimsoll::There is no Node here: .*actions\/setup-node/);
  });
});
