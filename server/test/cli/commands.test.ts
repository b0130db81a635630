import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { lintFlags } from '../../src/cli/lint-flags.js';
import { readConfigFile } from '../../src/languages/config/language.js';
import { allRules } from '../../src/rules/all.js';
import { openWorkshop, type Workshop } from './workshop.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const main = join(root, 'server/src/cli/main.ts');

describe('plimsoll', () => {
  let shop: Workshop;

  beforeEach(() => {
    shop = openWorkshop();
  });

  afterEach(() => shop.close());

  it('without a command shows what there is, and fails', async () => {
    const { code, stdout, stderr } = await shop.run([]);
    assert.match(stderr, /Usage: plimsoll COMMAND\n\n {2}lint /);
    assert.equal(stdout, '');
    assert.equal(code, 2);
  });

  it('asks whether another command was meant', async () => {
    const { code, stderr } = await shop.run(['lnit']);
    assert.equal(stderr, "plimsoll: There is no command 'lnit'. Did you mean 'lint'? See 'plimsoll help'.\n");
    assert.equal(code, 2);
  });

  it('knows a path that stands where a command should', async () => {
    shop.write('k8s/web.yaml', '');
    const { code, stderr } = await shop.run(['k8s']);
    assert.equal(stderr, "plimsoll: There is no command 'k8s'. To lint it: plimsoll lint k8s\n");
    assert.equal(code, 2);
  });

  for (const words of [['--version'], ['-v'], ['version']]) {
    it(`prints the version for ${words.join(' ')}`, async () => {
      const { code, stdout } = await shop.run(words);
      assert.equal(stdout, '1.2.3\n');
      assert.equal(code, 0);
    });
  }

  for (const words of [
    ['help', 'lint'],
    ['lint', '--help'],
    ['lint', '--fix', '-h'],
  ]) {
    it(`explains the flags and exit codes of lint for ${words.join(' ')}`, async () => {
      const { code, stdout } = await shop.run(words);
      assert.match(stdout, /\n {2}--format FORMAT +how to write the findings: text, json, /);
      assert.match(stdout, /Exit codes: 0 nothing/);
      assert.equal(code, 0);
    });
  }

  it('is described by the README: every flag with its words, and a finding as it is printed', async () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8').replaceAll('\r\n', '\n');
    for (const [name, { value }] of Object.entries(lintFlags)) {
      if (name === 'help') continue;
      const words = value === undefined || !/^[a-z|]+$/.test(value) ? '' : ` ${value.replaceAll('|', '\\|')}`;
      assert.ok(readme.includes(`\`--${name}${words}`), `--${name}${words}`);
    }
    shop.write('compose.yaml', '# A shop\nservices:\n  web:\n    image: nginx:1.27\n    privileged: true\n');
    const { stdout } = await shop.run(['lint', '--quiet', '--only', 'privileged']);
    assert.ok(readme.includes(`\`\`\`text\n${stdout.trimEnd()}\n\`\`\`\n`), stdout);
  });

  it('tells a fault of its own from everything else', async () => {
    const { code, stderr } = await shop.run(['lint', '--stdin-filename', 'a.yaml'], {
      get stdin(): string {
        throw new TypeError('no input');
      },
    });
    assert.match(
      stderr,
      /^plimsoll: this is a fault of Plimsoll itself, nothing is known about the files\.\nTypeError: no input/,
    );
    assert.equal(code, 2);
  });

  describe('rules', () => {
    it('lists every rule in a table', async () => {
      const { code, stdout } = await shop.run(['rules']);
      const ids = stdout
        .split('\n\n')[0]
        ?.split('\n')
        .slice(1)
        .map((line) => line.split(' ')[0]);
      assert.deepEqual(ids, allRules.map(({ meta }) => meta.id).sort());
      assert.equal(code, 0);
    });

    it('lists them as JSON, with the severity in each format', async () => {
      const { stdout } = await shop.run(['rules', '--format', 'json']);
      const { schema, rules } = JSON.parse(stdout);
      assert.equal(schema, 1);
      assert.deepEqual(
        rules.map(({ id, severity }: { id: string; severity: object }) => [id, Object.keys(severity)]),
        [...allRules].sort((a, b) => (a.meta.id < b.meta.id ? -1 : 1)).map(({ meta }) => [meta.id, [...meta.formats]]),
      );
    });

    it('takes nothing else', async () => {
      const { code, stderr } = await shop.run(['rules', 'privileged']);
      assert.match(stderr, /plimsoll explain ID/);
      assert.equal(code, 2);
    });
  });

  describe('explain', () => {
    it('prints the page of each rule', async () => {
      for (const { meta } of allRules) {
        const { code, stdout } = await shop.run(['explain', meta.id]);
        assert.ok(stdout.startsWith(`# ${meta.id}\n\n${meta.summary}\n`), meta.id);
        assert.equal(code, 0);
      }
    });

    it('asks whether another rule was meant', async () => {
      const [first] = allRules;
      assert.ok(first !== undefined);
      const { code, stderr } = await shop.run(['explain', `${first.meta.id}x`]);
      assert.match(stderr, new RegExp(`Did you mean '${first.meta.id}'\\?`));
      assert.equal(code, 2);
    });

    it('wants one id', async () => {
      assert.equal((await shop.run(['explain'])).code, 2);
      assert.equal((await shop.run(['explain', 'a', 'b'])).code, 2);
    });
  });

  describe('init', () => {
    it('writes a config file that is valid as it is', async () => {
      const { code, stdout } = await shop.run(['init']);
      const text = readFileSync(join(shop.path, '.plimsoll.yaml'), 'utf8');
      const request = { file: '.plimsoll.yaml', text, mode: 'open', kubernetesMinor: 31 } as const;
      assert.deepEqual(readConfigFile(request, allRules).source.problems, []);
      assert.match(stdout, /^Wrote \.plimsoll\.yaml\./);
      assert.equal(code, 0);
    });

    it('writes what suits the folder: the kinds of its files, its registries, its loudest rules', async () => {
      shop.write('Dockerfile', 'FROM ghcr.io/acme/base:1.2\n');
      shop.write(
        'compose.yaml',
        'services:\n  web: { image: "ghcr.io/acme/web:2" }\n  db: { image: "quay.io/a/b:1" }\n',
      );
      shop.write('k8s.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n');
      shop.write('chart/Chart.yaml', 'name: chart\n');
      shop.write('chart/templates/pod.yaml', 'apiVersion: v1\nkind: Pod\n');
      await shop.run(['init']);
      const text = readFileSync(join(shop.path, '.plimsoll.yaml'), 'utf8');
      const kinds =
        "1 Dockerfile, 1 Compose file, 1 file with Kubernetes objects, 1 of Helm's templates, which are not checked";
      assert.ok(text.includes(`\n# Found here: ${kinds}.\n`), text);
      const registries =
        '  - default # the list that is built in\n  # - ghcr.io/acme # 2 images here\n  # - quay.io/a # 1 image here\n';
      assert.ok(text.includes(`\ntrustedRegistries:\n${registries}`), text);
      assert.ok(text.includes('\n  # untrusted-registry: off # 3 findings today\n'), text);
    });

    it('names no registry and no Kubernetes version where there is none, and changes no finding', async () => {
      shop.write('compose.yaml', 'services:\n  web: { image: nginx:1.27, privileged: true }\n');
      const before = (await shop.run(['lint', '--format', 'json'])).stdout;
      await shop.run(['init']);
      const text = readFileSync(join(shop.path, '.plimsoll.yaml'), 'utf8');
      assert.ok(text.includes('  # - registry.example.com\n') && !text.includes('kubernetesVersion'), text);
      const after = (await shop.run(['lint', '--format', 'json'])).stdout;
      assert.deepEqual(JSON.parse(after).findings, JSON.parse(before).findings);
    });

    it('speaks of the baseline where there is much to mend', async () => {
      const services = Array.from({ length: 21 }, (_, i) => `  s${i}: { image: nginx:1.27, privileged: true }\n`);
      shop.write('compose.yaml', `services:\n${services.join('')}`);
      const { stdout } = await shop.run(['init']);
      assert.match(stdout, /^There are \d+ findings today\. .* plimsoll baseline\n$/m);
    });

    it('writes examples that are valid when their comment sign goes', async () => {
      shop.write('k8s.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { hostPID: true }\n');
      shop.write('team.plimsoll.yaml', 'profile: strict\n');
      await shop.run(['init']);
      const text = readFileSync(join(shop.path, '.plimsoll.yaml'), 'utf8')
        .split('\n')
        .map((line) =>
          line.replace(/^( *)# ((?: *- |[ ]+)?[\w'./-]+:?(?: (?:[\w'.*/-]+|\{.*\}|it looks .*))?(?: # .*)?)$/, '$1$2'),
        )
        .join('\n');
      for (const line of [
        /^extends: team\.plimsoll\.yaml$/m,
        /^kubernetesVersion: '1\.37'$/m,
        /^ {2}- registry\.example\.com$/m,
        /^ {2}host-pid: off # 1 finding today$/m,
        /^ {2}- files: legacy\/\n {4}rules: \{ host-pid: off \}$/m,
        /^ {2}- rule: host-pid\n {4}resource: kube-system\/DaemonSet\/\*\n {4}reason: it looks .*\n {4}until: 2030-12-31$/m,
      ]) {
        assert.match(text, line);
      }
      const request = { file: '.plimsoll.yaml', text, mode: 'open', kubernetesMinor: 31 } as const;
      assert.deepEqual(readConfigFile(request, allRules).source.problems, []);
    });

    for (const name of ['.plimsoll.yaml', '.plimsoll.yml']) {
      it(`does not overwrite ${name}`, async () => {
        shop.write(name, 'profile: strict\n');
        const { code, stderr } = await shop.run(['init']);
        assert.equal(readFileSync(join(shop.path, name), 'utf8'), 'profile: strict\n');
        assert.equal(stderr, `plimsoll: ${name} is here already; it was left as it is.\n`);
        assert.equal(code, 2);
      });
    }
  });

  describe('as a process', () => {
    const node = (words: readonly string[], shell?: string) =>
      spawnSync(
        shell === undefined ? process.execPath : 'bash',
        shell === undefined ? ['--import', 'tsx', main, ...words] : ['-c', shell],
        {
          cwd: root,
          encoding: 'utf8',
          env: { ...process.env, MAIN: main, SHOP: shop.path, NODE: process.execPath },
        },
      );

    it('ends with the exit code of the command', () => {
      assert.equal(node(['version']).status, 0);
      assert.equal(node(['lint', '--formt']).status, 2);
    });

    if (existsSync('/dev/full'))
      it('says that its output could not be written, and fails', () => {
        const { status, stderr } = node([], '"$NODE" --import tsx "$MAIN" version > /dev/full');
        assert.match(stderr, /^plimsoll: the output could not be written: ENOSPC[^\n]*\n$/);
        assert.equal(status, 2);
      });

    // Windows has neither the shell nor the signal.
    if (process.platform !== 'win32')
      it('is quiet when its reader goes away, and still says what it found', () => {
        for (let i = 0; i < 300; i++) shop.write(`${i}/Dockerfile`, 'FROM golang:latest\n'.repeat(50));
        const outcome = node(
          [],
          'set -o pipefail; "$NODE" --import tsx "$MAIN" lint --fail-on warning "$SHOP" | head -1',
        );
        assert.match(outcome.stdout, /^.*0\/Dockerfile:1:/);
        assert.equal(outcome.stderr, '');
        assert.equal(outcome.status, 1);
      });
  });

  it('loads no parser before it is known which one is needed', async () => {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: [main],
      bundle: true,
      platform: 'node',
      write: false,
      metafile: true,
      outdir: 'never-written',
    });
    /** Everything that runs when a module is loaded. */
    const loadedWith = (entry: string): ReadonlySet<string> => {
      const seen = new Set<string>();
      const waiting = [relative(root, resolve(dirname(main), entry)).replaceAll('\\', '/')];
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        if (seen.has(next)) continue;
        seen.add(next);
        const input = metafile.inputs[next];
        for (const { path, kind } of input?.imports ?? []) if (kind !== 'dynamic-import') waiting.push(path);
      }
      return seen;
    };
    const packages = (entry: string) =>
      [...new Set([...loadedWith(entry)].flatMap((path) => /node_modules\/([^/]+)/.exec(path)?.[1] ?? []))].sort();
    assert.deepEqual(packages('main.ts'), []);
    const own = [...loadedWith('main.ts')].filter((path) => !path.startsWith('node:') && !path.includes('/src/cli/'));
    assert.deepEqual(
      own.sort(),
      ['disk/disk-files', 'model/paths', 'service/files', 'text/closest'].map((name) => `server/src/${name}.ts`),
    );
    assert.deepEqual(packages('commands/lint.ts'), []);
    assert.ok(packages('../languages/kubernetes/language.ts').includes('yaml'));
    assert.ok(!packages('../languages/dockerfile/language.ts').includes('yaml'));
  });
});
