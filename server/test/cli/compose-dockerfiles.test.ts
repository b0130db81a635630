// The Dockerfiles behind Compose services, as the command line sees them.
import assert from 'node:assert/strict';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openWorkshop, type Workshop } from './workshop.js';

interface Found {
  readonly rule: string;
  readonly file: string;
  readonly range: { readonly start: { readonly line: number; readonly column: number } };
  readonly related: readonly { readonly file: string; readonly range: Found['range'] }[];
}

const both = 'run-as-root,missing-non-root-user';

describe('A service that is built here', () => {
  let workshop: Workshop;
  beforeEach(() => {
    workshop = openWorkshop();
    workshop.write('repo/.git/HEAD', '');
  });
  afterEach(() => workshop.close());

  const placed = ({ file, range: { start } }: Pick<Found, 'file' | 'range'>) =>
    `${file.replace(/^repo\//, '')}:${start.line}:${start.column}`;
  /** `file:line:column rule <- related places`. */
  async function findings(...words: string[]): Promise<readonly string[]> {
    const flags = ['--format', 'json', '--only', both, '--fail-on', 'never'];
    const { stdout, stderr } = await workshop.run(['lint', ...flags, ...(words.length === 0 ? ['repo'] : words)]);
    assert.equal(stderr, '');
    return (JSON.parse(stdout) as { findings: readonly Found[] }).findings.map((found) =>
      [placed(found), found.rule, ...found.related.map((related) => `<- ${placed(related)}`)].join(' '),
    );
  }
  const compose = (path: string, build: string, more = '') =>
    workshop.write(path, `services:\n  web:\n    build: ${build}\n${more}`);

  it('has the user of its Dockerfile, and names the line that says root', async () => {
    compose('repo/compose.yaml', '.');
    workshop.write('repo/Dockerfile', 'FROM alpine:3.20\nUSER app\n');
    assert.deepEqual(await findings(), []);
    workshop.write('repo/Dockerfile', 'FROM alpine:3.20\nRUN id\nUSER root\n');
    assert.deepEqual(await findings(), [
      'Dockerfile:3:6 run-as-root',
      'compose.yaml:2:3 run-as-root <- Dockerfile:3:6',
    ]);
    assert.deepEqual(await findings('repo/compose.yaml'), ['compose.yaml:2:3 run-as-root <- Dockerfile:3:6']);
    workshop.write('repo/Dockerfile', 'FROM alpine:3.20\nRUN id\n');
    assert.deepEqual(await findings(), [
      'Dockerfile:1:6 missing-non-root-user',
      'compose.yaml:2:3 missing-non-root-user <- Dockerfile:1:6',
    ]);
  });

  it('finds it from the folder that the path counts from: of the file, of what is extended, of what is included', async () => {
    workshop.write('repo/images/Dockerfile', 'FROM alpine:3.20\nUSER root\n');
    compose('repo/a/compose.yaml', '{ context: ../images }');
    compose('repo/b/base.yaml', '../images');
    workshop.write('repo/compose.yaml', 'services:\n  web:\n    extends: { file: b/base.yaml, service: web }\n');
    workshop.write('repo/c/compose.yaml', 'include: [{ path: ../d/part.yaml, project_directory: .. }]\n');
    compose('repo/d/part.yaml', '{ context: ., dockerfile: images/Dockerfile }');
    assert.deepEqual(await findings(), [
      'a/compose.yaml:2:3 run-as-root <- images/Dockerfile:2:6',
      'compose.yaml:2:3 run-as-root <- images/Dockerfile:2:6',
      'd/part.yaml:2:3 run-as-root <- images/Dockerfile:2:6',
      'images/Dockerfile:2:6 run-as-root',
    ]);
  });

  it('takes a Dockerfile of any name, above its context and in lower folders', async () => {
    workshop.write('repo/docker/web.docker', 'FROM alpine:3.20\nUSER root\n');
    compose('repo/compose.yaml', '{ context: app, dockerfile: ../docker/web.docker }');
    assert.deepEqual(await findings(), ['compose.yaml:2:3 run-as-root <- docker/web.docker:2:6']);
  });

  it('is nothing that is known where its Dockerfile lies outside of the repository, or a link leads there', async () => {
    const root = 'FROM alpine:3.20\nUSER root\n';
    workshop.write('outside/Dockerfile', root);
    for (const build of ['../outside', '{ dockerfile: ../outside/Dockerfile }', join(workshop.path, 'outside')]) {
      compose('repo/compose.yaml', build);
      assert.deepEqual(await findings(), [], build);
    }
    compose('repo/compose.yaml', './linked');
    symlinkSync(join(workshop.path, 'outside'), join(workshop.path, 'repo/linked'));
    assert.deepEqual(await findings(), []);
    compose('repo/compose.yaml', '{ dockerfile: File }');
    symlinkSync(join(workshop.path, 'outside/Dockerfile'), join(workshop.path, 'repo/File'));
    assert.deepEqual(await findings(), []);
    workshop.write('repo/inside/Dockerfile', root);
    symlinkSync(join(workshop.path, 'repo/inside'), join(workshop.path, 'repo/within'));
    compose('repo/compose.yaml', './within');
    assert.ok((await findings()).includes('compose.yaml:2:3 run-as-root <- within/Dockerfile:2:6'));
  });

  it('is nothing that is known where its Dockerfile is not there, too large, no text or a folder', async () => {
    compose('repo/compose.yaml', '{ dockerfile: File }');
    assert.deepEqual(await findings(), []);
    workshop.write('repo/File', `FROM alpine:3.20\nUSER root\n#${'x'.repeat(4 * 1024 * 1024)}\n`);
    assert.deepEqual(await findings(), []);
    workshop.write('repo/File', 'FROM alpine:3.20\nUSER root\n\0');
    assert.deepEqual(await findings(), []);
    compose('repo/compose.yaml', '{ dockerfile: folder }');
    workshop.write('repo/folder/x', '');
    assert.deepEqual(await findings(), []);
  });

  it('is nothing that is known where it is built elsewhere', async () => {
    workshop.write('repo/Dockerfile', 'FROM alpine:3.20\nUSER root\n');
    for (const build of [
      'https://github.com/docker/app.git#main',
      'git@github.com:docker/app.git',
      '{ context: "${WHERE}" }',
      '{ dockerfile: "${WHICH}" }',
      '~/app',
      '[]',
      '{ context: [.] }',
      '{ context: ., context: . }',
      '{{ build }}',
    ]) {
      compose('repo/compose.yaml', build);
      assert.deepEqual(await findings('repo/compose.yaml'), [], build);
    }
    compose('repo/compose.yaml', '{ context: "${WHERE:-.}" }');
    assert.equal((await findings('repo/compose.yaml')).length, 1);
  });

  it('is told of where it stands, whatever file of its project says what it is built from', async () => {
    workshop.write('repo/Dockerfile', 'FROM alpine:3.20\nUSER root\n');
    workshop.write('repo/compose.yaml', 'services:\n  web:\n    image: web:1\n');
    compose('repo/compose.override.yaml', '.');
    assert.deepEqual(await findings('repo/compose.yaml', 'repo/compose.override.yaml'), [
      'compose.yaml:2:3 run-as-root <- Dockerfile:2:6',
    ]);
  });
});

describe('A Dockerfile in a Compose file', () => {
  let workshop: Workshop;
  beforeEach(() => {
    workshop = openWorkshop();
  });
  afterEach(() => workshop.close());

  const text = [
    'services:',
    '  web:',
    '    build:',
    '      dockerfile_inline: |',
    '        FROM alpine:latest AS a',
    '        FROM b:latest',
    '',
  ].join('\n');

  it('is shown with its own lines and underlined there', async () => {
    workshop.write('compose.yaml', text);
    const { stdout } = await workshop.lint([]);
    assert.match(
      stdout,
      /^compose\.yaml:5:21 warning latest-tag .*\n 5 \| {9}FROM alpine:latest AS a\n {3}\| {21}\^{6}\n/,
    );
    assert.match(stdout, /compose\.yaml:6:16 warning latest-tag/);
  });

  it('is mended by --fix', async () => {
    workshop.write('compose.yaml', text);
    await workshop.lint(['--fix']);
    assert.equal(readFileSync(join(workshop.path, 'compose.yaml'), 'utf8'), text.replaceAll('latest', '1'));
  });

  it('is mended with the line ends and the quotes that it has', async () => {
    const quoted =
      'services:\r\n  web:\r\n    build: { dockerfile_inline: "FROM alpine:latest\\nFROM b:latest\\n" }\r\n';
    workshop.write('compose.yaml', quoted);
    workshop.write('compose.test.yaml', text.replaceAll('\n', '\r\n'));
    await workshop.lint(['--fix']);
    assert.equal(readFileSync(join(workshop.path, 'compose.yaml'), 'utf8'), quoted.replaceAll('latest', '1'));
    assert.equal(
      readFileSync(join(workshop.path, 'compose.test.yaml'), 'utf8'),
      text.replaceAll('\n', '\r\n').replaceAll('latest', '1'),
    );
  });

  it('is held back by a baseline', async () => {
    workshop.write('compose.yaml', text);
    await workshop.run(['baseline', '.']);
    const shown = await workshop.run(['lint', '--format', 'json', '--only', 'image-latest-tag', '.']);
    assert.deepEqual((JSON.parse(shown.stdout) as { findings: readonly Found[] }).findings, []);
  });
});
