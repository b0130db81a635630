import assert from 'node:assert/strict';
import { chmodSync, lstatSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { LocalFiles } from '../../src/cli/io.js';
import { nodeFiles } from '../../src/cli/node-files.js';
import { defineRule } from '../../src/engine/rule.js';
import { FilesError } from '../../src/service/files.js';
import { openWorkshop, rules, type Workshop } from './workshop.js';

const pod = (privileged: boolean) => `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: app
      image: docker.io/library/nginx:1.27
      securityContext:
        privileged: ${privileged}
`;

interface JsonReport {
  readonly files: number;
  readonly findings: readonly {
    readonly rule: string;
    readonly file: string;
    readonly range: object;
    readonly suppressed: object | null;
  }[];
  readonly errors: readonly { readonly file: string; readonly message: string }[];
}

describe('plimsoll lint', () => {
  let shop: Workshop;

  beforeEach(() => {
    shop = openWorkshop();
  });

  afterEach(() => shop.close());

  async function json(words: readonly string[], options: Parameters<Workshop['lint']>[1] = {}): Promise<JsonReport> {
    const { stdout } = await shop.lint(['--format', 'json', ...words], options);
    const report: JsonReport = JSON.parse(stdout);
    return report;
  }

  /** "file rule", in the order of the report. */
  const told = (report: JsonReport) => report.findings.map(({ file, rule }) => `${file} ${rule}`);

  describe('the text report', () => {
    it('shows place, severity, rule, message, the token underlined, related places, the fix and what to do next', async () => {
      shop.write('build/Dockerfile', 'FROM golang:1.25\nFROM nginx:latest\n');
      const { code, stdout, stderr } = await shop.lint([]);
      assert.equal(
        stdout,
        `build/Dockerfile:2:12 warning latest-tag The tag is 'latest': it moves.
 2 | FROM nginx:latest
   |            ^^^^^^
   = see: build/Dockerfile:2:6 It is the tag of this image.
   = fix: Change to '1'

1 warning in 1 of 1 file.
1 safe fix: add '--fix' to apply.
Why, and what to do: plimsoll explain latest-tag
`,
      );
      assert.equal(stderr, '');
      assert.equal(code, 0);
    });

    it('says what was looked at when there is nothing to say', async () => {
      shop.write('web.yaml', pod(false));
      const { code, stdout, stderr } = await shop.lint([]);
      assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: 'No problems in 1 file.\n', stderr: '' });
    });

    it('says so when there was nothing to look at', async () => {
      shop.write('notes.txt', 'hello');
      shop.write('.gitignore', 'old/\n');
      shop.write('old/web.yaml', pod(true));
      const { code, stdout } = await shop.lint([]);
      assert.equal(
        stdout,
        'Nothing was checked: there is no Dockerfile, Compose file or Kubernetes manifest, or it is excluded.\n',
      );
      assert.equal(code, 0);
      const gone = await shop.lint(['gone.yaml']);
      assert.equal(gone.stdout, 'Nothing was checked.\n');
      assert.equal(gone.code, 2);
    });

    it('tells apart the fixes that --fix applies and those that it leaves to the reader', async () => {
      shop.write('Dockerfile', 'FROM nginx:latest\n');
      shop.write('web.yaml', pod(true));
      const { stdout } = await shop.lint([]);
      assert.ok(
        stdout.endsWith(
          `
1 error, 1 warning in 2 of 2 files.
1 safe fix: add '--fix' to apply.
1 fix to review: '--fix' leaves to you what may change how things behave.
Why, and what to do: plimsoll explain privileged
`,
        ),
        stdout,
      );
    });

    it('promises no fix for a config file that was not named, which --fix leaves alone', async () => {
      shop.write('.plimsoll.yaml', 'profle: strict\n');
      shop.write('sub/web.yaml', pod(false));
      const { stdout } = await shop.lint(['sub']);
      assert.match(stdout, /^\.plimsoll\.yaml:1:1 warning invalid-config .*\n.*\n.*\n {3}= fix: Change to 'profile'\n/);
      assert.doesNotMatch(stdout, /safe fix/);
      assert.match((await shop.lint([])).stdout, /\n1 safe fix: add '--fix' to apply\.\n/);
    });

    it('is not cut for a terminal that does not know its width', async () => {
      const comment = `# ${'x'.repeat(70)}`;
      shop.write('web.yaml', pod(true).replace('true', `true ${comment}`));
      const shown = async (columns: number) => (await shop.lint([], { terminal: true, columns })).stdout;
      assert.ok((await shown(0)).includes(comment));
      assert.ok(!(await shown(60)).includes(comment));
    });

    it('leaves summary and notes away with --quiet', async () => {
      shop.write('web.yaml', pod(true));
      shop.write('notes.txt', 'hello');
      const { code, stdout, stderr } = await shop.lint(['--quiet', 'web.yaml', 'notes.txt']);
      assert.match(
        stdout,
        /^web\.yaml:10:21 error privileged .*\n 10 \| .*\n {4}\| {21}\^{4}\n {4}= fix: .* \(to review\)\n\n$/,
      );
      assert.equal(stderr, '');
      assert.equal(code, 1);
    });

    it('names a file that it has nothing to say about, when it was asked about it', async () => {
      shop.write('notes.txt', 'hello');
      const { stderr } = await shop.lint(['notes.txt']);
      assert.equal(
        stderr,
        'plimsoll: notes.txt: no Dockerfile, Compose file or Kubernetes manifest; nothing to check\n',
      );
    });

    it('is coloured on a terminal, unless the user or the environment says otherwise', async () => {
      shop.write('web.yaml', pod(true));
      const red = '\u001b[31merror\u001b[39m';
      const has = async (words: readonly string[], options: Parameters<Workshop['lint']>[1]) =>
        (await shop.lint(words, options)).stdout.includes(red);
      assert.equal(await has([], { terminal: true }), true);
      assert.equal(await has([], {}), false);
      assert.equal(await has([], { terminal: true, env: { NO_COLOR: '1' } }), false);
      assert.equal(await has([], { terminal: true, env: { TERM: 'dumb' } }), false);
      assert.equal(await has([], { env: { FORCE_COLOR: '1' } }), true);
      assert.equal(await has(['--color'], { env: { NO_COLOR: '1' } }), true);
      assert.equal(await has(['--no-color'], { terminal: true, env: { FORCE_COLOR: '1' } }), false);
    });

    it('writes no control character of a file, its name or its messages to the terminal', async () => {
      const hostile = '\u001b]0;owned\u0007\u009b31m\u202e';
      shop.write(
        `k8s/${hostile}.yaml`,
        pod(true).replace('name: app', `name: "${hostile}"`).replace('true', `true # ${hostile}`),
      );
      const { stdout, stderr } = await shop.lint([]);
      assert.match(stdout, /^k8s\/␛\]0;owned␇<U\+009B>31m<U\+202E>\.yaml:10:21 error privileged/);
      assert.match(stdout, /\n 10 \| {9}privileged: true # ␛\]0;owned␇<U\+009B>31m<U\+202E>\n/);
      assert.doesNotMatch(stdout + stderr, /[^\P{Cc}\n]|\p{Cf}/u);
    });

    it('shows how far a long scan is on a terminal, and takes it away again', async () => {
      for (const name of ['a', 'b', 'c']) shop.write(`${name}.yaml`, pod(false));
      let time = 0;
      const now = () => {
        time += 600;
        return time;
      };
      const slow = await shop.lint([], { terminal: true, now });
      assert.match(slow.stderr, /Checked 2 of 3 files …/);
      assert.ok(slow.stderr.endsWith('\r\u001b[2K'));
      assert.equal((await shop.lint([], { now })).stderr, '');
      assert.equal((await shop.lint(['--quiet'], { terminal: true, now })).stderr, '');
      assert.equal((await shop.lint([], { terminal: true })).stderr, '');
    });
  });

  describe('the JSON report', () => {
    it('has exactly the shape of the contract', async () => {
      shop.write('k8s/web.yaml', pod(true));
      const { code, stdout } = await shop.lint(['--format', 'json']);
      assert.deepEqual(JSON.parse(stdout), {
        schema: 1,
        tool: { name: 'plimsoll', version: '1.2.3' },
        files: 1,
        findings: [
          {
            rule: 'privileged',
            severity: 'error',
            confidence: 'high',
            message: "Container 'app' is privileged: a break-out owns the host.",
            file: 'k8s/web.yaml',
            range: { start: { line: 10, column: 21 }, end: { line: 10, column: 25 } },
            standards: ['pss/baseline'],
            related: [],
            fixes: [{ title: "Change to 'false'", safety: 'unsafe' }],
            suppressed: null,
          },
        ],
        heldBack: 0,
        errors: [],
      });
      assert.equal(code, 1);
    });

    it('is in the order of files, places and rules, whatever the order of the paths', async () => {
      shop.write('b.yaml', pod(true));
      shop.write('a/z.yaml', pod(true));
      shop.write('a.yaml', pod(true));
      const expected = ['a.yaml privileged', 'a/z.yaml privileged', 'b.yaml privileged'];
      assert.deepEqual(told(await json(['b.yaml', 'a', 'a.yaml', 'a/z.yaml'])), expected);
    });

    it('counts columns in UTF-16 units and leaves a byte order mark out', async () => {
      shop.write('Dockerfile', '\uFEFFFROM nginx:latest\n');
      shop.write('compose.yaml', 'services: { "😀": { image: "nginx:latest" } }\n');
      const report = await json([]);
      assert.deepEqual(
        report.findings.map(({ file, range }) => [file, range]),
        [
          ['Dockerfile', { start: { line: 1, column: 12 }, end: { line: 1, column: 18 } }],
          ['compose.yaml', { start: { line: 1, column: 35 }, end: { line: 1, column: 41 } }],
        ],
      );
    });

    it('names files outside the working directory by the way to them', async () => {
      shop.write('sub/keep.txt', '');
      shop.write('web.yaml', pod(true));
      assert.deepEqual(told(await json(['../web.yaml'], { cwd: 'sub' })), ['../web.yaml privileged']);
    });

    it('lists what a comment silences only when asked, with its reason, and lets it pass in any case', async () => {
      shop.write('web.yaml', pod(true).replace('true', 'true # plimsoll: ignore[privileged] it mounts disks'));
      const quiet = await shop.lint(['--format', 'json']);
      assert.equal(quiet.code, 0);
      assert.deepEqual(JSON.parse(quiet.stdout).findings, []);
      const report = await json(['--show-suppressed']);
      assert.deepEqual(
        report.findings.map(({ rule, suppressed }) => [rule, suppressed]),
        [['privileged', { by: 'comment', reason: 'it mounts disks' }]],
      );
    });
  });

  describe('the report for GitHub', () => {
    it('has a command for each finding, and no text of a file can begin another one', async () => {
      shop.write('k8s/a,b.yaml', pod(true).replace('name: app', 'name: "50%\\n::error::owned"'));
      const { stdout } = await shop.lint(['--format', 'github']);
      assert.match(
        stdout,
        /^::error file=k8s\/a%2Cb\.yaml,line=10,endLine=10,col=21,endColumn=24,title=plimsoll\(privileged\)::Container '50%25.*::error::owned' is privileged: a break-out owns the host\.\n$/,
      );
    });

    it('tells what could not be read', async () => {
      const { code, stdout } = await shop.lint(['--format', 'github', 'gone.yaml']);
      assert.equal(stdout, '::error file=gone.yaml,title=plimsoll::gone.yaml: no such file or folder\n');
      assert.equal(code, 2);
    });
  });

  describe('exit codes', () => {
    const cases: readonly [threshold: string, error: number, warning: number][] = [
      ['error', 1, 0],
      ['warning', 1, 1],
      ['info', 1, 1],
      ['never', 0, 0],
    ];
    for (const [threshold, error, warning] of cases) {
      it(`--fail-on ${threshold}: ${error} for an error, ${warning} for a warning`, async () => {
        shop.write('error/web.yaml', pod(true));
        shop.write('warning/Dockerfile', 'FROM nginx:latest\n');
        assert.equal((await shop.lint(['--fail-on', threshold, 'error'])).code, error);
        assert.equal((await shop.lint(['--fail-on', threshold, 'warning'])).code, warning);
      });
    }

    it('2 for a named path that is not there; the others are linted', async () => {
      shop.write('web.yaml', pod(true));
      const { code, stdout, stderr } = await shop.lint(['gone.yaml', 'web.yaml']);
      assert.equal(code, 2);
      assert.match(stdout, /web\.yaml:10:21 error privileged/);
      assert.equal(stderr, 'plimsoll: gone.yaml: no such file or folder\n');
    });

    it('2 for a folder that cannot be entered; the others are linted', async () => {
      shop.write('closed/web.yaml', pod(true));
      shop.write('open/web.yaml', pod(true));
      const files = denying(`${shop.path}/closed`);
      const report = await json([], { files });
      assert.deepEqual(told(report), ['open/web.yaml privileged']);
      assert.deepEqual(report.errors, [{ file: 'closed', message: 'permission denied' }]);
      assert.equal((await shop.lint([], { files })).code, 2);
    });

    it('2 for a file in the walk that cannot be read; the others are linted', async () => {
      shop.write('a.yaml', pod(true));
      shop.write('b.yaml', pod(true));
      const report = await json([], { files: denying(`${shop.path}/a.yaml`) });
      assert.deepEqual(told(report), ['b.yaml privileged']);
      assert.deepEqual(report.errors, [{ file: 'a.yaml', message: 'permission denied' }]);
    });

    it('2 for a rule that throws, which is never "clean"; the other rules go on', async () => {
      shop.write('web.yaml', pod(true));
      const broken = defineRule({
        meta: { ...(rules[1]?.meta ?? assert.fail()), id: 'broken' },
        check: {
          container() {
            throw new TypeError('no way');
          },
        },
      });
      const report = await json([], { rules: [...rules, broken] });
      assert.deepEqual(told(report), ['web.yaml privileged']);
      assert.match(report.errors[0]?.message ?? '', /^the rule 'broken' failed here: TypeError: no way \(at /);
      assert.equal((await shop.lint([], { rules: [broken] })).code, 2);
    });

    const wrong: readonly [words: readonly string[], message: RegExp][] = [
      [['--formt', 'json'], /'plimsoll lint' has no flag '--formt'\. Did you mean '--format'\?/],
      [
        ['--format', 'jsn'],
        /'--format' does not take 'jsn'\. Did you mean 'json'\? It takes text, json, sarif, github, gitlab, junit, html\./,
      ],
      [['--format'], /'--format' needs a value: --format FORMAT/],
      [['--format', '--fix'], /'--format' needs a value/],
      [['--fix=yes'], /'--fix' takes no value/],
      [['--fail-on', 'hint'], /'--fail-on' does not take 'hint'\. It takes error, warning, info, never\./],
      [['--rule', 'privilegd=off'], /There is no rule 'privilegd'\. Did you mean 'privileged'\?/],
      [['--rule', 'privileged=warn'], /There is no severity 'warn'\..* off, hint, info, warning, error/],
      [['--rule', 'privileged'], /lacks a severity/],
      [['--only', 'privileged,latest-tg'], /There is no rule 'latest-tg'\. Did you mean 'latest-tag'\?/],
      [['--kubernetes-version', '2.0'], /'2\.0' is no Kubernetes version/],
      [['--config', 'gone.yaml'], /There is no config file 'gone\.yaml'/],
      [['--config', 'a.yaml', '--no-config'], /exclude each other/],
      [['-'], /--stdin-filename NAME/],
      [['--stdin-filename', 'a.yaml', 'b.yaml'], /name no other path/],
      [[''], /A path is empty/],
      [['-x'], /has no flag '-x'/],
    ];
    for (const [words, message] of wrong) {
      it(`2 and a clear message for ${words.join(' ') || "''"}`, async () => {
        const { code, stdout, stderr } = await shop.lint(words);
        assert.match(stderr, message);
        assert.equal(stdout, '');
        assert.equal(code, 2);
      });
    }
  });

  describe('what is linted', () => {
    it('takes folders apart by name and content, and leaves out what is vendored or ignored', async () => {
      shop.write('api/Dockerfile', 'FROM nginx:latest\n');
      shop.write('deploy/web.yml', pod(true));
      shop.write('.github/compose.yaml', 'services: { a: { image: "nginx:latest" } }\n');
      shop.write('values.yaml', 'image: nginx:latest\n');
      shop.write('node_modules/x/Dockerfile', 'FROM nginx:latest\n');
      shop.write('vendor/x/web.yaml', pod(true));
      shop.write('.gitignore', '/generated/\n*.tmp.yaml\n');
      shop.write('generated/web.yaml', pod(true));
      shop.write('deploy/web.tmp.yaml', pod(true));
      shop.write('deploy/.gitignore', 'local.yaml\n!kept.tmp.yaml\n');
      shop.write('deploy/local.yaml', pod(true));
      shop.write('deploy/kept.tmp.yaml', pod(true));
      assert.deepEqual(told(await json([])), [
        '.github/compose.yaml latest-tag',
        'api/Dockerfile latest-tag',
        'deploy/kept.tmp.yaml privileged',
        'deploy/web.yml privileged',
      ]);
    });

    it('takes a .gitignore above the named folder into account', async () => {
      shop.write('.gitignore', 'deploy/secret/\n');
      shop.write('deploy/secret/web.yaml', pod(true));
      shop.write('deploy/web.yaml', pod(true));
      assert.deepEqual(told(await json(['deploy'])), ['deploy/web.yaml privileged']);
    });

    it('lints what is named whatever patterns say', async () => {
      shop.write('.gitignore', 'web.yaml\n');
      shop.write('.plimsoll.yaml', 'exclude: [vendor/]\n');
      shop.write('web.yaml', pod(true));
      shop.write('vendor/Dockerfile', 'FROM nginx:latest\n');
      assert.deepEqual(told(await json(['web.yaml', 'vendor'])), [
        'vendor/Dockerfile latest-tag',
        'web.yaml privileged',
      ]);
    });

    it('obeys include and exclude of the config file, and lets exclude bring back what is left out', async () => {
      shop.write('.plimsoll.yaml', "include: [deploy/, '*.yml']\nexclude: ['!vendor/', deploy/old]\n");
      shop.write('deploy/web.yaml', pod(true));
      shop.write('deploy/old/web.yaml', pod(true));
      shop.write('vendor/web.yml', pod(true));
      shop.write('other/web.yaml', pod(true));
      assert.deepEqual(told(await json([])), ['deploy/web.yaml privileged', 'vendor/web.yml privileged']);
    });

    it('does not follow links in a walk: a loop ends, and nothing outside is read', async () => {
      const outside = mkdtempSync(join(tmpdir(), 'plimsoll-outside-'));
      try {
        writeFileSync(join(outside, 'web.yaml'), pod(true));
        shop.write('k8s/web.yaml', pod(true));
        symlinkSync('..', join(shop.path, 'k8s/up'));
        symlinkSync(outside, join(shop.path, 'outside'));
        symlinkSync(join(outside, 'web.yaml'), join(shop.path, 'outside.yaml'));
        const report = await json([]);
        assert.deepEqual(told(report), ['k8s/web.yaml privileged']);
        assert.deepEqual(report.errors, []);
      } finally {
        rmSync(outside, { recursive: true });
      }
    });

    it('names a link that leads to itself', async () => {
      symlinkSync('self.yaml', join(shop.path, 'self.yaml'));
      const report = await json(['self.yaml']);
      assert.deepEqual(report.errors, [{ file: 'self.yaml', message: 'a link that leads to itself' }]);
    });

    it('takes the variables of a Compose file from the `.env` beside it, and never from an `env_file`', async () => {
      const compose = (variable: string) =>
        `services:\n  web:\n    image: nginx:\${${variable}}\n    env_file: [web.env]\n`;
      shop.write('.env', 'ABOVE=latest\n');
      shop.write('shop/.env', 'BESIDE=latest\n');
      shop.write('shop/web.env', 'OF_SERVICE=latest\n');
      for (const name of ['ABOVE', 'BESIDE', 'OF_SERVICE']) {
        shop.write(`shop/compose.${name}.yaml`, compose(name));
      }
      assert.deepEqual(told(await json([])), ['shop/compose.BESIDE.yaml latest-tag']);
    });

    it('keeps silent about templates of a Helm chart, and says how many there were', async () => {
      const template = '{{- if .Values.on }}\napiVersion: v1\nkind: Pod\nmetadata: {{ include "x" . }}\n{{- end }}\n';
      shop.write('chart/Chart.yaml', 'apiVersion: v2\nname: x\n');
      shop.write('chart/templates/broken.yaml', template);
      shop.write('chart/templates/deep/web.yaml', pod(true));
      const { stdout, code } = await shop.lint(['chart']);
      assert.match(stdout, /\n2 Helm templates not checked: values decide what they say\.\n/);
      assert.doesNotMatch(stdout, /privileged|syntax-error/);
      assert.equal(code, 0);
      const named = await shop.lint(['chart/templates/deep/web.yaml']);
      assert.match(named.stderr, /web\.yaml: a template of a Helm chart; its values decide what it says/);
    });

    it('lints a folder named templates that belongs to no chart', async () => {
      shop.write('templates/web.yaml', pod(true));
      assert.deepEqual(told(await json(['templates'])), ['templates/web.yaml privileged']);
    });
  });

  describe('files that cannot be checked', () => {
    const message = async (name: string, contents: string | Uint8Array): Promise<string> => {
      shop.write(name, contents);
      shop.write('good.yaml', pod(true));
      const { stdout } = await shop.lint(['--quiet']);
      assert.match(stdout, /^good\.yaml:10:21 error privileged/m);
      return stdout.split('\n').find((line) => line.startsWith(name)) ?? '';
    };

    it('names invalid UTF-8', async () => {
      const bytes = Buffer.concat([Buffer.from(pod(true)), Buffer.from([0xff])]);
      assert.equal(
        await message('bad.yaml', bytes),
        'bad.yaml:1:1 info skipped-file The file is not valid UTF-8: it was not checked.',
      );
    });

    it('names NUL bytes, also where nothing else can be recognised', async () => {
      const expected =
        'bad.yaml:1:1 info skipped-file The file has NUL bytes, which text never has: it was not checked.';
      assert.equal(await message('bad.yaml', `${pod(true)}\0`), expected);
      assert.equal(await message('bad.yaml', '\0\u0001\u0002\0'), expected);
    });

    it('names the size of a file of 5 MB', async () => {
      assert.equal(
        await message('bad.yaml', pod(true) + '#'.repeat(5 * 1024 * 1024)),
        'bad.yaml:1:1 info skipped-file The file is larger than the limit of 4 MB: it was not checked.',
      );
    });

    it('reads UTF-16 that has a byte order mark', async () => {
      shop.write('web.yaml', Buffer.from(`\uFEFF${pod(true)}`, 'utf16le'));
      assert.deepEqual(told(await json([])), ['web.yaml privileged']);
    });

    it('gives a short frame for a line of a megabyte', async () => {
      shop.write(
        'compose.yaml',
        `services: {${' '.repeat(1_000_000)}a: { privileged: true, x-a: "${'x'.repeat(100_000)}" } }\n`,
      );
      const { stdout } = await shop.lint(['--quiet']);
      const [, code = '', marks = ''] = stdout.split('\n');
      assert.ok(code.length < 130, code);
      assert.equal(code.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1), 'true');
    });
  });

  describe('configuration', () => {
    it('takes the nearest config file alone', async () => {
      shop.write('.plimsoll.yaml', 'rules: { privileged: warning, latest-tag: off }\n');
      shop.write('web.yaml', pod(true));
      shop.write('sub/.plimsoll.yaml', 'rules: { privileged: info }\n');
      shop.write('sub/deep/web.yaml', pod(true).replace('1.27', 'latest'));
      const { stdout } = await shop.lint(['--quiet']);
      assert.deepEqual(
        [...stdout.matchAll(/^\S+ \S+ \S+/gm)].map(([head]) => head),
        [
          'sub/deep/web.yaml:8:38 warning latest-tag',
          'sub/deep/web.yaml:10:21 info privileged',
          'web.yaml:10:21 warning privileged',
        ],
      );
    });

    it('lets flags win over the file', async () => {
      shop.write('.plimsoll.yml', 'rules: { privileged: off }\n');
      shop.write('web.yaml', pod(true));
      assert.deepEqual(told(await json([])), []);
      assert.deepEqual(told(await json(['--rule', 'privileged=hint'])), ['web.yaml privileged']);
      assert.deepEqual(told(await json(['--no-config'])), ['web.yaml privileged']);
      assert.deepEqual(told(await json(['--no-config', '--only', 'latest-tag,skipped-file'])), []);
    });

    it('takes the named config file for everything, and says what is wrong in it', async () => {
      shop.write('web.yaml', pod(true));
      shop.write('strange-name.yaml', 'rules: { privileged: off }\nprofle: strict\n');
      const report = await json(['--config', 'strange-name.yaml', 'web.yaml']);
      assert.deepEqual(told(report), ['strange-name.yaml invalid-config']);
    });

    it('says what is wrong in the config file of the files that it linted, wherever it stands', async () => {
      shop.write('.plimsoll.yaml', 'profle: strict\n');
      shop.write('sub/web.yaml', pod(true));
      assert.deepEqual(told(await json(['sub'])), ['.plimsoll.yaml invalid-config', 'sub/web.yaml privileged']);
    });

    it('names a config file that cannot be read, and goes on with the defaults', async () => {
      shop.write('.plimsoll.yaml', 'rules: { privileged: off }\n');
      shop.write('web.yaml', pod(true));
      const report = await json(['web.yaml'], { files: denying(`${shop.path}/.plimsoll.yaml`) });
      assert.deepEqual(told(report), ['web.yaml privileged']);
      assert.deepEqual(report.errors, [{ file: '.plimsoll.yaml', message: 'permission denied' }]);
    });
  });

  describe('standard input', () => {
    it('is linted as the file that it stands for, with the configuration of its folder', async () => {
      shop.write('sub/.plimsoll.yaml', 'rules: { privileged: warning }\n');
      const { code, stdout } = await shop.lint(['--quiet', '--stdin-filename', 'sub/web.yaml'], { stdin: pod(true) });
      assert.match(stdout, /^sub\/web\.yaml:10:21 warning privileged/);
      assert.equal(code, 0);
    });

    it('comes back fixed with --fix, and the findings that remain go elsewhere', async () => {
      const stdin = 'FROM nginx:latest\n# plimsoll: ignore[latest-tag] on purpose\nFROM redis:latest\n';
      const { code, stdout, stderr } = await shop.lint(['--fix', '--stdin-filename', 'Dockerfile'], { stdin });
      assert.equal(stdout, stdin.replace('nginx:latest', 'nginx:1'));
      assert.match(stderr, /Fixed 1 problem in 1 file\.\nNo problems in 1 file\.\n$/);
      assert.equal(code, 0);
    });

    it('comes back byte for byte where nothing can be fixed', async () => {
      const stdin = Buffer.concat([Buffer.from(pod(true)), Buffer.from([0xff])]);
      const large = Buffer.from(`${pod(true)}${'#'.repeat(5 * 1024 * 1024)}\n`);
      const unknown = Buffer.from([1, 2, 3, 0xfe]);
      for (const bytes of [stdin, large, unknown]) {
        const outcome = await shop.lint(['--fix', '--stdin-filename', 'web.yaml'], { stdin: bytes });
        assert.ok(outcome.bytes.equals(bytes));
      }
    });
  });

  describe('--fix', () => {
    it('writes the safe fixes, keeps every other byte and the mode, and counts what remains', async () => {
      const text = '\uFEFFFROM nginx:latest AS a\r\nFROM redis:latest AS b\r\nFROM a';
      shop.write('Dockerfile', text);
      chmodSync(join(shop.path, 'Dockerfile'), 0o640);
      shop.write('web.yaml', pod(true));
      const { code, stdout } = await shop.lint(['--fix']);
      assert.equal(readFileSync(join(shop.path, 'Dockerfile'), 'utf8'), text.replaceAll(':latest', ':1'));
      assert.equal(statSync(join(shop.path, 'Dockerfile')).mode & 0o777, 0o640);
      assert.equal(readFileSync(join(shop.path, 'web.yaml'), 'utf8'), pod(true));
      assert.match(
        stdout,
        /Fixed 2 problems in 1 file\.\n1 error in 1 of 2 files\.\n1 fix to review: '--fix' leaves to you what may change how things behave\.\n/,
      );
      assert.equal(code, 1);
    });

    it('keeps UTF-16', async () => {
      const text = `\uFEFF${pod(false).replace('1.27', 'latest')}`;
      shop.write('web.yaml', Buffer.from(text, 'utf16le'));
      await shop.lint(['--fix']);
      assert.equal(readFileSync(join(shop.path, 'web.yaml')).toString('utf16le'), text.replace('latest', '1'));
    });

    it('keeps a link, and refuses one that leads out of the root', async () => {
      const outside = mkdtempSync(join(tmpdir(), 'plimsoll-outside-'));
      try {
        writeFileSync(join(outside, 'Dockerfile'), 'FROM nginx:latest\n');
        symlinkSync(join(outside, 'Dockerfile'), join(shop.path, 'Dockerfile'));
        shop.write('real/Dockerfile', 'FROM nginx:latest\n');
        symlinkSync('real/Dockerfile', join(shop.path, 'Dockerfile.inside'));
        const { code, stderr } = await shop.lint(['--fix', 'Dockerfile', 'Dockerfile.inside']);
        assert.equal(readFileSync(join(outside, 'Dockerfile'), 'utf8'), 'FROM nginx:latest\n');
        assert.equal(readFileSync(join(shop.path, 'real/Dockerfile'), 'utf8'), 'FROM nginx:1\n');
        assert.ok(lstatSync(join(shop.path, 'Dockerfile.inside')).isSymbolicLink());
        assert.equal(stderr, 'plimsoll: Dockerfile: it is a link that leads elsewhere; not written\n');
        assert.equal(code, 2);
      } finally {
        rmSync(outside, { recursive: true });
      }
    });

    it('tells what it could not write, and that the finding is still there', async () => {
      shop.write('Dockerfile', 'FROM nginx:latest\n');
      const files: LocalFiles = {
        ...nodeFiles,
        replace: () => Promise.reject(new FilesError('the file system is read-only')),
      };
      const { code, stdout, stderr } = await shop.lint(['--fix'], { files });
      assert.match(stdout, /^Dockerfile:1:12 warning latest-tag/);
      assert.equal(stderr, 'plimsoll: Dockerfile: the fixed text could not be written: the file system is read-only\n');
      assert.equal(code, 2);
    });

    it('does not overwrite what somebody else wrote meanwhile', async () => {
      shop.write('Dockerfile', 'FROM somebody/else:1\n');
      const path = `${shop.path}/Dockerfile`;
      const encode = (text: string) => new TextEncoder().encode(text);
      await assert.rejects(nodeFiles.replace(path, encode('FROM nginx:latest\n'), encode('FROM nginx:1\n')), /changed/);
      assert.equal(readFileSync(path, 'utf8'), 'FROM somebody/else:1\n');
    });

    it('leaves config files alone that were not named', async () => {
      shop.write('.plimsoll.yaml', 'profle: strict\n');
      shop.write('sub/Dockerfile', 'FROM nginx:latest\n');
      await shop.lint(['--fix', 'sub']);
      assert.equal(readFileSync(join(shop.path, '.plimsoll.yaml'), 'utf8'), 'profle: strict\n');
      assert.equal(readFileSync(join(shop.path, 'sub/Dockerfile'), 'utf8'), 'FROM nginx:1\n');
    });
  });
});

/** The file system, but for one path that may not be read. Root may read everything, so that modes would not do. */
function denying(path: string): LocalFiles {
  const deny = <T>(asked: string, action: () => Promise<T>): Promise<T> =>
    asked === path ? Promise.reject(new FilesError('permission denied')) : action();
  return {
    ...nodeFiles,
    read: (asked, limit) => deny(asked, () => nodeFiles.read(asked, limit)),
    list: (asked) => deny(asked, () => nodeFiles.list(asked)),
  };
}
