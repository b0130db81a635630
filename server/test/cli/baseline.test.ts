// A team begins with what it has: only new findings are told from then on.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { nodeFiles } from '../../src/cli/node-files.js';
import { FilesError } from '../../src/service/files.js';
import { openWorkshop, type RunOptions, type Workshop } from './workshop.js';

const service = (name: string, ...lines: string[]) =>
  [`  ${name}:`, '    image: nginx:1.27', '    cap_drop: [ALL]', ...lines.map((line) => `    ${line}`), ''].join('\n');
const privileged = 'privileged: true';
const hostPid = 'pid: host';

describe('a baseline', () => {
  let workshop: Workshop;
  beforeEach(() => {
    workshop = openWorkshop();
  });
  afterEach(() => workshop.close());

  const compose = (...services: string[]) => workshop.write('compose.yaml', `services:\n${services.join('')}`);
  const baseline = (path = '.plimsoll-baseline.json') => readFileSync(`${workshop.path}/${path}`, 'utf8');

  /** `file:line rule` of what is told, and how much is held back. */
  async function told(words: readonly string[] = [], options?: RunOptions) {
    const { stdout, stderr, code } = await workshop.run(['lint', '--format', 'json', ...words], options);
    const report = JSON.parse(stdout) as {
      findings: { rule: string; file: string; range: { start: { line: number } }; suppressed: { by: string } | null }[];
      heldBack: number;
    };
    const findings = report.findings.map(
      ({ rule, file, range, suppressed }) =>
        `${file}:${range.start.line} ${rule}${suppressed === null ? '' : ` (${suppressed.by})`}`,
    );
    return { findings, heldBack: report.heldBack, stderr, code };
  }

  it('holds back what it recorded, also when lines move, and says how much', async () => {
    compose(service('web', privileged), service('db', hostPid));
    const recorded = await workshop.run(['baseline']);
    assert.equal(
      recorded.stdout,
      "Recorded 2 findings of 1 file in .plimsoll-baseline.json.\nCommit it: from now on 'plimsoll lint' and editors tell of new ones only.\n",
    );
    assert.deepEqual(await told(), { findings: [], heldBack: 2, stderr: '', code: 0 });
    workshop.write(
      'compose.yaml',
      `# moved\n\nservices:\n${service('new', 'read_only: true')}${service('db', hostPid)}${service('web', privileged)}`,
    );
    assert.deepEqual(await told(), { findings: [], heldBack: 2, stderr: '', code: 0 });
    const text = await workshop.run(['lint']);
    assert.match(
      text.stdout,
      /^No problems in 1 file\.\n2 findings are held back by the baseline: '--no-baseline' tells of them\.$/m,
    );
  });

  it('tells of what is new: another place, another line of a command, one more of the same', async () => {
    workshop.write('Dockerfile', 'FROM scratch\nRUN curl a.sh | sh\nRUN curl a.sh | sh\n');
    workshop.write('compose.yaml', `services:\n${service('web', privileged)}`);
    await workshop.run(['baseline']);
    workshop.write(
      'Dockerfile',
      'FROM scratch\nRUN curl a.sh | sh\nRUN curl b.sh | sh\nRUN curl a.sh | sh\nRUN curl a.sh | sh\n',
    );
    compose(service('web', privileged, hostPid), service('db', privileged));
    const { findings, heldBack, code } = await told();
    assert.deepEqual(findings, [
      'Dockerfile:3 curl-pipe-shell',
      'Dockerfile:5 curl-pipe-shell',
      'compose.yaml:6 host-pid',
      'compose.yaml:10 privileged',
    ]);
    assert.deepEqual([heldBack, code], [3, 1]);
  });

  it('lists what it holds back where that is asked for, and steps aside where that is', async () => {
    compose(service('web', privileged));
    await workshop.run(['baseline']);
    assert.deepEqual((await told(['--show-suppressed'])).findings, ['compose.yaml:5 privileged (baseline)']);
    assert.deepEqual(await told(['--no-baseline']), {
      findings: ['compose.yaml:5 privileged'],
      heldBack: 0,
      stderr: '',
      code: 1,
    });
  });

  it('has a line for each finding and nothing that a secret could be read from', async () => {
    workshop.write(
      'compose.yaml',
      `services:\n${service('web', 'environment:', '  DB_PASSWORD: hunter2-long-secret')}`,
    );
    workshop.write(
      'k8s/web.yaml',
      'apiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: shop }\nspec: { hostPID: true }\n',
    );
    await workshop.run(['baseline']);
    assert.doesNotMatch(baseline(), /hunter2/);
    const lines = baseline().split('\n');
    assert.deepEqual(
      lines.map((line) => line.replace(/"content":"[0-9a-z]+"/, '"content":"…"')),
      [
        '{',
        '  "schema": 1,',
        '  "findings": [',
        '    {"file":"compose.yaml","rule":"secret-in-env","at":"service/web services.web.environment.DB_PASSWORD","content":"…"},',
        '    {"file":"k8s/web.yaml","rule":"host-pid","at":"shop/Pod/web spec.hostPID","content":"…"}',
        '  ]',
        '}',
        '',
      ],
    );
  });

  it('shrinks by itself when findings go, so that they do not come back unseen', async () => {
    compose(service('web', privileged), service('db', privileged, hostPid));
    workshop.write('gone/compose.yaml', `services:\n${service('web', privileged)}`);
    await workshop.run(['baseline']);
    compose(service('web'), service('db', privileged, hostPid));
    rmSync(`${workshop.path}/gone/compose.yaml`);
    const shrunk = await told();
    assert.deepEqual([shrunk.findings, shrunk.heldBack, shrunk.code], [[], 2, 0]);
    assert.equal(
      shrunk.stderr,
      'plimsoll: .plimsoll-baseline.json: 2 findings of the baseline are gone and taken out of it; commit the change\n',
    );
    assert.equal((await told()).stderr, '');
    compose(service('web', privileged), service('db', privileged, hostPid));
    assert.deepEqual((await told()).findings, ['compose.yaml:5 privileged']);
    assert.doesNotMatch(baseline(), /gone/);
  });

  it('does not shrink in CI, nor where somebody asked for less, nor by what could not be read', async () => {
    compose(service('web', privileged, hostPid));
    workshop.write('a/compose.yaml', `services:\n${service('web', privileged)}`);
    await workshop.run(['baseline']);
    const before = baseline();
    compose(service('web', privileged));
    assert.equal(
      (await told([], { env: { CI: 'true' } })).stderr,
      "plimsoll: .plimsoll-baseline.json: 1 finding of the baseline is gone; where CI is not set, 'plimsoll lint' takes them out\n",
    );
    for (const words of [
      ['--only', 'privileged'],
      ['--rule', 'host-pid=off'],
      ['--profile', 'strict'],
      ['--no-config'],
      ['a'],
    ]) {
      assert.equal((await told(words)).stderr, '', words.join(' '));
    }
    assert.equal(baseline(), before);
    workshop.write('compose.yaml', 'services: [\n');
    await told();
    workshop.write('compose.yaml', new Uint8Array([0xff, 0x41]));
    await told();
    assert.equal(baseline(), before);
  });

  it('does not shrink by a file in which something new hides what was there', async () => {
    const web = '  web:\n    image: nginx:1.27\n';
    compose(web);
    await workshop.run(['baseline']);
    const before = baseline();
    assert.match(before, /missing-cap-drop-all/);
    compose(`${web}    privileged: true\n`);
    assert.deepEqual((await told()).findings, ['compose.yaml:4 privileged']);
    assert.equal(baseline(), before);
    compose(web);
    assert.deepEqual(await told(), { findings: [], heldBack: 1, stderr: '', code: 0 });
  });

  it('keeps what it recorded behind comments for runs that look there', async () => {
    compose(service('web', `${privileged} # plimsoll: ignore[privileged] it was here first`));
    await workshop.run(['baseline', '--no-inline-ignores']);
    assert.deepEqual(await told(['--no-inline-ignores']), { findings: [], heldBack: 1, stderr: '', code: 0 });
    assert.deepEqual(await told(), { findings: [], heldBack: 0, stderr: '', code: 0 });
    assert.deepEqual(await told(['--no-inline-ignores']), { findings: [], heldBack: 1, stderr: '', code: 0 });
  });

  it('that cannot be written is left, and the findings are judged all the same', async () => {
    compose(service('web', privileged));
    await workshop.run(['baseline']);
    compose(service('web'));
    const files = { ...nodeFiles, replace: () => Promise.reject(new FilesError('the file system is read-only')) };
    const { stderr, code } = await told([], { files });
    assert.equal(
      stderr,
      'plimsoll: .plimsoll-baseline.json: 1 finding of the baseline is gone, but it could not be written: the file system is read-only\n',
    );
    assert.equal(code, 0);
  });

  it('is the nearest one, alone; each speaks for its own folder', async () => {
    compose(service('web', privileged));
    workshop.write('app/compose.yaml', `services:\n${service('web', privileged)}`);
    await workshop.run(['baseline'], { cwd: 'app' });
    assert.deepEqual((await told()).findings, ['compose.yaml:5 privileged']);
    await workshop.run(['baseline']);
    assert.doesNotMatch(baseline(), /app/);
    assert.match(baseline('app/.plimsoll-baseline.json'), /"file":"compose.yaml"/);
    assert.deepEqual(await told(), { findings: [], heldBack: 2, stderr: '', code: 0 });
  });

  it('is added to where only a part is recorded anew', async () => {
    compose(service('web', privileged));
    workshop.write('a/compose.yaml', `services:\n${service('web', privileged)}`);
    await workshop.run(['baseline']);
    compose(service('web', privileged, hostPid));
    workshop.write('a/compose.yaml', `services:\n${service('web', privileged, hostPid)}`);
    await workshop.run(['baseline', 'a']);
    assert.deepEqual((await told()).findings, ['compose.yaml:6 host-pid']);
    assert.deepEqual((await told(['--baseline', '.plimsoll-baseline.json'])).findings, ['compose.yaml:6 host-pid']);
  });

  it('that is broken is told of, and all findings with it; recording anew mends it', async () => {
    compose(service('web', privileged));
    for (const [text, message] of [
      ['{', "it is no JSON: 'plimsoll baseline' writes it anew"],
      [
        '{"schema": 2, "findings": []}',
        "it is no baseline that this version reads: 'plimsoll baseline' writes it anew",
      ],
      ['{"schema": 1, "findings": [{"file": "a"}]}', 'its finding number 1 is not understood'],
      [
        '{"schema": 1, "findings": [{"file":"a","rule":"b","at":"c","content":"d","count":-1}]}',
        'its finding number 1 is not understood',
      ],
    ] as const) {
      workshop.write('.plimsoll-baseline.json', text);
      const { findings, stderr, code } = await told();
      assert.deepEqual(findings, ['compose.yaml:5 privileged']);
      assert.equal(stderr, `plimsoll: .plimsoll-baseline.json: the baseline could not be read: ${message}\n`);
      assert.equal(code, 2);
      assert.equal((await workshop.run(['baseline'])).code, 0);
      assert.deepEqual((await told()).findings, []);
    }
  });

  it('is not written where something could not be checked, since that would be missing', async () => {
    compose(service('web', privileged));
    const { code, stderr } = await workshop.run(['baseline', '.', 'none.yaml']);
    assert.deepEqual(
      [code, stderr],
      [
        2,
        'plimsoll: none.yaml: no such file or folder\nplimsoll: nothing was recorded: what could not be checked would be missing\n',
      ],
    );
    assert.equal(existsSync(`${workshop.path}/.plimsoll-baseline.json`), false);
  });

  it('never holds back what is wrong in a config file', async () => {
    workshop.write('.plimsoll.yaml', 'profil: strict\n');
    compose(service('web', privileged));
    await workshop.run(['baseline']);
    assert.deepEqual((await told()).findings, ['.plimsoll.yaml:1 invalid-config']);
  });

  it('refuses a place that does not hold what it would speak for', async () => {
    workshop.write('a/compose.yaml', `services:\n${service('web', privileged)}`);
    const { code, stderr } = await workshop.run(['baseline', '--file', 'b/baseline.json', 'a']);
    assert.deepEqual(
      [code, stderr],
      [2, "plimsoll: 'a/compose.yaml' does not lie below 'b', for which this baseline speaks.\n"],
    );
    assert.equal((await workshop.run(['lint', '--baseline', 'x', '--no-baseline'])).code, 2);
  });
});
