import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { nodeFiles } from '../../src/cli/node-files.js';
import { writeJson } from '../../src/cli/reporters/write-json.js';
import { escapeJson } from '../../src/cli/visible.js';
import { FilesError } from '../../src/service/files.js';
import { openWorkshop, type Workshop } from './workshop.js';

const pod = 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - { name: app, image: a:1, privileged: true }\n';
const good = pod.replace('privileged: true', 'securityContext: { privileged: true }');
const tooDeep = 'skipped-file Nesting is deeper than 200: this document was not checked.';
const tooLarge = 'skipped-file This document has more than 500000 words and signs: it was not checked.';

interface Report {
  readonly findings: readonly {
    readonly rule: string;
    readonly file: string;
    readonly message: string;
    readonly range: { readonly start: { readonly line: number; readonly column: number } };
  }[];
  readonly errors: readonly { readonly file: string; readonly message: string }[];
}

/** Whatever is wrong with a file: it ends, says so, and the file beside it is linted. */
describe('bad input', () => {
  let shop: Workshop;

  beforeEach(() => {
    shop = openWorkshop();
    shop.write('good.yaml', good);
  });

  afterEach(() => shop.close());

  async function report(words: readonly string[] = [], options: Parameters<Workshop['lint']>[1] = {}): Promise<Report> {
    const { stdout } = await shop.lint(['--format', 'json', ...words], options);
    const read: Report = JSON.parse(stdout);
    assert.ok(
      read.findings.some(({ file, rule }) => file === 'good.yaml' && rule === 'privileged'),
      'the good file was linted',
    );
    return read;
  }

  /** "file:line:column rule message" of the files beside the good one. */
  const told = ({ findings }: Report) =>
    findings
      .filter(({ file }) => file !== 'good.yaml')
      .map(({ file, range: { start }, rule, message }) => `${file}:${start.line}:${start.column} ${rule} ${message}`);

  describe('too much of it', () => {
    const levels = 100_000;
    const nests: readonly [name: string, text: string][] = [
      ['[[[', '['.repeat(levels)],
      ['[…]', '['.repeat(levels) + ']'.repeat(levels)],
      ['{a: {a:', '{a: '.repeat(levels)],
      ['- - -', `\n  ${'- '.repeat(levels)}`],
      ['? ? ?', `\n  ${'? '.repeat(levels)}`],
      ['deep indentation', `\n${Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i + 2)}a:`).join('\n')}`],
    ];
    for (const [name, text] of nests) {
      it(`nesting by ${name} is a limit in a manifest, a Compose file and a config file, again and again`, async () => {
        shop.write('a.yaml', `apiVersion: v1\nkind: Pod\nspec: ${text}\n`);
        shop.write('b.yaml', `${good}---\napiVersion: v1\nkind: Pod\nspec: ${text}\n`);
        shop.write('compose.yaml', `services: ${text}\n`);
        shop.write('.plimsoll.yaml', `rules: ${text}\n`);
        const lines = told(await report());
        for (const file of ['.plimsoll.yaml', 'a.yaml', 'b.yaml', 'compose.yaml']) {
          assert.ok(
            lines.some((line) => line.startsWith(`${file}:`) && line.endsWith(tooDeep)),
            `${file}\n${lines.join('\n')}`,
          );
        }
        assert.ok(lines.some((line) => line.startsWith('b.yaml:5:') && line.includes(' privileged ')));
      });
    }

    for (const [name, text] of [
      ['tags', '! '.repeat(300_000)],
      ['anchors', '&a '.repeat(300_000)],
      ['commas', `[${','.repeat(600_000)}]`],
      ['aliases without anchors', `[${'*a,'.repeat(300_000)}]`],
    ] as const) {
      it(`hundreds of thousands of ${name} are a limit`, async () => {
        shop.write('a.yaml', `apiVersion: v1\nkind: Pod\nspec: ${text}\n`);
        const [line = '', ...others] = told(await report());
        assert.deepEqual(others, []);
        assert.ok(line.startsWith('a.yaml:3:') && line.endsWith(tooLarge), line);
      });
    }

    it('many aliases without anchors, below that limit, are a syntax error', async () => {
      shop.write('a.yaml', `apiVersion: v1\nkind: Pod\nspec: [${'*a,'.repeat(150_000)}]\n`);
      assert.deepEqual(told(await report()), ["a.yaml:3:8 syntax-error The alias 'a' has no anchor before it."]);
    });

    it('documents behind the limit are named, and those before it are linted', async () => {
      shop.write('a.yaml', `${good}${'---\n'.repeat(30_000)}`);
      assert.deepEqual(
        told(await report()).map((line) => line.replace(/ privileged .*/, ' privileged')),
        [
          'a.yaml:5:63 privileged',
          'a.yaml:20005:1 skipped-file The file has more than 20000 documents: those from here on were not checked.',
        ],
      );
    });

    it('instructions behind the limit are named, and those before it are linted', async () => {
      shop.write('Dockerfile', `FROM nginx:latest\n${'RUN\n'.repeat(100_000)}`);
      assert.deepEqual(told(await report()), [
        "Dockerfile:1:12 latest-tag The tag is 'latest': it moves.",
        'Dockerfile:100001:1 skipped-file The file has more than 100000 instructions: those from here on were not checked.',
      ]);
    });

    it('aliases of aliases, also merged and in a config file, end', async () => {
      const bomb = (start: string, one: (refs: string, i: number) => string) =>
        Array.from({ length: 30 }, (_, i) =>
          i === 0
            ? `x-0: &a0 ${start}`
            : `x-${i}: &a${i} ${one(
                Array(10)
                  .fill(`*a${i - 1}`)
                  .join(','),
                i,
              )}`,
        ).join('\n');
      const lists = bomb('[x]', (refs) => `[${refs}]`);
      const maps = bomb('{ k: v }', (refs, i) => `{ <<: [${refs}], k${i}: v }`);
      for (const [name, text] of [
        ['lists', lists],
        ['maps', maps],
      ]) {
        shop.write(
          `${name}.yaml`,
          `apiVersion: v1\nkind: Pod\n${text}\nspec: { containers: *a29, volumes: *a29, hostPID: *a29 }\n`,
        );
        shop.write(`compose.${name}.yaml`, `${text}\nservices: { a: *a29, b: { environment: *a29, ports: *a29 } }\n`);
        shop.write(`${name}/.plimsoll.yaml`, `${text}\nexclude: *a29\nrules: *a29\n`);
        shop.write(`${name}/good.yaml`, good);
      }
      const { findings } = await report();
      for (const name of ['lists', 'maps']) {
        assert.ok(findings.some(({ file, rule }) => file === `${name}/good.yaml` && rule === 'privileged'));
        assert.ok(findings.some(({ file, rule }) => file === `${name}/.plimsoll.yaml` && rule === 'invalid-config'));
      }
    });

    it('thousands of findings with fixes are told one by one, on lines of their own and all on one', async () => {
      const service = (i: number) => `s${i}: {image: "nginx:latest", privileged: true}`;
      const services = Array.from({ length: 5000 }, (_, i) => service(i));
      shop.write('compose.yaml', `services:\n  ${services.join('\n  ')}\n`);
      shop.write('compose.line.yaml', `services: {${services.join(', ')}}\n`);
      const lines = told(await report());
      assert.ok(lines.some((line) => line.startsWith('compose.yaml:5001:25 latest-tag ')));
      assert.equal(
        lines.filter((line) => line.startsWith('compose.line.yaml:1:') && line.includes(' privileged ')).length,
        5000,
      );
      const { code } = await shop.lint(['--fix', '--quiet']);
      assert.equal(code, 1);
      for (const name of ['compose.yaml', 'compose.line.yaml']) {
        const text = readFileSync(join(shop.path, name), 'utf8');
        assert.equal(text.split('nginx:1"').length, 5001);
        assert.ok(!text.includes('latest'));
      }
    });

    it('a value that thousands of services share is one finding with one fix', async () => {
      const users = Array.from({ length: 5000 }, (_, i) => `  s${i}: { <<: *a }\n`).join('');
      shop.write('compose.yaml', `x-a: &a { image: "nginx:latest" }\nservices:\n${users}`);
      assert.deepEqual(told(await report()), ["compose.yaml:1:25 latest-tag The tag is 'latest': it moves."]);
      await shop.lint(['--fix', '--quiet']);
      assert.equal(
        readFileSync(join(shop.path, 'compose.yaml'), 'utf8'),
        `x-a: &a { image: "nginx:1" }\nservices:\n${users}`,
      );
    });

    it('tens of thousands of ignore comments above one item all speak of it', async () => {
      const comments = '    # plimsoll: ignore[latest-tag] why\n'.repeat(30_000);
      shop.write('compose.yaml', `services:\n  a:\n${comments}    image: nginx:latest\n`);
      shop.write('Dockerfile', `${comments.replaceAll('    ', '')}FROM nginx:latest\n`);
      assert.deepEqual(told(await report()), []);
      const shown = told(await report(['--show-suppressed']));
      assert.deepEqual(shown, [
        "Dockerfile:30001:12 latest-tag The tag is 'latest': it moves.",
        "compose.yaml:30003:18 latest-tag The tag is 'latest': it moves.",
      ]);
    });

    it('shell text that would make its parser recurse or crawl is left out', async () => {
      const texts = {
        functions: 'f() '.repeat(20_000),
        keyword: 'function f '.repeat(20_000),
        coprocesses: 'coproc '.repeat(20_000),
        substitutions: 'echo $( '.repeat(50_000),
        groups: '( '.repeat(50_000),
        heredocs: `cat ${'<<A '.repeat(50_000)}`,
      };
      for (const [name, text] of Object.entries(texts)) shop.write(`Dockerfile.${name}`, `FROM nginx:1\nRUN ${text}\n`);
      const { code, stderr } = await shop.run(['lint', '--quiet', '--only', 'curl-pipe-shell', '.']);
      assert.equal(stderr, '');
      assert.equal(code, 0);
    });

    it('variables that double each other, or nest without end, are not known', async () => {
      shop.write('.env', `A=aaaaaaaaaa\n${'A=$A$A\n'.repeat(60)}B=${'${B:-'.repeat(50_000)}\n`);
      const nested = `${'${C:-'.repeat(50_000)}nginx:latest${'}'.repeat(50_000)}`;
      shop.write(
        'compose.yaml',
        `services:\n  a: { image: "x:$A" }\n  b: { image: "x:$B" }\n  c: { image: "${nested}" }\n`,
      );
      shop.write('compose.last.yaml', 'services: { a: { image: "nginx:latest" } }\n');
      assert.deepEqual(told(await report()), ["compose.last.yaml:1:32 latest-tag The tag is 'latest': it moves."]);
    });

    it('of a list of patterns in a config file only so much counts, and it is said', async () => {
      const pattern = `'${'*a'.repeat(100)}b'`;
      shop.write('.plimsoll.yaml', `exclude:\n${`  - ${pattern}\n`.repeat(3000)}  - good.yaml\n`);
      for (let i = 0; i < 20; i++) shop.write(`d${i}/${'a'.repeat(200)}.yaml`, good);
      const [line = '', ...others] = told(await report()).filter((each) => !each.includes(' privileged '));
      assert.deepEqual(others, []);
      assert.match(line, /^\.plimsoll\.yaml:\d+:5 invalid-config 'exclude' is longer than 256 KB: what follows /);
    });

    it('half a pattern at the limit of a .gitignore is none', async () => {
      // The limit of 262144 bytes falls behind the `*` of the last line.
      const filler = `${'x'.repeat(1023)}\n`.repeat(256).slice(0, -2);
      shop.write('.gitignore', `${filler}\n*-not-this-one\n`);
      assert.deepEqual(told(await report()), []);
    });
  });

  describe('what cannot or must not be read', () => {
    let outside: string;

    beforeEach(() => {
      outside = mkdtempSync(join(tmpdir(), 'plimsoll-outside-'));
    });

    afterEach(() => rmSync(outside, { recursive: true }));

    it('a config file, .env or .gitignore that is a link out of the workspace shows nothing of what lies there', async () => {
      writeFileSync(join(outside, 'secret'), 'TAG=latest\ngood.yaml\n');
      for (const name of ['.plimsoll.yaml', '.env', '.gitignore']) {
        symlinkSync(join(outside, 'secret'), join(shop.path, name));
      }
      shop.write('compose.yaml', 'services: { a: { image: "nginx:$TAG" } }\n');
      const read = await report();
      const message = 'it is a link that leads elsewhere; not read';
      assert.deepEqual(told(read), []);
      assert.deepEqual(read.errors, [
        { file: '.gitignore', message },
        { file: '.plimsoll.yaml', message },
      ]);
      const { code, stdout, stderr } = await shop.lint([]);
      assert.doesNotMatch(stdout + stderr, /TAG=latest/);
      assert.equal(code, 2);
    });

    it('links inside the workspace are followed for them', async () => {
      shop.write('shared/config.yaml', 'rules: { latest-tag: error }\n');
      shop.write('sub/compose.yaml', 'services: { a: { image: "nginx:$TAG" } }\n');
      shop.write('shared/variables', 'TAG=latest\n');
      symlinkSync('../shared/config.yaml', join(shop.path, 'sub/.plimsoll.yaml'));
      symlinkSync('../shared/variables', join(shop.path, 'sub/.env'));
      const { code, stdout } = await shop.lint(['--quiet', 'sub']);
      assert.match(stdout, /^sub\/compose\.yaml:1:32 error latest-tag /);
      assert.equal(code, 1);
    });

    it('a named pipe that nobody writes to, and a device, are refused', async function () {
      if (process.platform === 'win32') this.skip();
      makePipe(join(shop.path, 'Dockerfile'));
      symlinkSync('/dev/zero', join(shop.path, 'zero.yaml'));
      const read = await report(['Dockerfile', 'zero.yaml', 'good.yaml']);
      const message = "it is no regular file; what a program writes can be linted with '--stdin-filename'";
      assert.deepEqual(read.errors, [
        { file: 'Dockerfile', message },
        { file: 'zero.yaml', message },
      ]);
      assert.deepEqual((await report(['.'])).errors, []);
    });

    it('pipes and devices in the place of a config file, .env and .gitignore are as good as none', async function () {
      if (process.platform === 'win32') this.skip();
      shop.write('sub/compose.yaml', 'services: { a: { image: "nginx:latest" } }\n');
      for (const name of ['.plimsoll.yaml', '.env', '.gitignore']) {
        makePipe(join(shop.path, 'sub', name));
        symlinkSync('/dev/zero', join(shop.path, name));
      }
      const read = await report();
      assert.deepEqual(told(read), ["sub/compose.yaml:1:32 latest-tag The tag is 'latest': it moves."]);
      assert.deepEqual(read.errors, []);
    });

    it('pipes and devices in the place of Dockerfiles, overrides and included files are as good as none', async function () {
      if (process.platform === 'win32') this.skip();
      const web =
        'services: { a: { image: "nginx:latest", build: { dockerfile: pipe } }, b: { build: { dockerfile: zero } } }';
      shop.write('sub/compose.yaml', `include: [pipe.yaml, zero.yaml]\n${web}\n`);
      makePipe(join(shop.path, 'sub/pipe'));
      makePipe(join(shop.path, 'sub/pipe.yaml'));
      symlinkSync('/dev/zero', join(shop.path, 'sub/zero'));
      symlinkSync('/dev/zero', join(shop.path, 'sub/zero.yaml'));
      const read = await report(['sub/compose.yaml', 'good.yaml']);
      assert.deepEqual(told(read), []);
      assert.deepEqual(read.errors, []);
    });

    it('a named folder that may not be entered is told, and the others are linted', async () => {
      shop.write('closed/web.yaml', good);
      const closed = `${shop.path}/closed`;
      const deny = <T>(path: string, action: () => Promise<T>): Promise<T> =>
        path.startsWith(`${closed}/`) ? Promise.reject(new FilesError('permission denied')) : action();
      const files = {
        ...nodeFiles,
        stat: (path: string) => deny(path, () => nodeFiles.stat(path)),
        read: (path: string, limit: number, within?: readonly string[]) =>
          deny(path, () => nodeFiles.read(path, limit, within)),
      };
      const read = await report(['closed', 'closed/web.yaml', 'good.yaml'], { files });
      assert.deepEqual(told(read), []);
      assert.deepEqual(read.errors, [
        { file: 'closed', message: 'permission denied' },
        { file: 'closed/web.yaml', message: 'permission denied' },
      ]);
    });

    it('a file that cannot be read is told once, be it a config file too', async () => {
      shop.write('.plimsoll.yaml', 'profile: strict\n');
      const files = {
        ...nodeFiles,
        read: (path: string, limit: number, within?: readonly string[]) =>
          path.endsWith('/.plimsoll.yaml')
            ? Promise.reject(new FilesError('permission denied'))
            : nodeFiles.read(path, limit, within),
      };
      assert.deepEqual((await report([], { files })).errors, [
        { file: '.plimsoll.yaml', message: 'permission denied' },
      ]);
    });

    it('an empty file, and one with blank lines alone, are named', async () => {
      shop.write('empty/Dockerfile', '');
      shop.write('compose.yaml', '\n\n');
      shop.write('empty/notes.yaml', '');
      const empty = 'skipped-file The file is empty: there is nothing to check.';
      assert.deepEqual(told(await report()), [`compose.yaml:1:1 ${empty}`, `empty/Dockerfile:1:1 ${empty}`]);
    });

    it('a command that is too much for the shell reader is named, and the others are linted', async () => {
      shop.write('Dockerfile', `FROM nginx:latest\nRUN ${'f() '.repeat(600)} { :; }\n`);
      assert.deepEqual(told(await report()), [
        "Dockerfile:1:12 latest-tag The tag is 'latest': it moves.",
        'Dockerfile:2:1 skipped-file This command is too much for the shell reader: it was not checked.',
      ]);
    });

    it('a step of which only the first commands are checked is named', async () => {
      shop.write('Dockerfile', `FROM nginx:latest\nRUN ${'a; '.repeat(5000)}sudo b\n`);
      assert.deepEqual(told(await report()), [
        "Dockerfile:1:12 latest-tag The tag is 'latest': it moves.",
        'Dockerfile:2:1 skipped-file Of this step only the first 5000 commands were checked.',
      ]);
    });

    it('what is a folder or a broken link by the name of a Dockerfile is no fault of the others', async () => {
      mkdirSync(join(shop.path, 'Dockerfile'));
      symlinkSync('nowhere', join(shop.path, 'broken.yaml'));
      const read = await report();
      assert.deepEqual([told(read), read.errors], [[], []]);
      const named = await report(['broken.yaml', 'good.yaml']);
      assert.deepEqual(named.errors, [{ file: 'broken.yaml', message: 'no such file or folder' }]);
    });
  });

  it('names with line ends and escape sequences are linted, and told without them', async () => {
    const hostile = 'a\nb\u001b[31m\u2028';
    shop.write(`Dockerfile.${hostile}`, 'FROM nginx:latest\n');
    const { stdout, stderr } = await shop.lint(['--quiet']);
    assert.match(stdout, /^Dockerfile\.a␊b␛\[31m<U\+2028>:1:12 warning latest-tag /m);
    assert.doesNotMatch(stdout + stderr, /[^\P{Cc}\n]|\p{Zl}/u);
  });

  it('a failure of Plimsoll itself writes no escape sequence either', async () => {
    const files = { ...nodeFiles, stat: () => Promise.reject(new TypeError('\u001b[2Jgone')) };
    const { code, stderr } = await shop.run(['lint'], { files });
    assert.match(stderr, /this is a fault of Plimsoll itself.*\nTypeError: ␛\[2Jgone\n/);
    assert.equal(code, 2);
  });

  it('merge-conflict markers are syntax errors on their lines', async () => {
    const conflict = (a: string, b: string) => `<<<<<<< HEAD\n${a}=======\n${b}>>>>>>> main\n`;
    shop.write('Dockerfile', `FROM nginx:latest\n${conflict('RUN a\n', 'RUN b\n')}`);
    shop.write('a.yaml', `apiVersion: v1\nkind: Pod\n${conflict('spec: {}\n', 'spec: []\n')}`);
    const lines = told(await report()).map((line) => line.replace(/(syntax-error|latest-tag) .*/, '$1'));
    assert.deepEqual(lines, [
      'Dockerfile:1:12 latest-tag',
      'Dockerfile:2:1 syntax-error',
      'Dockerfile:4:1 syntax-error',
      'Dockerfile:6:1 syntax-error',
      'a.yaml:3:1 syntax-error',
    ]);
  });

  describe('--fix', () => {
    it('leaves every byte of what it cannot read, from a file and from standard input', async () => {
      const texts: { readonly [name: string]: string | Uint8Array } = {
        'Dockerfile.utf8': Buffer.from([...Buffer.from('FROM nginx:latest\n'), 0xff]),
        'Dockerfile.nul': 'FROM nginx:latest\n\0',
        'Dockerfile.utf16': Buffer.from('FROM nginx:latest\n', 'utf16le'),
        'Dockerfile.large': `FROM nginx:latest\n${'#'.repeat(5 * 1024 * 1024)}\n`,
        'deep.yaml': `${good.replace('a:1', 'nginx:latest')}  x: ${'['.repeat(1000)}`,
        'broken.yaml': `${good.replace('a:1', 'nginx:latest')}  x: "`,
      };
      for (const [name, text] of Object.entries(texts)) shop.write(name, text);
      await shop.lint(['--fix', '--quiet']);
      for (const [name, text] of Object.entries(texts)) {
        const bytes = Buffer.from(text as string);
        // What can be fixed in spite of a broken end is fixed, and nothing else is touched.
        const expected = name === 'broken.yaml' ? Buffer.from(String(text).replace(':latest', ':1')) : bytes;
        assert.ok(readFileSync(join(shop.path, name)).equals(expected), name);
        const { bytes: piped } = await shop.lint(['--fix', '--stdin-filename', name], { stdin: text });
        assert.ok(piped.equals(expected), `${name} through standard input`);
      }
    });

    it('says which file changed meanwhile, and does not write it', async () => {
      shop.write('Dockerfile', 'FROM nginx:latest\n');
      const files = {
        ...nodeFiles,
        replace: (path: string, old: Uint8Array, bytes: Uint8Array) => {
          writeFileSync(path, 'FROM somebody/else:2\n');
          return nodeFiles.replace(path, old, bytes);
        },
      };
      const { code, stderr } = await shop.lint(['--fix', '--quiet'], { files });
      assert.match(stderr, /^plimsoll: Dockerfile: .*changed by somebody else meanwhile; not written\n$/);
      assert.equal(readFileSync(join(shop.path, 'Dockerfile'), 'utf8'), 'FROM somebody/else:2\n');
      assert.equal(code, 2);
    });

    it('keeps the mode of a file, and refuses one that is read-only', async () => {
      shop.write('Dockerfile', 'FROM nginx:latest\n');
      chmodSync(join(shop.path, 'Dockerfile'), 0o444);
      const { code } = await shop.lint(['--fix', '--quiet']);
      assert.equal(statSync(join(shop.path, 'Dockerfile')).mode & 0o777, 0o444);
      // Root may write everything.
      if (process.getuid?.() === 0) return;
      assert.equal(readFileSync(join(shop.path, 'Dockerfile'), 'utf8'), 'FROM nginx:latest\n');
      assert.equal(code, 2);
    });
  });

  it('a report that is written in pieces reads as one that is written at once', () => {
    const finding = {
      message: 'a\nb "c" \u001b \u{e0001}',
      range: { start: { line: 1 } },
      none: undefined,
      nothing: null,
    };
    const values: readonly object[] = [
      {},
      [],
      { a: [], b: {}, c: undefined, d: [undefined, 1, 'x'] },
      { runs: [{ results: Array.from({ length: 1000 }, () => finding), other: [[[[[[1], []]]]]] }] },
    ];
    for (const value of values) {
      const pieces: string[] = [];
      writeJson((piece) => pieces.push(piece), value);
      assert.equal(pieces.join(''), `${escapeJson(JSON.stringify(value, undefined, 2))}\n`);
      // A string of all findings there can be is longer than strings may be.
      for (const piece of pieces) assert.ok(piece.length < 200_000);
    }
  });

  it('SARIF and the report for GitHub hold together, whatever is in them', async () => {
    shop.write('a\u001b[31m\nb.yaml', good.replace('name: app', 'name: "\\e[31m\\n::error::\\u202e"'));
    shop.write('deep.yaml', `apiVersion: v1\nkind: Pod\nspec: ${'['.repeat(1000)}\n`);
    shop.write('large.yaml', `${good}${'#'.repeat(5 * 1024 * 1024)}\n`);
    const sarif = await shop.lint(['--format', 'sarif']);
    const { runs } = JSON.parse(sarif.stdout);
    const ids = runs[0].results.map((result: { readonly ruleId: string }) => result.ruleId);
    assert.deepEqual(ids.sort(), ['privileged', 'privileged', 'skipped-file', 'skipped-file']);
    const github = await shop.lint(['--format', 'github']);
    for (const line of github.stdout.trimEnd().split('\n')) assert.match(line, /^::(?:error|notice) file=/);
    assert.doesNotMatch(sarif.stdout + github.stdout, /[^\P{Cc}\n]|\p{Cf}/u);
  });
});

function makePipe(path: string): void {
  execFileSync('/usr/bin/env', ['mkfifo', path]);
}
