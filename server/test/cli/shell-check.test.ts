// `--shellcheck`: a program that stands for ShellCheck is asked, and what it says is told like everything else.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { shellChecker } from '../../src/disk/shell-check.js';
import { defineRule } from '../../src/engine/rule.js';
import { replaceText } from '../../src/model/change.js';
import shellcheckFinding from '../../src/rules/build/shellcheck-finding/rule.js';
import { ShellCheckerError, ShellChecks } from '../../src/service/shell-checks.js';
import { type FakeShellCheck, fakeShellCheck } from '../support/fake-shell-check.js';
import { openWorkshop, type Workshop } from './workshop.js';

const dockerfile = 'FROM debian:12.1\nRUN true && \\\n    echo $NAME\nRUN echo done\nRUN true && \\\n    echo $NAME\n';

/** Its safe fix changes a script. */
const noTrue = defineRule({
  meta: {
    id: 'no-true',
    summary: 'It is true.',
    severity: 'info',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {},
  },
  check: {
    command({ name, nameAt }, report) {
      if (name !== 'true') return;
      const change = replaceText(nameAt, ':');
      report({ at: nameAt, message: "'true' is true.", fix: { title: 'Change it', safety: 'safe', change } });
    },
  },
});

interface Told {
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly message: string;
    readonly file: string;
    readonly range: { readonly start: { readonly line: number; readonly column: number } };
    readonly fixes: readonly { readonly title: string; readonly safety: string }[];
  }[];
  readonly errors: readonly { readonly file: string; readonly message: string }[];
}

describe('plimsoll lint --shellcheck', () => {
  let workshop: Workshop;
  let fake: FakeShellCheck;
  beforeEach(() => {
    workshop = openWorkshop();
    mkdirSync(`${workshop.path}/bin`);
    fake = fakeShellCheck(`${workshop.path}/bin`);
    workshop.write('Dockerfile', dockerfile);
  });
  afterEach(() => workshop.close());

  async function run(...words: readonly string[]) {
    const { code, stdout, stderr } = await workshop.run(['lint', '--format', 'json', ...words]);
    const told: Told = JSON.parse(stdout);
    const findings = told.findings
      .filter(({ rule }) => rule === 'shellcheck-finding')
      .map(
        ({ file, range: { start }, severity, message }) =>
          `${file}:${start.line}:${start.column} ${severity} ${message}`,
      );
    return { code, stderr, findings, told };
  }

  const marked = (file: string) => [3, 6].map((line) => `${file}:${line}:10 info 'SC2086': Quote it.`);

  it('tells what it says, at the place in the file, and asks once for each script', async () => {
    const { code, stderr, findings, told } = await run(`--shellcheck=${fake.path}`);
    assert.deepEqual([code, stderr, findings], [0, '', marked('Dockerfile')]);
    assert.deepEqual(
      fake
        .asked()
        .map(({ input }) => input)
        .sort(),
      ['#!/bin/sh\necho done\n', '#!/bin/sh\ntrue &&     echo $NAME\n'],
    );
    const [finding] = told.findings.filter(({ rule }) => rule === 'shellcheck-finding');
    assert.deepEqual(
      finding?.fixes.map(({ title, safety }) => [title, safety]),
      [["Apply ShellCheck's fix for SC2086", 'unsafe']],
    );
  });

  it('starts nothing where nobody asks for it, whatever the profile and the settings', async () => {
    workshop.write('.plimsoll.yaml', 'profile: all\nrules:\n  shellcheck-finding: error\n');
    const { findings } = await run('--profile', 'all');
    assert.deepEqual([findings, fake.asked()], [[], []]);
  });

  it('starts nothing where the rule is off, where other rules are wanted, and where there is no script', async () => {
    workshop.write('.plimsoll.yaml', 'rules:\n  shellcheck-finding: off\n');
    await run(`--shellcheck=${fake.path}`);
    await run('--no-config', '--only', 'image-latest-tag', `--shellcheck=${fake.path}`);
    workshop.write('Dockerfile', 'FROM debian:12.1\nCMD ["echo", "$NAME"]\n');
    await run('--no-config', '--shellcheck=/no/such/program');
    assert.deepEqual(fake.asked(), []);
  });

  it('no file can name it', async () => {
    workshop.write('.plimsoll.yaml', `shellcheck: ${fake.path}\nshellcheckPath: ${fake.path}\nprofile: all\n`);
    const { told } = await run();
    assert.equal(told.findings.filter(({ rule }) => rule === 'invalid-config').length, 2);
    assert.deepEqual(fake.asked(), []);
  });

  it('is not asked in the folder that is linted, and not told what SHELLCHECK_OPTS says', async () => {
    const before = process.env.SHELLCHECK_OPTS;
    process.env.SHELLCHECK_OPTS = '--severity=error';
    try {
      await run(`--shellcheck=${fake.path}`);
    } finally {
      if (before === undefined) delete process.env.SHELLCHECK_OPTS;
      else process.env.SHELLCHECK_OPTS = before;
    }
    const asked = fake.asked();
    assert.equal(asked.length, 2);
    for (const { folder, options, words } of asked) {
      assert.deepEqual([folder, options], [`${workshop.path}/bin`, undefined]);
      assert.deepEqual(words, ['--norc', '--format=json1', '--exclude=SC1090,SC1091,SC2187', '--shell=sh', '-']);
    }
  });

  it('takes the one on the PATH where no path is named, and the next word for what it is', async () => {
    const { code, stderr } = await workshop.run(['lint', '--shellcheck', 'Dockerfile', '--only', 'shellcheck-finding']);
    assert.ok(
      code === 0 ||
        stderr === 'plimsoll: shellcheck: there is no such program on the PATH; not all scripts were checked\n',
    );
    const empty = await workshop.run(['lint', '--shellcheck=']);
    assert.deepEqual(
      [empty.code, empty.stderr],
      [2, "plimsoll: '--shellcheck=' lacks its value: --shellcheck[=PATH].\n"],
    );
  });

  it('takes a path from the working directory, for a person has written it', async () => {
    assert.deepEqual((await run('--shellcheck=bin/shellcheck-fake')).findings, marked('Dockerfile'));
  });

  for (const [what, name, reason] of [
    ['is not there', 'bin/none', 'there is no such program'],
    ['is a folder', 'bin/', 'it is no program'],
    ['may not be executed', './Dockerfile', 'it may not be executed'],
  ] as const) {
    it(`says so, once, where it ${what}: what else was found is told, and the exit code is 2`, async () => {
      workshop.write('web/Dockerfile', 'FROM debian:latest\nRUN echo $OTHER\n');
      const { code, stderr, told } = await run(`--shellcheck=${name}`);
      const message = `${reason}; not all scripts were checked`;
      assert.deepEqual([code, stderr], [2, `plimsoll: ${name}: ${message}\n`]);
      assert.deepEqual(told.errors, [{ file: name, message }]);
      assert.ok(told.findings.some(({ rule }) => rule === 'image-latest-tag'));
    });
  }

  for (const [what, behaviour, reason] of [
    ['crashes', 'process.kill(process.pid, "SIGKILL");', 'it ended with code null'],
    [
      'refuses',
      'console.error("Unknown format json1"); process.exitCode = 4;',
      'it ended with code 4: Unknown format json1',
    ],
    ['writes rubbish', 'console.log("<html>");', 'its answer is not understood'],
    ['claims places that are none', 'console.log(`{"comments":[{"line":-1}]}`);', 'its answer is not understood'],
  ] as const) {
    it(`says so, once, where it ${what}`, async () => {
      const { path } = fakeShellCheck(`${workshop.path}/bin`, behaviour);
      const { code, stderr, findings } = await run(`--shellcheck=${path}`);
      assert.deepEqual([code, findings], [2, []]);
      assert.equal(
        stderr,
        `plimsoll: bin/shellcheck-fake: ${reason}; not all scripts were checked\n`.replace('bin/shellcheck-fake', path),
      );
    });
  }

  it('is started without a shell: a path is one, whatever stands in it, and scripts are no arguments', async () => {
    const folder = `${workshop.path}/a $(touch ruined); touch ruined`;
    mkdirSync(folder);
    const odd = fakeShellCheck(folder);
    workshop.write('Dockerfile', 'FROM debian:12.1\nRUN echo $NAME; "; touch ruined; `touch ruined`"\n');
    const { code, findings } = await run(`--shellcheck=${odd.path}`);
    assert.deepEqual([code, findings], [0, ["Dockerfile:2:10 info 'SC2086': Quote it."]]);
    assert.ok(odd.asked().every(({ words }) => !words.join(' ').includes('ruined')));
    const { stderr } = await run('--shellcheck=shellcheck; touch ruined');
    assert.match(stderr, /there is no such program on the PATH/);
    for (const place of [workshop.path, folder]) assert.ok(!existsSync(`${place}/ruined`));
  });

  it('what it says reaches a terminal without control characters, in a message and in a complaint', async () => {
    const control = /(?!\n)[\p{Cc}\p{Bidi_Control}]/u;
    const odd = '\\u001b[2J\\u0007\\u0000\\u009b1m\\u202eOdd\\r\\n\\u2066.';
    const remark = `{"line":2,"endLine":2,"column":1,"endColumn":5,"level":"error","code":1,"message":"${odd}"}`;
    for (const [behaviour, code] of [
      [`console.log('{"comments":[${remark.replaceAll('\\', '\\\\')}]}'); process.exitCode = 1;`, 1],
      [`process.stderr.write("${odd}"); process.exitCode = 3;`, 2],
    ] as const) {
      const { path } = fakeShellCheck(`${workshop.path}/bin`, behaviour);
      const told = await workshop.run(['lint', `--shellcheck=${path}`, 'Dockerfile', '--no-color']);
      assert.equal(told.code, code, told.stderr);
      assert.match(told.stdout + told.stderr, /Odd/);
      assert.doesNotMatch(told.stdout + told.stderr, control);
    }
  });

  it('one that the system refuses to start is named as the reason, and is no fault of ours', async () => {
    const checker = shellChecker(fake.path, undefined);
    const refused = checker.run(['a\0b'], '', new AbortController().signal);
    await assert.rejects(refused, (error) => error instanceof ShellCheckerError && error.isFinal);
    workshop.write('bin/lost', '#!/no/such/interpreter\n');
    chmodSync(`${workshop.path}/bin/lost`, 0o755);
    const { code, stderr } = await run('--shellcheck=bin/lost');
    assert.equal(code, 2);
    assert.match(stderr, /^plimsoll: bin\/lost: it could not be started: .* ENOENT; not all scripts were checked\n$/);
  });

  it('takes no folder of the working directory for one of the PATH', async () => {
    const before = process.env.PATH ?? '';
    const cwd = process.cwd();
    chmodSync(fake.path, 0o755);
    process.chdir(`${workshop.path}/bin`);
    process.env.PATH = ['.', '', before].join(delimiter);
    try {
      const checks = new ShellChecks(shellChecker('shellcheck-fake', `${workshop.path}/bin`));
      await checks.ask(['#!/bin/sh\n']);
      assert.equal(checks.trouble, 'there is no such program on the PATH');
    } finally {
      process.env.PATH = before;
      process.chdir(cwd);
    }
    assert.deepEqual(fake.asked(), []);
  });

  describe('a program that does not end, or says too much', () => {
    const asking = async (
      behaviour: string,
      scripts: readonly string[],
      { signal, timeout = 30_000 }: { readonly signal?: AbortSignal; readonly timeout?: number } = {},
    ) => {
      const { path } = fakeShellCheck(
        `${workshop.path}/bin`,
        `require('node:fs').writeFileSync(__dirname + '/pid', String(process.pid)); ${behaviour}`,
      );
      const checks = new ShellChecks(shellChecker(path, undefined, { timeout, longest: 1000 }));
      await checks.ask(scripts, signal);
      return checks;
    };
    const isAlive = () => {
      try {
        process.kill(Number(readFileSync(`${workshop.path}/bin/pid`, 'utf8')), 0);
        return true;
      } catch {
        return false;
      }
    };
    const gone = async () => {
      for (let i = 0; i < 100 && isAlive(); i++) await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(isAlive(), false);
    };

    it('is ended after a while', async () => {
      const checks = await asking('setInterval(() => {}, 1000);', ['#!/bin/sh\n'], { timeout: 400 });
      assert.equal(checks.trouble, 'it took longer than 0.4 seconds');
      await gone();
    });

    it('is ended when it has said too much', async () => {
      const checks = await asking("setInterval(() => process.stdout.write('x'.repeat(600)), 5);", ['#!/bin/sh\n']);
      assert.equal(checks.trouble, 'its answer is too long');
      await gone();
    });

    it('is ended when nobody wants to know any more', async () => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 200);
      const checks = await asking('setInterval(() => {}, 1000);', ['#!/bin/sh\n'], controller);
      assert.deepEqual([checks.trouble, checks.known('#!/bin/sh\n')], [undefined, undefined]);
      await gone();
    });

    it('may end without reading what it is given', async () => {
      const checks = await asking('', [`#!/bin/sh\n${'x'.repeat(90_000)}`]);
      assert.equal(checks.trouble, 'its answer is not understood');
    });
  });

  it('a path that is not absolute is none where nobody says from where', async () => {
    const checks = new ShellChecks(shellChecker('bin/shellcheck', undefined));
    await checks.ask(['#!/bin/sh\n']);
    assert.equal(checks.trouble, 'the path must be absolute');
  });

  it('what is ignored, by whomever, is not told, and the ignore is of use', async () => {
    workshop.write(
      'Dockerfile',
      `FROM debian:12.1
# plimsoll: ignore[shellcheck-finding] meant
RUN echo $ONE
# hadolint ignore=SC2086
RUN echo $TWO
# hadolint ignore=SC2046
RUN echo $THREE
# plimsoll: ignore[shellcheck-finding] nothing here
RUN echo
`,
    );
    const { told } = await run(`--shellcheck=${fake.path}`, '--profile', 'all');
    const lines = (rule: string) =>
      told.findings.filter((one) => one.rule === rule).map(({ range }) => range.start.line);
    assert.deepEqual([lines('shellcheck-finding'), lines('unused-suppression')], [[7], [8]]);
  });

  it('has the level that a .hadolint.yaml or a config file sets for its code', async () => {
    const told = async (file: string, text: string) => {
      workshop.write(file, text);
      const { code, stderr, findings } = await run(`--shellcheck=${fake.path}`, '--fail-on', 'error');
      workshop.write(file, '');
      return [code, stderr, ...findings.map((each) => each.split(' ')[1])];
    };
    const override = (level: string) => `override:\n  ${level}: [DL3006, SC2086, SC2046]\n`;
    assert.deepEqual(await told('.hadolint.yaml', override('error')), [1, '', 'error', 'error']);
    assert.deepEqual(await told('.hadolint.yaml', override('warning')), [0, '', 'warning', 'warning']);
    assert.deepEqual(await told('.hadolint.yaml', override('info')), [0, '', 'info', 'info']);
    assert.deepEqual(await told('.hadolint.yaml', override('style')), [0, '', 'hint', 'hint']);
    assert.deepEqual(await told('.hadolint.yaml', 'override:\n  error: [SC2046]\n'), [0, '', 'info', 'info']);
    assert.deepEqual(await told('.hadolint.yaml', `ignored: [SC2086]\n${override('error')}`), [0, '']);
    const own = 'rules:\n  shellcheck-finding:\n    severities: [SC2086=hint]\n';
    assert.deepEqual(await told('.plimsoll.yaml', own), [0, '', 'hint', 'hint']);
    workshop.write('.hadolint.yaml', override('error'));
    assert.deepEqual(await told('.plimsoll.yaml', own), [0, '', 'hint', 'hint']);
  });

  it('a comment of hadolint about a stage or a file silences the codes that it names there', async () => {
    const text = (comment: string) => `${comment}FROM a:1\nRUN echo $ONE\nFROM b:1\nRUN echo $TWO\n`;
    for (const [comment, lines] of [
      ['# hadolint global ignore=SC2086\n', []],
      ['# hadolint global ignore=SC2046\n', [3, 5]],
      ['# hadolint stage ignore=DL3006,SC2086\n', [5]],
    ] as const) {
      workshop.write('Dockerfile', text(comment));
      const { findings } = await run(`--shellcheck=${fake.path}`);
      assert.deepEqual(
        findings,
        lines.map((line) => `Dockerfile:${line}:10 info 'SC2086': Quote it.`),
        comment,
      );
    }
    workshop.write('Dockerfile', text('# hadolint global ignore=SC2086\n'));
    workshop.write('.hadolint.yaml', 'disable-ignore-pragma: true\n');
    assert.equal((await run(`--shellcheck=${fake.path}`)).findings.length, 2);
  });

  it('what a .hadolint.yaml ignores is not told, whatever else it says of ShellCheck', async () => {
    workshop.write('.hadolint.yaml', 'ignored: [SC2046, SC2086]\noverride:\n  error: [SC2086]\n');
    const { code, stderr, findings, told } = await run(`--shellcheck=${fake.path}`);
    assert.deepEqual([code, stderr, findings, fake.asked().length], [0, '', [], 2]);
    assert.deepEqual(
      told.findings.filter(({ rule }) => rule === 'invalid-config'),
      [],
    );
    workshop.write('.hadolint.yaml', 'ignored: [SC2046]\n');
    assert.deepEqual((await run(`--shellcheck=${fake.path}`)).findings, marked('Dockerfile'));
  });

  it('an ignore is not called useless by those who did not ask', async () => {
    workshop.write('.plimsoll.yaml', 'ignores:\n  - rule: shellcheck-finding\n    reason: meant\n');
    workshop.write('Dockerfile', 'FROM debian:12.1\n# plimsoll: ignore[shellcheck-finding] meant\nRUN echo $ONE\n');
    const { told } = await run('--profile', 'all');
    assert.deepEqual(
      told.findings.filter(({ rule }) => rule === 'unused-suppression' || rule === 'invalid-config'),
      [],
    );
  });

  it('a baseline holds it back, and loses nothing in a run that does not ask', async () => {
    const recorded = await workshop.run(['baseline', `--shellcheck=${fake.path}`]);
    assert.deepEqual([recorded.code, recorded.stderr], [0, '']);
    assert.deepEqual((await run(`--shellcheck=${fake.path}`)).findings, []);
    const before = readFileSync(`${workshop.path}/.plimsoll-baseline.json`, 'utf8');
    assert.match(before, /shellcheck-finding/);
    await run();
    assert.equal(readFileSync(`${workshop.path}/.plimsoll-baseline.json`, 'utf8'), before);
    const broken = await workshop.run(['baseline', '--shellcheck=/no/such/program']);
    assert.equal(broken.code, 2);
    assert.match(broken.stderr, /\/no\/such\/program: there is no such program;.*\n.*nothing was recorded/);
  });

  it('hears about scripts that a fix has changed', async () => {
    const { code, stdout } = await workshop.lint(
      ['--format', 'json', `--shellcheck=${fake.path}`, '--fix', '--fail-on', 'info'],
      { rules: [shellcheckFinding, noTrue] },
    );
    const told: Told = JSON.parse(stdout);
    assert.deepEqual(
      told.findings.map(({ rule, range }) => [rule, range.start.line]),
      [
        ['shellcheck-finding', 3],
        ['shellcheck-finding', 6],
      ],
    );
    assert.equal(code, 1);
    assert.ok(fake.asked().some(({ input }) => input === '#!/bin/sh\n: &&     echo $NAME\n'));
  });

  it('reads Dockerfiles inside of Compose files, too', async () => {
    workshop.write(
      'compose.yaml',
      'services:\n  web:\n    build:\n      dockerfile_inline: |\n        FROM debian:12.1\n        RUN echo one $$NAME\n',
    );
    const { findings } = await run(`--shellcheck=${fake.path}`, 'compose.yaml');
    assert.deepEqual(findings, ["compose.yaml:6:22 info 'SC2086': Quote it."]);
  });

  it('judges standard input', async () => {
    const { stdout, code } = await workshop.run(
      ['lint', '--format', 'json', '--stdin-filename', 'Dockerfile', `--shellcheck=${fake.path}`],
      { stdin: dockerfile },
    );
    const told: Told = JSON.parse(stdout);
    assert.deepEqual([code, told.findings.filter(({ rule }) => rule === 'shellcheck-finding').length], [0, 2]);
  });

  it('stands in the help', async () => {
    const { stdout } = await workshop.run(['help', 'lint']);
    assert.match(stdout, /^ {2}--shellcheck\[=PATH\] +also tells/m);
  });
});
