// The configuration as the command line sees it: what is printed of it, and what it does to findings.
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openWorkshop, type Workshop } from './workshop.js';

const privileged = 'services:\n  web:\n    image: nginx:1.27\n    privileged: true\n';

describe('the configuration on the command line', () => {
  let workshop: Workshop;
  beforeEach(() => {
    workshop = openWorkshop();
  });
  afterEach(() => workshop.close());

  /** `file:line rule severity` of each finding, with `by` and the reason where it is silenced. */
  async function findings(...words: string[]): Promise<readonly string[]> {
    const { stdout, stderr } = await workshop.run(['lint', '--format', 'json', '--show-suppressed', ...words]);
    assert.equal(stderr, '');
    const report = JSON.parse(stdout) as {
      findings: {
        rule: string;
        severity: string;
        file: string;
        range: { start: { line: number } };
        suppressed: { by: string; reason: string } | null;
      }[];
    };
    return report.findings
      .filter(({ rule }) => rule !== 'missing-cap-drop-all')
      .map(({ rule, severity, file, range, suppressed }) =>
        [
          `${file}:${range.start.line}`,
          rule,
          severity,
          ...(suppressed === null ? [] : [suppressed.by, suppressed.reason]),
        ].join(' '),
      );
  }

  describe('plimsoll config', () => {
    it('prints what is in force for a file, each value with who says it', async () => {
      workshop.write(
        '.plimsoll.yaml',
        `extends: base.yaml
profile: strict

rules:
  image-latest-tag: { movingTags: [edge] }
overrides:
  - files: legacy/
    rules: { privileged: info }
ignores:
  - rule: host-pid
    reason: "an agent: of the node"
    until: 2026-12-31
  - rule: host-ipc
    files: other/
    reason: not here
`,
      );
      workshop.write(
        'base.yaml',
        '# of the team\ntrustedRegistries: [ghcr.io/acme]\nrules: { image-latest-tag: error }\n',
      );
      const { code, stdout, stderr } = await workshop.run(['config', 'legacy/compose.yaml', '--rule', 'host-ipc=off']);
      assert.deepEqual([code, stderr], [0, '']);
      const lines = stdout.split('\n');
      assert.deepEqual(lines.slice(0, 6), [
        '# The settings for legacy/compose.yaml. Its config file: .plimsoll.yaml.',
        'profile: strict # .plimsoll.yaml:2',
        'kubernetesVersion: "1.37" # default',
        'trustedRegistries: # base.yaml:2',
        '  - "ghcr.io/acme"',
        'rules:',
      ]);
      const ruleLines = stdout.slice(stdout.indexOf('rules:\n'));
      assert.match(
        ruleLines,
        /^ {2}image-latest-tag:\n {4}severity: error # base.yaml:3\n {4}movingTags: \["edge"\] # .plimsoll.yaml:5$/m,
      );
      assert.match(ruleLines, /^ {2}privileged: info # .plimsoll.yaml:8$/m);
      assert.match(ruleLines, /^ {2}host-ipc: off # --rule$/m);
      assert.match(ruleLines, /^ {2}host-pid: error # default, profile recommended$/m);
      assert.deepEqual(stdout.slice(stdout.indexOf('ignores:')).split('\n'), [
        'ignores:',
        '  - rule: [host-pid] # .plimsoll.yaml:10',
        '    reason: "an agent: of the node"',
        '    until: 2026-12-31',
        '',
      ]);
    });

    it('prints a config file that says the same again', async () => {
      workshop.write(
        '.plimsoll.yaml',
        'profile: all\nrules: { privileged: info, host-ipc: off }\nexclude: ["*.bak.yaml"]\n',
      );
      const first = await workshop.run(['config', 'compose.yaml']);
      workshop.write('.plimsoll.yaml', first.stdout);
      const again = await workshop.run(['lint', '--format', 'json']);
      assert.deepEqual(JSON.parse(again.stdout).findings, []);
      const plain = (text: string) => text.replaceAll(/ #.*$/gm, '');
      assert.equal(plain((await workshop.run(['config', 'compose.yaml'])).stdout), plain(first.stdout));
    });

    it('speaks of the folder where no file is named, and of the defaults where there is no config file', async () => {
      const { code, stdout } = await workshop.run(['config']);
      assert.equal(code, 0);
      assert.match(
        stdout,
        /^# The settings for \.\/\. No config file speaks for it\.\nprofile: recommended # default\n/,
      );
      assert.match(stdout, /^trustedRegistries: # default: the built-in list\n {2}- "docker\.io\/library"$/m);
    });

    it('refuses two files, and a config file that is not there', async () => {
      assert.equal(
        (await workshop.run(['config', 'a', 'b'])).stderr,
        "plimsoll: 'plimsoll config' takes one file or folder, and 'b' is another.\n",
      );
      assert.equal(
        (await workshop.run(['config', '--config', 'none.yaml'])).stderr,
        "plimsoll: There is no config file 'none.yaml'.\n",
      );
    });
  });

  it('has settings for some of the files; a later override wins over an earlier one', async () => {
    workshop.write(
      '.plimsoll.yaml',
      `rules: { privileged: warning }
overrides:
  - files: ["*.yaml", "!c/"]
    rules: { privileged: info }
  - files: b/
    rules: { privileged: off }
`,
    );
    for (const folder of ['a', 'b', 'c']) workshop.write(`${folder}/compose.yaml`, privileged);
    assert.deepEqual(await findings(), ['a/compose.yaml:4 privileged info', 'c/compose.yaml:4 privileged info']);
    assert.deepEqual(await findings('--rule', 'privileged=error'), [
      'a/compose.yaml:4 privileged error',
      'b/compose.yaml:4 privileged error',
      'c/compose.yaml:4 privileged error',
    ]);
  });

  it('silences what its ignores name: by rule, files and resource, until the last day', async () => {
    workshop.write('compose.yaml', `${privileged}  db:\n    image: nginx:1.27\n    privileged: true\n`);
    workshop.write('other/compose.yaml', privileged);
    workshop.write(
      '.plimsoll.yaml',
      `ignores:
  - rule: privileged
    files: /compose.yaml
    resource: service/web
    reason: it builds images
    until: 2026-06-15
`,
    );
    assert.deepEqual(await findings(), [
      'compose.yaml:4 privileged error config it builds images',
      'compose.yaml:7 privileged error',
      'other/compose.yaml:4 privileged error',
    ]);
    const quiet = await workshop.run(['lint', '--format', 'json', 'compose.yaml']);
    assert.deepEqual(
      (JSON.parse(quiet.stdout) as { findings: { rule: string; range: { start: { line: number } } }[] }).findings
        .filter(({ rule }) => rule === 'privileged')
        .map(({ range }) => range.start.line),
      [7],
    );
  });

  it('shows again what an ignore silenced that has ended, and says so on its day', async () => {
    workshop.write('compose.yaml', privileged);
    workshop.write('.plimsoll.yaml', 'ignores:\n  - rule: privileged\n    reason: for now\n    until: 2026-06-14\n');
    assert.deepEqual(await findings(), ['.plimsoll.yaml:4 invalid-config warning', 'compose.yaml:4 privileged error']);
  });

  it('tells of an ignore that silences nothing when all that it could speak of was linted, and only then', async () => {
    const unused = '.plimsoll.yaml:5 invalid-config warning';
    workshop.write('compose.yaml', privileged);
    workshop.write('a/compose.yaml', privileged);
    workshop.write(
      '.plimsoll.yaml',
      `ignores:
  - rule: privileged
    files: /compose.yaml
    reason: it builds images
  - rule: host-pid
    reason: there is none
  - rule: port-bound-to-all-interfaces
    reason: not in this profile
`,
    );
    const seen = ['a/compose.yaml:4 privileged error', 'compose.yaml:4 privileged error config it builds images'];
    assert.deepEqual(await findings(), [unused, ...seen]);
    assert.deepEqual(await findings('compose.yaml'), seen.slice(1));
    assert.deepEqual(await findings('a'), seen.slice(0, 1));
    assert.deepEqual(await findings('--only', 'privileged'), seen);
    workshop.write('b/compose.yaml', 'services: [\n');
    assert.deepEqual(await findings(), [...seen.slice(0, 1), 'b/compose.yaml:1 syntax-error error', ...seen.slice(1)]);
  });

  it('lints the files that it extends, wherever they stand and whatever they are called', async () => {
    workshop.write('compose.yaml', privileged);
    workshop.write('.plimsoll.yaml', 'extends: [team/base.yaml, gone.yaml]\n');
    workshop.write('team/base.yaml', 'rules: { privilegd: off }\n');
    const seen = ['.plimsoll.yaml:1 invalid-config warning', 'compose.yaml:4 privileged error'];
    const base = 'team/base.yaml:1 invalid-config warning';
    assert.deepEqual(await findings(), [...seen, base]);
    assert.deepEqual(await findings('compose.yaml'), [...seen, base]);
  });

  it('leaves out named files that it excludes where a program names them, and says so', async () => {
    workshop.write('.plimsoll.yaml', 'include: [deploy/]\nexclude: [deploy/old/, "*.bak.yaml"]\n');
    const paths = ['deploy/compose.yaml', 'deploy/old/compose.yaml', 'deploy/compose.bak.yaml', 'compose.yaml'];
    for (const path of paths) workshop.write(path, privileged);
    assert.equal((await findings(...paths)).length, 4);
    const { stdout, stderr } = await workshop.run(['lint', '--format', 'json', '--force-exclude', ...paths]);
    assert.deepEqual(
      [...stdout.matchAll(/"file": "(.*)"/g)].map(([, file]) => file),
      ['deploy/compose.yaml'],
    );
    assert.equal(
      stderr,
      ['deploy/old/compose.yaml', 'deploy/compose.bak.yaml', 'compose.yaml']
        .map((path) => `plimsoll: ${path}: excluded by the configuration; not checked\n`)
        .join(''),
    );
    const words = ['lint', '--fix', '--force-exclude', '--stdin-filename'];
    const excluded = await workshop.run([...words, 'deploy/old/compose.yaml'], { stdin: privileged });
    assert.deepEqual([excluded.stdout, excluded.code], [privileged, 0]);
    assert.equal((await workshop.run([...words, 'deploy/compose.yaml'], { stdin: privileged })).code, 1);
  });

  it('takes nothing in through links that lead out of the repository', async () => {
    workshop.write('outside/base.yaml', 'rules: { privileged: off }\n');
    workshop.write('repo/.git/HEAD', '');
    workshop.write('repo/compose.yaml', privileged);
    workshop.write('repo/.plimsoll.yaml', 'extends: [link/base.yaml, file.yaml]\n');
    symlinkSync(`${workshop.path}/outside`, `${workshop.path}/repo/link`);
    symlinkSync(`${workshop.path}/outside/base.yaml`, `${workshop.path}/repo/file.yaml`);
    mkdirSync(`${workshop.path}/repo/k8s`);
    const { stdout } = await workshop.run(['lint', '--format', 'json'], { cwd: 'repo' });
    assert.deepEqual(
      (JSON.parse(stdout) as { findings: { rule: string; message: string }[] }).findings
        .filter(({ rule }) => rule !== 'missing-cap-drop-all')
        .map(({ rule, message }) => (rule === 'invalid-config' ? message : rule)),
      [
        "'link/base.yaml' could not be read: it is not taken in.",
        "'file.yaml' could not be read: it is not taken in.",
        'privileged',
      ],
    );
  });
});
