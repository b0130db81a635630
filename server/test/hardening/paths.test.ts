// No path that stands in a file is followed out of the repository, and no link either.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { nodeFiles } from '../../src/cli/node-files.js';
import { diskFiles } from '../../src/disk/disk-files.js';
import { type Outcome, openWorkshop, type Workshop } from '../cli/workshop.js';
import { Client } from '../lsp/client.js';
import { type Asked, escapes, plantTraps, recorded, secret, stateOf } from './traps.js';

describe('a repository full of paths that lead out', () => {
  let shop: Workshop;
  let outside = '';
  let before: readonly string[] = [];

  beforeEach(() => {
    shop = openWorkshop();
    outside = realpathSync(mkdtempSync(join(dirname(shop.path), 'plimsoll-outside-')));
    plantTraps(shop.path, outside);
    before = stateOf(outside);
  });
  afterEach(() => {
    shop.close();
    rmSync(outside, { recursive: true, force: true });
  });

  async function run(words: readonly string[], cwd?: string): Promise<Outcome & { readonly asked: readonly Asked[] }> {
    const { files, asked } = recorded(nodeFiles);
    const outcome = await shop.run(words, { files, ...(cwd === undefined ? {} : { cwd }) });
    return { ...outcome, asked };
  }

  function assertInside(outcome: Outcome & { readonly asked: readonly Asked[] }): void {
    assert.deepEqual(escapes(outcome.asked, shop.path), []);
    assert.ok(!(outcome.stdout + outcome.stderr).includes(secret), outcome.stdout + outcome.stderr);
    assert.deepEqual(stateOf(outside), before);
  }

  for (const words of [
    ['lint', '--format', 'json', '--show-suppressed', '--profile', 'all'],
    ['lint', '--fix', '--profile', 'all'],
    ['lint', 'sub', 'compose.yaml', 'pod.yaml'],
    ['config', 'compose.yaml'],
    ['config', 'sub/compose.yaml'],
    ['baseline'],
    ['init'],
  ]) {
    it(`keeps everything inside: plimsoll ${words.join(' ')}`, async () => {
      const outcome = await run(words);
      assertInside(outcome);
      assert.ok(outcome.asked.length > 0);
    });
  }

  it('is linted all the same, with what its own files say', async () => {
    const { stdout } = await run(['lint', '--format', 'json']);
    const { findings }: { findings: readonly { file: string; rule: string; message: string }[] } = JSON.parse(stdout);
    const rulesOf = (file: string) => findings.filter((one) => one.file === file).map(({ rule }) => rule);
    assert.ok(rulesOf('compose.yaml').includes('privileged'));
    assert.ok(rulesOf('Dockerfile').includes('curl-pipe-shell'));
    assert.ok(rulesOf('pod.yaml').includes('privileged'));
    const refused = findings.filter(({ file, rule }) => file === '.plimsoll.yaml' && rule === 'invalid-config');
    assert.equal(refused.length, 9, refused.map(({ message }) => message).join('\n'));
  });

  it('keeps everything inside when it is entered at a folder in it', async () => {
    assertInside(await run(['lint', '--profile', 'all'], 'sub/deeper'));
    assertInside(await run(['lint', '--profile', 'all', '.'], 'sub'));
  });

  it('is not left for a config file or a baseline above it, where there is no .git either', async () => {
    rmSync(join(shop.path, '.git'), { recursive: true });
    const { asked } = await run(['lint', '--profile', 'all'], 'sub/deeper');
    // Without a repository nothing above the working directory counts: there is only a search for the repository.
    const root = join(shop.path, 'sub/deeper');
    const above = escapes(asked, root);
    assert.ok(above.length > 0);
    assert.deepEqual(
      above.filter((one) => !/^stat (?:.*)\/\.git$/.test(one)),
      [],
    );
  });

  it('has no file written through a link that leads out, even if the link is named', async () => {
    const { stdout, stderr } = await run(['lint', '--fix', '--profile', 'all', 'Dockerfile.linked', 'linked-pod.yaml']);
    assert.deepEqual(stateOf(outside), before);
    // The user named them: they are read, and that shows.
    assert.ok((stdout + stderr).includes(secret));
  });

  it('keeps everything inside in an editor: diagnostics, hovers, actions, the scan, the settings, all fixes', async () => {
    const { files, asked } = recorded(diskFiles);
    const client = new Client({ profile: 'all' }, files);
    const told: string[] = [];
    try {
      mkdirSync(join(client.folder, '.git'));
      plantTraps(client.folder, outside);
      const state = stateOf(outside);
      await client.start({ initializationOptions: { status: true } });
      for (const [path, languageId] of [
        ['compose.yaml', 'yaml'],
        ['Dockerfile', 'dockerfile'],
        ['pod.yaml', 'yaml'],
        ['kustomization.yaml', 'yaml'],
        ['.plimsoll.yaml', 'yaml'],
        ['sub/compose.yaml', 'yaml'],
        ['sub/deeper/Dockerfile', 'dockerfile'],
      ] as const) {
        const text = readFileSync(join(client.folder, path), 'utf8');
        const uri = await client.open(path, languageId, text);
        const diagnostics = await client.diagnostics(uri);
        told.push(JSON.stringify(diagnostics));
        const textDocument = { uri };
        const lines = text.split('\n');
        for (const [line, { length }] of lines.entries()) {
          const position = { line, character: length };
          told.push(
            JSON.stringify(await client.connection.sendRequest('textDocument/hover', { textDocument, position })),
          );
        }
        const range = { start: { line: 0, character: 0 }, end: { line: lines.length - 1, character: 0 } };
        const actions = await client.connection.sendRequest<readonly { readonly data?: unknown }[]>(
          'textDocument/codeAction',
          { textDocument, range, context: { diagnostics } },
        );
        for (const action of actions) {
          if (action.data === undefined) continue;
          // A config file that cannot be read cannot be edited: the client is told so.
          const resolved = await client.connection.sendRequest('codeAction/resolve', action).catch(String);
          told.push(JSON.stringify(resolved));
        }
        const settings = { command: 'plimsoll.server.configuration', arguments: [{ uri }] };
        // For the folder whose config file leads out, the answer is that it does.
        told.push(
          String(
            await client.connection.sendRequest('workspace/executeCommand', settings).then(JSON.stringify, String),
          ),
        );
      }
      told.push(JSON.stringify(await client.pullWorkspace(new Map())));
      for (const command of ['plimsoll.server.scan', 'plimsoll.server.fixWorkspace']) {
        await client.connection.sendRequest('workspace/executeCommand', { command, arguments: [{}] });
      }
      told.push(JSON.stringify([client.applied, client.published, client.statuses]));
      assert.deepEqual(escapes(asked, client.folder), []);
      assert.deepEqual(
        told.filter((one) => one.includes(secret)),
        [],
      );
      assert.deepEqual(stateOf(outside), state);
      assert.ok(told.some((one) => one.includes('curl-pipe-shell')));
      assert.ok(asked.some(({ path }) => path.endsWith('/sub/.env')));
    } finally {
      await client.stop();
    }
  });

  it('asks a client that reads files for its own folder alone', async () => {
    const client = new Client({ profile: 'all' });
    const wanted: string[] = [];
    const files: { readonly [path: string]: string } = Object.fromEntries(
      ['.plimsoll.yaml', 'compose.yaml', 'Dockerfile', 'pod.yaml', 'sub/compose.yaml'].map((path) => [
        path,
        readFileSync(join(shop.path, path), 'utf8'),
      ]),
    );
    try {
      client.connection.onRequest('plimsoll/findFiles', ({ folder }: { folder: string }) => {
        wanted.push(folder);
        return { uris: Object.keys(files).map((path) => `memfs:/shop/${path}`) };
      });
      client.connection.onRequest('plimsoll/readFile', ({ uri }: { uri: string }) => {
        wanted.push(uri);
        const text = files[uri.slice('memfs:/shop/'.length)];
        if (text === undefined) throw new Error('There is no such file.');
        return { data: Buffer.from(text).toString('base64') };
      });
      await client.start({ folder: false, initializationOptions: { files: true } });
      await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: { added: [{ uri: 'memfs:/shop', name: 'shop' }], removed: [] },
      });
      const uri = 'memfs:/shop/compose.yaml';
      await client.open('compose.yaml', 'yaml', files['compose.yaml'] ?? '', uri);
      const found = await client.diagnostics(uri);
      assert.ok(found.some(({ code }) => code === 'privileged'));
      await client.pullWorkspace(new Map());
      assert.ok(wanted.includes('memfs:/shop/.plimsoll.yaml'));
      assert.deepEqual(
        wanted.filter((one) => one !== 'memfs:/shop' && !/^memfs:\/shop\/(?!.*\.\.)/.test(one)),
        [],
      );
    } finally {
      await client.stop();
    }
  });
});

describe('the record of what is asked', () => {
  it('shows a path outside, and a link that was followed', async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'plimsoll-record-')));
    try {
      const [repository, outside] = [join(folder, 'a'), join(folder, 'b')];
      plantTraps(repository, outside);
      const { files, asked } = recorded(diskFiles);
      await files.read(join(outside, 'base.yaml'), 10);
      await files.stat(join(folder, '.git'));
      await files.read(join(repository, 'linked/pod.yaml'), 10);
      await files.list(join(repository, 'linked'));
      await files.read(join(repository, 'pod.yaml'), 10);
      await files.stat(join(repository, 'linked'));
      await assert.rejects(files.read(join(repository, 'sub/.env'), 10, [repository]));
      assert.deepEqual(escapes(asked, repository), [
        `read ${outside}/base.yaml`,
        `stat ${folder}/.git`,
        `read ${repository}/linked/pod.yaml`,
        `list ${repository}/linked`,
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
