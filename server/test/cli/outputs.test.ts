import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { formats } from '../../src/cli/formats.js';
import { nodeFiles } from '../../src/cli/node-files.js';
import { FilesError } from '../../src/service/files.js';
import { openWorkshop, type Workshop } from './workshop.js';

const dockerfile = 'FROM nginx:latest\n';
const compose = 'services:\n  web:\n    privileged: true\n';

describe('--output', () => {
  let shop: Workshop;

  beforeEach(() => {
    shop = openWorkshop();
  });

  afterEach(() => shop.close());

  const contents = (name: string) => readFileSync(join(shop.path, name), 'utf8');

  it('writes each format to its file exactly as --format writes it to standard output', async () => {
    shop.write('Dockerfile', dockerfile);
    const outputs = formats.flatMap((format) => ['--output', `${format}=out/${format}`]);
    const { code, stdout, stderr } = await shop.lint(outputs);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    assert.equal(stdout, (await shop.lint([])).stdout);
    assert.deepEqual(readdirSync(join(shop.path, 'out')).sort(), [...formats].sort());
    for (const format of formats) {
      assert.equal(contents(`out/${format}`), (await shop.lint(['--format', format])).stdout, format);
    }
  });

  it('leaves standard output to --format, and the exit code to the findings', async () => {
    shop.write('compose.yaml', compose);
    const { code, stdout } = await shop.lint(['--format', 'github', '--output', 'json=report.json']);
    assert.match(stdout, /^::error file=compose\.yaml,/);
    assert.equal(JSON.parse(contents('report.json')).findings[0].rule, 'privileged');
    assert.equal(code, 1);
  });

  it('makes the folders that are missing, and takes a file from the working directory', async () => {
    shop.write('sub/Dockerfile', dockerfile);
    await shop.lint(['--output', 'json=a/b/c.json'], { cwd: 'sub' });
    assert.equal(JSON.parse(contents('sub/a/b/c.json')).findings[0].file, 'Dockerfile');
  });

  it('replaces an old report, keeps its mode, and leaves nothing else behind', async () => {
    shop.write('Dockerfile', dockerfile);
    shop.write('out/report.json', 'old');
    chmodSync(join(shop.path, 'out/report.json'), 0o640);
    await shop.lint(['--output', 'json=out/report.json']);
    assert.equal(JSON.parse(contents('out/report.json')).files, 1);
    assert.equal(statSync(join(shop.path, 'out/report.json')).mode & 0o777, 0o640);
    assert.deepEqual(readdirSync(join(shop.path, 'out')), ['report.json']);
  });

  it('writes through a link that the user named', async () => {
    shop.write('Dockerfile', dockerfile);
    shop.write('elsewhere/report.json', 'old');
    symlinkSync('elsewhere/report.json', join(shop.path, 'report.json'));
    await shop.lint(['--output', 'json=report.json']);
    assert.equal(JSON.parse(contents('elsewhere/report.json')).files, 1);
  });

  it('writes to what is no regular file without replacing it', async () => {
    shop.write('Dockerfile', dockerfile);
    const { code } = await shop.lint(['--output', 'json=/dev/null']);
    assert.equal(code, 0);
    assert.ok(statSync('/dev/null').isCharacterDevice());
  });

  it('has no colours in a file, whatever the environment or the flags say', async () => {
    shop.write('Dockerfile', dockerfile);
    const { stdout } = await shop.lint(['--color', '--output', 'text=report.txt'], { env: { FORCE_COLOR: '1' } });
    assert.ok(stdout.includes('\u001b['));
    assert.ok(!contents('report.txt').includes('\u001b'));
  });

  it('goes on with the other files where one cannot be written, says why, and gives 2', async () => {
    shop.write('Dockerfile', dockerfile);
    shop.write('file', '');
    mkdirSync(join(shop.path, 'folder'));
    const { code, stdout, stderr } = await shop.lint([
      ...['--output', 'json=file/report.json', '--output', 'sarif=folder'],
      ...['--output', 'junit=/proc/none/x.xml', '--output', 'gitlab=good.json'],
    ]);
    const reason = 'the report could not be written';
    const lines = stderr.trimEnd().split('\n');
    assert.deepEqual(lines.slice(0, 2), [
      `plimsoll: file/report.json: ${reason}: a part of the path is no folder`,
      `plimsoll: folder: ${reason}: it is a folder`,
    ]);
    assert.match(lines[2] ?? '', /^plimsoll: .*proc\/none\/x\.xml: the report could not be written: /);
    assert.equal(lines.length, 3);
    assert.match(stdout, /^Dockerfile:1:12 warning latest-tag/);
    assert.equal(JSON.parse(contents('good.json'))[0].check_name, 'latest-tag');
    assert.equal(code, 2);
  });

  it('leaves the old report as it was where the new one could not be written', async () => {
    shop.write('Dockerfile', dockerfile);
    shop.write('report.json', 'old');
    const files = { ...nodeFiles, overwrite: () => Promise.reject(new FilesError('no space left on the disk')) };
    const { code, stderr } = await shop.lint(['--output', 'json=report.json'], { files });
    assert.equal(stderr, 'plimsoll: report.json: the report could not be written: no space left on the disk\n');
    assert.equal(contents('report.json'), 'old');
    assert.equal(code, 2);
  });

  describe('never overwrites a source:', () => {
    const refused = 'it is one of the files to be checked; not overwritten';

    async function refuses(words: readonly string[], output: string, reason: string, victim = output): Promise<void> {
      const before = contents(victim);
      const { code, stderr } = await shop.lint([...words, '--output', `json=${output}`]);
      assert.ok(stderr.endsWith(`plimsoll: ${output}: ${reason}\n`), stderr);
      assert.equal(contents(victim), before);
      assert.equal(code, 2);
    }

    it('a file that was linted', async () => {
      shop.write('k8s/compose.yaml', compose);
      await refuses([], 'k8s/compose.yaml', refused);
      await refuses(['k8s/compose.yaml'], 'k8s/compose.yaml', refused);
    });

    it('a file that was opened and is of no known format', async () => {
      shop.write('values.yaml', 'a: 1\n');
      await refuses([], 'values.yaml', refused);
    });

    it('the file that standard input stands for', async () => {
      shop.write('compose.yaml', compose);
      const { code, stderr } = await shop.lint(['--stdin-filename', 'compose.yaml', '--output', 'json=compose.yaml'], {
        stdin: compose,
      });
      assert.equal(stderr, `plimsoll: compose.yaml: ${refused}\n`);
      assert.equal(contents('compose.yaml'), compose);
      assert.equal(code, 2);
    });

    it('a config file', async () => {
      shop.write('Dockerfile', dockerfile);
      shop.write('.plimsoll.yaml', 'profile: strict\n');
      shop.write('named.yaml', 'profile: strict\n');
      await refuses([], '.plimsoll.yaml', refused);
      await refuses(['--config', 'named.yaml', 'Dockerfile'], 'named.yaml', 'it is the config file; not overwritten');
    });

    it('a file that could not be read', async () => {
      shop.write('compose.yaml', compose);
      const read = () => Promise.reject(new FilesError('permission denied'));
      const { stderr } = await shop.lint(['--output', 'json=compose.yaml'], { files: { ...nodeFiles, read } });
      assert.ok(stderr.endsWith(`plimsoll: compose.yaml: ${refused}\n`), stderr);
      assert.equal(contents('compose.yaml'), compose);
    });

    it('one that has another name, through a link to it or to its folder', async () => {
      shop.write('real/compose.yaml', compose);
      symlinkSync('real/compose.yaml', join(shop.path, 'report.json'));
      symlinkSync('real', join(shop.path, 'linked'));
      await refuses(['real'], 'report.json', refused, 'real/compose.yaml');
      await refuses(['real'], 'linked/compose.yaml', refused, 'real/compose.yaml');
      await refuses(['linked'], 'real/compose.yaml', refused);
      await refuses(['linked/compose.yaml'], 'report.json', refused, 'real/compose.yaml');
    });

    it('but a second name on the disk is only a name, and loses nothing', async () => {
      shop.write('compose.yaml', compose);
      linkSync(join(shop.path, 'compose.yaml'), join(shop.path, 'report.json'));
      await shop.lint(['compose.yaml', '--output', 'json=report.json']);
      assert.equal(contents('compose.yaml'), compose);
      assert.equal(JSON.parse(contents('report.json')).files, 1);
    });
  });

  const wrong: readonly [words: readonly string[], message: RegExp][] = [
    [['--output'], /'--output' needs a value: --output FORMAT=FILE\./],
    [['--output', 'report.json'], /'--output report\.json' lacks a format or a file: --output FORMAT=FILE\./],
    [['--output', 'serif=a'], /There is no format 'serif'\. Did you mean 'sarif'\? It is one of text, json, .*html\./],
    [['--output', '=a'], /There is no format ''\. .*It is one of/],
    [['--output', 'json='], /'--output json=' lacks a file/],
    [['--output', 'json=-'], /'-' is no file: '--format json' writes to standard output\./],
    [['--output', 'json=out/'], /'out\/' is a folder: --output FORMAT=FILE\./],
    [['--output', 'json=a', '--output', 'sarif=./a'], /'--output' names '\.\/a' twice: a file takes one format\./],
  ];
  for (const [words, message] of wrong) {
    it(`2 and a clear message for ${words.join(' ')}, and nothing is written`, async () => {
      shop.write('Dockerfile', dockerfile);
      const { code, stdout, stderr } = await shop.lint(words);
      assert.match(stderr, message);
      assert.equal(stdout, '');
      assert.equal(code, 2);
      assert.deepEqual(readdirSync(shop.path).sort(), ['.git', 'Dockerfile']);
    });
  }

  it('takes a file whose name has an equals sign', async () => {
    shop.write('Dockerfile', dockerfile);
    await shop.lint(['--output', 'json=a=b.json']);
    assert.ok(existsSync(join(shop.path, 'a=b.json')));
  });

  it('is written once more by a run that finds its own report in the folder', async () => {
    shop.write('Dockerfile', dockerfile);
    writeFileSync(join(shop.path, 'plimsoll.html'), '');
    const words = formats.flatMap((format) => [
      '--output',
      `${format}=plimsoll.${format === 'github' ? 'log' : format}`,
    ]);
    for (let i = 0; i < 2; i++) assert.deepEqual((await shop.lint(words)).stderr, '');
  });
});
