import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import {
  CancellationTokenSource,
  FileChangeType,
  LSPErrorCodes,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { diskFiles } from '../../src/disk/disk-files.js';
import { automaticLimit } from '../../src/lsp/scan.js';
import type { Files } from '../../src/service/files.js';
import { type Client, type ClientRequest, mixedCapabilities, pushCapabilities, shown, startClient } from './client.js';

const bad = 'services:\n  web:\n    image: nginx:1.27\n    cap_drop: [ALL]\n    privileged: true\n';
const good = bad.replace('true', 'false');

describe('the language server, asked for the workspace', () => {
  let client: Client;
  /** What a client that asks keeps: ids and findings by URI. */
  let ids: Map<string, string>;
  let problems: Map<string, readonly string[]>;
  let polls: Promise<void>;
  let asking: boolean;

  const start = async (request?: ClientRequest) => {
    client = await startClient(request);
    ids = new Map();
    problems = new Map();
    asking = true;
    polls = Promise.resolve();
    return client;
  };
  afterEach(async () => {
    asking = false;
    await client.stop();
    await polls;
  });

  /** Asks over and over, as VS Code does, and looks at what it knows after each answer. */
  const poll = async (until: () => boolean): Promise<readonly WorkspaceDocumentDiagnosticReport[]> => {
    const told: WorkspaceDocumentDiagnosticReport[] = [];
    while (!until()) {
      const { items } = await client.pullWorkspace(ids);
      told.push(...items);
      for (const report of items) {
        if (report.resultId === undefined) ids.delete(report.uri);
        else ids.set(report.uri, report.resultId);
        if (report.kind === 'full') problems.set(report.uri, shown(report.items));
      }
    }
    return told;
  };
  /** What is known of a file: undefined where nothing was ever said. */
  const of = (path: string) => problems.get(client.uri(path));
  const isClean = (path: string) => of(path)?.length === 0;
  const isBad = (path: string) => of(path)?.[0] === '4:16-20 privileged';

  it('reports every file in scope, whether or not it is open, and says nothing twice', async () => {
    await start({ files: { 'a/compose.yaml': bad, 'b/compose.yaml': good, 'notes.yaml': 'a: 1\n' } });
    const told = await poll(() => isBad('a/compose.yaml') && isClean('b/compose.yaml') && isClean('notes.yaml'));
    assert.equal(told.filter(({ uri }) => uri === client.uri('a/compose.yaml')).length, 1);
    assert.ok(asking);
  });

  it('holds a request open until something changes, and then tells only what differs', async () => {
    await start({ files: { 'a/compose.yaml': bad, 'b/compose.yaml': bad } });
    await poll(() => isBad('a/compose.yaml') && isBad('b/compose.yaml'));
    let answered = false;
    const held = client.pullWorkspace(ids).then((report) => {
      answered = true;
      return report;
    });
    // A request that comes later is answered before it.
    const uri = await client.open('c/compose.yaml', 'yaml', bad);
    assert.deepEqual(shown(await client.diagnostics(uri)), ['4:16-20 privileged']);
    assert.equal(answered, false);
    await client.save('b/compose.yaml', good);
    assert.deepEqual(
      (await held).items.map((report) => [report.uri, report.kind]),
      [[client.uri('b/compose.yaml'), 'full']],
    );
  });

  it('lets go of a request that is cancelled, and answers the next one', async () => {
    await start({ files: { 'a/compose.yaml': bad } });
    await poll(() => isBad('a/compose.yaml'));
    const uri = await client.open('b/compose.yaml', 'yaml', bad);
    const requests: readonly [string, object][] = [
      ['workspace/diagnostic', { previousResultIds: [...ids].map(([each, value]) => ({ uri: each, value })) }],
      ['textDocument/diagnostic', { textDocument: { uri } }],
    ];
    for (const [method, params] of requests) {
      const source = new CancellationTokenSource();
      const answer = client.connection.sendRequest(method, params, source.token);
      source.cancel();
      await assert.rejects(answer, { code: LSPErrorCodes.RequestCancelled });
    }
    // One that has been held for a while.
    const source = new CancellationTokenSource();
    const [method, params] = requests[0] ?? [];
    const held = client.connection.sendRequest(String(method), params, source.token);
    await client.diagnostics(uri);
    source.cancel();
    await assert.rejects(held, { code: LSPErrorCodes.RequestCancelled });
    assert.deepEqual(shown(await client.diagnostics(uri)), ['4:16-20 privileged']);
    await client.save('a/compose.yaml', good);
    await poll(() => isClean('a/compose.yaml'));
  });

  it('clears what was mended, deleted, renamed or excluded', async () => {
    const paths = ['mended', 'deleted', 'folder/one', 'folder/two', 'excluded', 'ignored'];
    const files = Object.fromEntries(paths.map((path) => [`${path}/compose.yaml`, bad]));
    await start({ files });
    await poll(() => paths.every((path) => isBad(`${path}/compose.yaml`)));
    await client.save('mended/compose.yaml', good);
    await client.remove('deleted/compose.yaml');
    await poll(() => isClean('mended/compose.yaml') && isClean('deleted/compose.yaml'));
    // Some watchers tell of the folder alone.
    await client.remove('folder');
    await poll(() => isClean('folder/one/compose.yaml') && isClean('folder/two/compose.yaml'));
    await client.save('.plimsoll.yaml', 'exclude:\n  - excluded/\n', FileChangeType.Created);
    await poll(() => isClean('excluded/compose.yaml'));
    await client.save('.gitignore', 'ignored\n', FileChangeType.Created);
    await poll(() => isClean('ignored/compose.yaml'));
    await client.save('renamed/compose.yaml', bad, FileChangeType.Created);
    await poll(() => isBad('renamed/compose.yaml'));
    await client.save('.gitignore', '\n');
    await poll(() => isBad('ignored/compose.yaml'));
  });

  it('takes a folder in that came whole', async () => {
    await start({ files: { 'a/compose.yaml': bad } });
    await poll(() => isBad('a/compose.yaml'));
    client.write('new/deep/compose.yaml', bad);
    await client.tell('new', FileChangeType.Created);
    await poll(() => isBad('new/deep/compose.yaml'));
  });

  it('puts the state of the disk back when a document is closed', async () => {
    await start({ files: { 'a/compose.yaml': bad } });
    await poll(() => isBad('a/compose.yaml'));
    const uri = await client.open('a/compose.yaml', 'yaml', good);
    assert.deepEqual(shown(await client.diagnostics(uri)), []);
    problems.set(uri, []);
    await client.close(uri);
    await poll(() => isBad('a/compose.yaml'));
  });

  it('answers for a document that is not open by its file, and has the client ask again when it is', async () => {
    await start({ files: { 'a/compose.yaml': bad } });
    await poll(() => isBad('a/compose.yaml'));
    const uri = client.uri('a/compose.yaml');
    assert.deepEqual(shown(await client.diagnostics(uri)), ['4:16-20 privileged']);
    const before = client.refreshes.length;
    await client.open('a/compose.yaml', 'yaml', good);
    await client.until(() => client.refreshes.length > before);
    assert.deepEqual(shown(await client.diagnostics(uri)), []);
  });

  it('tells once of an open file in which there is nothing to judge', async () => {
    await start({ files: { 'a/compose.yaml': bad } });
    await poll(() => isBad('a/compose.yaml'));
    const uri = await client.open('other.yaml', 'yaml', 'a: 1\n');
    await client.save('other.yaml', 'a: 1\n', FileChangeType.Created);
    const report = await client.pull(uri);
    assert.ok(report.kind === 'full' && report.resultId !== undefined);
    ids.set(uri, report.resultId);
    await client.save('a/compose.yaml', good);
    const { items } = await client.pullWorkspace(ids);
    assert.deepEqual(
      items.map((item) => item.uri),
      [client.uri('a/compose.yaml')],
    );
  });

  it('follows a document that is open though nobody asks for it, as after an edit of the whole workspace', async () => {
    await start({ files: { 'a/compose.yaml': bad } });
    await poll(() => isBad('a/compose.yaml'));
    const uri = await client.open('a/compose.yaml', 'yaml', bad);
    await client.change(uri, 'true', 'false');
    await poll(() => isClean('a/compose.yaml'));
  });

  it('forgets a document that was only ever open', async () => {
    await start({ files: { '.gitignore': 'out\n', 'a/compose.yaml': good } });
    await poll(() => isClean('a/compose.yaml'));
    const uri = await client.open('out/compose.yaml', 'yaml', bad);
    const report = await client.pull(uri);
    assert.ok(report.kind === 'full' && report.resultId !== undefined);
    problems.set(uri, shown(report.items));
    ids.set(uri, report.resultId);
    await client.close(uri);
    await poll(() => isClean('out/compose.yaml'));
    assert.equal(ids.has(uri), false);
  });

  it('applies a changed config file and changed settings to all files without a restart', async () => {
    await start({ files: { 'a/compose.yaml': bad } });
    await poll(() => isBad('a/compose.yaml'));
    const uri = await client.open('b/compose.yaml', 'yaml', bad);
    assert.deepEqual(shown(await client.diagnostics(uri)), ['4:16-20 privileged']);
    await client.configure({ rules: { privileged: 'off' } });
    await poll(() => isClean('a/compose.yaml'));
    assert.deepEqual(shown(await client.diagnostics(uri)), []);
    await client.until(() => client.refreshes.length > 0);
    // What the file says wins over the settings.
    await client.save('.plimsoll.yaml', 'rules:\n  privileged: error\n', FileChangeType.Created);
    await poll(() => isBad('a/compose.yaml'));
    assert.deepEqual(shown(await client.diagnostics(uri)), ['4:16-20 privileged']);
    await client.configure({ enable: false });
    await poll(() => isClean('a/compose.yaml'));
    assert.deepEqual(shown(await client.diagnostics(uri)), []);
  });

  it('reports what is wrong in the config file itself', async () => {
    await start({ files: { '.plimsoll.yaml': 'profil: all\n' } });
    await poll(() => of('.plimsoll.yaml')?.[0] === '0:0-6 invalid-config');
  });

  it('waits for the command where the settings say so, and goes on by itself from then on', async () => {
    await start({
      files: { 'a/compose.yaml': bad },
      settings: { workspaceScan: 'onCommand' },
      initializationOptions: { status: true },
    });
    const states = () => client.statuses.map(({ scan }) => scan);
    await client.until(() => states().includes('waiting'));
    assert.equal(states().includes('scanning'), false);
    await client.connection.sendRequest('workspace/executeCommand', { command: 'plimsoll.server.scan' });
    await poll(() => isBad('a/compose.yaml'));
    await client.save('a/compose.yaml', good);
    await poll(() => isClean('a/compose.yaml'));
  });

  for (const [setting, state] of [
    ['onCommand', 'waiting'],
    ['off', 'off'],
  ] as const) {
    it(`stays still when it is set to ${setting} in the middle, whatever happens to files then`, async () => {
      const files = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`s${i}/compose.yaml`, bad]));
      await start({ files, initializationOptions: { status: true } });
      await client.until(() => client.statuses.at(-1)?.scan === 'scanning');
      await client.configure({ workspaceScan: setting });
      await client.until(() => client.statuses.at(-1)?.scan === state);
      await client.save('late/compose.yaml', bad, FileChangeType.Created);
      // What was in hand comes to its end, and longer than that is waited between two words of the scan.
      await new Promise((resolve) => setTimeout(resolve, 600));
      assert.equal(client.statuses.at(-1)?.scan, state);
    });
  }

  it('waits from the moment on that the settings say so, also where somebody asked before', async () => {
    await start({ files: { 'a/compose.yaml': bad }, initializationOptions: { status: true } });
    await client.connection.sendRequest('workspace/executeCommand', { command: 'plimsoll.server.scan' });
    await poll(() => isBad('a/compose.yaml'));
    await client.configure({ workspaceScan: 'onCommand' });
    await poll(() => isClean('a/compose.yaml'));
    await client.until(() => client.statuses.at(-1)?.scan === 'waiting');
    await client.connection.sendRequest('workspace/executeCommand', { command: 'plimsoll.server.scan' });
    await poll(() => isBad('a/compose.yaml'));
    await client.until(() => client.statuses.at(-1)?.scan === 'done');
    // Other settings that change ask for nothing again.
    await client.configure({ workspaceScan: 'onCommand', rules: { privileged: 'off' } });
    await poll(() => isClean('a/compose.yaml'));
    assert.notEqual(client.statuses.at(-1)?.scan, 'waiting');
  });

  it('stays still when it is set to onCommand while it looks for files', async () => {
    const held: (() => void)[] = [];
    let holds = false;
    const localFiles: Files = {
      ...diskFiles,
      async list(path) {
        const entries = await diskFiles.list(path);
        if (holds) await new Promise<void>((resolve) => held.push(resolve));
        return entries;
      },
    };
    await start({ files: { 'a/compose.yaml': bad }, initializationOptions: { status: true }, localFiles });
    await poll(() => isBad('a/compose.yaml'));
    holds = true;
    await client.save('b/compose.yaml', bad, FileChangeType.Created);
    while (held.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await client.configure({ workspaceScan: 'onCommand' });
    await client.until(() => client.statuses.at(-1)?.scan === 'waiting');
    holds = false;
    for (const goOn of held) goOn();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await poll(() => isClean('a/compose.yaml'));
    assert.equal(isBad('b/compose.yaml'), false);
    assert.equal(client.statuses.at(-1)?.scan, 'waiting');
  });

  it('tells how far it is, in files done of all, and lets a scan that was asked for be cancelled there', async () => {
    const files = Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`s${i}/compose.yaml`, bad]));
    await start({ files });
    await client.until(() => client.progress.at(-1)?.kind === 'end');
    const [begin, ...reports] = client.progress;
    assert.deepEqual(begin, {
      kind: 'begin',
      title: 'Plimsoll: scanning',
      percentage: 0,
      message: '',
      cancellable: false,
    });
    assert.ok(reports.length > 1);
    for (const report of reports.slice(0, -1)) {
      assert.equal(report.kind, 'report');
      assert.match(report.message ?? '', /^\d+ of 1500 files checked\.$/);
    }
    client.progress.length = 0;
    await client.connection.sendRequest('workspace/executeCommand', { command: 'plimsoll.server.scan' });
    const [asked] = client.progress;
    assert.equal(asked?.kind === 'begin' && asked.cancellable, true);
    assert.equal(client.progress.at(-1)?.kind, 'end');
    assert.equal(client.progress.filter(({ kind }) => kind === 'begin').length, 1);
  });

  it('says how many files could not be read, until they can be', async () => {
    const broken = new Set(['vscode-vfs://github/shop/b/compose.yaml']);
    await start({ folder: false, initializationOptions: { files: true, status: true } });
    client.connection.onRequest('plimsoll/findFiles', () => ({
      uris: ['vscode-vfs://github/shop/a/compose.yaml', 'vscode-vfs://github/shop/b/compose.yaml'],
    }));
    client.connection.onRequest('plimsoll/readFile', ({ uri }: { uri: string }) => {
      if (broken.has(uri)) throw new Error('The network is down.');
      return { data: Buffer.from(bad).toString('base64') };
    });
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: 'vscode-vfs://github/shop', name: 'shop' }], removed: [] },
    });
    const says = (message: string) => client.until(() => client.statuses.at(-1)?.message === message);
    await says('The workspace is checked; 1 could not be read, see the log.');
    await poll(() => problems.get('vscode-vfs://github/shop/a/compose.yaml')?.[0] === '4:16-20 privileged');
    broken.clear();
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: 'vscode-vfs://github/shop/b/compose.yaml', type: FileChangeType.Changed }],
    });
    await poll(() => problems.get('vscode-vfs://github/shop/b/compose.yaml')?.[0] === '4:16-20 privileged');
    await says('The workspace is checked.');
  });

  it('stands back from more files than it scans unasked, says so, and scans them on command', async () => {
    const files = Object.fromEntries(
      Array.from({ length: automaticLimit + 1 }, (_, i) => [`s${i % 50}/${i}.yaml`, '']),
    );
    await start({ files: { ...files, 's0/compose.yaml': bad }, initializationOptions: { status: true } });
    const status = await client.until(() => client.statuses.find(({ scan }) => scan === 'standing-back'));
    assert.equal(status.total, automaticLimit + 2);
    assert.equal(
      status.message,
      `Open documents are checked; ${automaticLimit + 2} files are more than the ${automaticLimit} that are scanned unasked.`,
    );
    assert.equal(client.progress.length, 0);
    const uri = await client.open('s0/compose.yaml', 'yaml', bad);
    assert.deepEqual(shown(await client.diagnostics(uri)), ['4:16-20 privileged']);
    await client.close(uri);
    await client.connection.sendRequest('workspace/executeCommand', { command: 'plimsoll.server.scan' });
    await poll(() => isBad('s0/compose.yaml'));
  });

  it('offers no workspace to a client whose settings switch the scan off, and clears what was there', async () => {
    await start({ files: { 'a/compose.yaml': bad } });
    await poll(() => isBad('a/compose.yaml'));
    const first = client.registrations.get('textDocument/diagnostic');
    await client.configure({ workspaceScan: 'off' });
    const registration = await client.until(() => {
      const now = client.registrations.get('textDocument/diagnostic');
      return now !== first && now;
    });
    assert.equal(registration.registerOptions.workspaceDiagnostics, false);
    const uri = await client.open('a/compose.yaml', 'yaml', bad);
    assert.deepEqual(shown(await client.diagnostics(uri)), ['4:16-20 privileged']);
  });

  it('stops when it is cancelled, keeps what it has, and answers documents meanwhile', async () => {
    const files = Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`s${i}/compose.yaml`, bad]));
    await start({ files, settings: { workspaceScan: 'onCommand' } });
    const scan = client.connection.sendRequest('workspace/executeCommand', { command: 'plimsoll.server.scan' });
    const uri = await client.open('open/compose.yaml', 'yaml', bad);
    assert.deepEqual(shown(await client.diagnostics(uri)), ['4:16-20 privileged']);
    await poll(() => problems.size > 0);
    await client.connection.sendRequest('workspace/executeCommand', { command: 'plimsoll.server.cancelScan' });
    await scan;
    assert.ok(problems.size < 1500, `${problems.size} files were linted before the scan stopped`);
    assert.deepEqual([...new Set([...problems.values()].flat())], ['4:16-20 privileged']);
    // A file that was linted is still kept up to date.
    const [first = ''] = problems.keys();
    const path = first.slice(client.uri('').length);
    await client.save(path, good);
    await poll(() => isClean(path));
  });

  it('pushes files that are not open to a client that asks for documents only', async () => {
    await start({ capabilities: mixedCapabilities, files: { 'a/compose.yaml': bad, 'b/compose.yaml': bad } });
    const last = (path: string) => client.published.findLast((params) => params.uri === client.uri(path));
    const a = await client.until(() => last('a/compose.yaml'));
    assert.deepEqual(shown(a.diagnostics), ['4:16-20 privileged']);
    await client.until(() => last('b/compose.yaml'));
    // Never both: what was pushed goes when the document is asked for, and comes back when it is closed.
    const uri = await client.open('a/compose.yaml', 'yaml', bad);
    assert.deepEqual(shown(await client.diagnostics(uri)), ['4:16-20 privileged']);
    assert.deepEqual(last('a/compose.yaml')?.diagnostics, []);
    await client.close(uri);
    await client.until(() => last('a/compose.yaml')?.diagnostics.length === 1);
    assert.equal(client.introduction.capabilities.diagnosticProvider?.workspaceDiagnostics, false);
  });

  it('pushes open documents too as long as the client does not ask for them', async () => {
    await start({ capabilities: mixedCapabilities, files: { 'a/compose.yaml': bad } });
    const last = () => client.published.findLast((params) => params.uri === client.uri('a/compose.yaml'));
    await client.until(() => last()?.diagnostics.length === 1);
    const before = client.published.length;
    const uri = await client.open('a/compose.yaml', 'yaml', bad);
    await client.change(uri, 'true', 'false');
    await client.until(() => last()?.diagnostics.length === 0);
    await client.change(uri, 'false', 'true');
    await client.until(() => last()?.diagnostics.length === 1);
    assert.equal(client.published.length, before + 2);
  });

  it('takes a saved config file into account where the client watches no files', async () => {
    await start({ capabilities: mixedCapabilities, files: { 'a/compose.yaml': bad, '.plimsoll.yaml': '' } });
    const last = () => client.published.findLast((params) => params.uri === client.uri('a/compose.yaml'));
    await client.until(() => last()?.diagnostics.length === 1);
    const text = 'rules: {privileged: off}\n';
    const uri = await client.open('.plimsoll.yaml', 'yaml', text);
    client.write('.plimsoll.yaml', text);
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
    await client.until(() => last()?.diagnostics.length === 0);
  });

  it('pushes to a client that says it never asks for the workspace, whatever it can register', async () => {
    await start({ files: { 'a/compose.yaml': bad }, initializationOptions: { pushWorkspace: true } });
    const pushed = await client.until(() => client.published.find((params) => params.diagnostics.length > 0));
    assert.equal(pushed.uri, client.uri('a/compose.yaml'));
    assert.deepEqual(shown(pushed.diagnostics), ['4:16-20 privileged']);
    assert.equal(client.introduction.capabilities.diagnosticProvider?.workspaceDiagnostics, false);
  });

  it('takes the settings of a client that cannot be asked for them', async () => {
    const settings = { rules: { privileged: 'hint' }, workspaceScan: 'off' };
    await start({
      capabilities: pushCapabilities,
      files: { 'a/compose.yaml': bad },
      initializationOptions: { settings, status: true },
    });
    await client.until(() => client.statuses.some(({ scan }) => scan === 'off'));
    const uri = await client.open('a/compose.yaml', 'yaml', bad);
    const first = await client.until(() => client.published.find((params) => params.uri === uri));
    assert.deepEqual(
      first.diagnostics.map(({ severity }) => severity),
      [4],
    );
    await client.configure({ rules: { privileged: 'error' } });
    const next = await client.until(() => client.published.find(({ diagnostics }) => diagnostics[0]?.severity === 1));
    assert.equal(next.uri, uri);
  });

  it('pushes everything to a client that cannot ask', async () => {
    await start({ capabilities: pushCapabilities, files: { 'a/compose.yaml': bad } });
    const last = (path: string) => client.published.findLast((params) => params.uri === client.uri(path));
    await client.until(() => last('a/compose.yaml')?.diagnostics.length === 1);
    const uri = await client.open('a/compose.yaml', 'yaml', good);
    await client.until(() => last('a/compose.yaml')?.diagnostics.length === 0);
    await client.close(uri);
    await client.until(() => last('a/compose.yaml')?.diagnostics.length === 1);
    await client.save('a/compose.yaml', good);
    await client.until(() => last('a/compose.yaml')?.diagnostics.length === 0);
  });

  it('reads the config files again when somebody asks for a scan: not every client watches files', async () => {
    await start({ capabilities: mixedCapabilities, files: { 'a/compose.yaml': bad } });
    const last = (path: string) => client.published.findLast((params) => params.uri === client.uri(path));
    await client.until(() => last('a/compose.yaml')?.diagnostics.length === 1);
    const uri = await client.open('b/compose.yaml', 'yaml', bad);
    assert.deepEqual(shown(await client.diagnostics(uri)), ['4:16-20 privileged']);
    client.write('.plimsoll.yaml', 'rules: {privileged: off}\n');
    await client.connection.sendRequest('workspace/executeCommand', { command: 'plimsoll.server.scan' });
    await client.until(() => last('a/compose.yaml')?.diagnostics.length === 0);
    assert.deepEqual(await client.diagnostics(uri), []);
  });

  it('judges each folder of several by its own config file', async () => {
    await start({
      folder: false,
      files: { 'a/compose.yaml': bad, 'b/compose.yaml': bad, 'b/.plimsoll.yaml': 'rules: {privileged: off}\n' },
    });
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: ['a', 'b'].map((name) => ({ uri: client.uri(name), name })), removed: [] },
    });
    await poll(() => isBad('a/compose.yaml') && isClean('b/compose.yaml'));
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: [{ uri: client.uri('a'), name: 'a' }] },
    });
    await poll(() => isClean('a/compose.yaml'));
  });

  it('reads through the client what is no file of this machine', async () => {
    const remote = new Map([
      ['vscode-vfs://github/shop/a/compose.yaml', bad],
      ['vscode-vfs://github/shop/.plimsoll.yaml', 'rules:\n  privileged: warning\n'],
      ['vscode-vfs://github/shop/ignored/compose.yaml', bad],
      ['vscode-vfs://github/shop/.gitignore', 'ignored\n'],
      ['vscode-vfs://github/shop/a/.hadolint.yaml', 'ignored: [DL3002]\n'],
      ['vscode-vfs://github/shop/a/Dockerfile', 'FROM debian:12\nUSER root\n'],
      ['vscode-vfs://github/shop/b/Dockerfile', 'FROM debian:12\nUSER root\n'],
    ]);
    await start({ folder: false, initializationOptions: { files: true } });
    client.connection.onRequest('plimsoll/findFiles', ({ folder }: { folder: string }) => ({
      uris: [...remote.keys()].filter((uri) => uri.startsWith(folder)),
    }));
    client.connection.onRequest('plimsoll/readFile', ({ uri }: { uri: string }) => ({
      data: Buffer.from(remote.get(uri) ?? '').toString('base64'),
    }));
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: 'vscode-vfs://github/shop', name: 'shop' }], removed: [] },
    });
    await poll(() => problems.get('vscode-vfs://github/shop/a/compose.yaml')?.[0] === '4:16-20 privileged');
    assert.equal(problems.has('vscode-vfs://github/shop/ignored/compose.yaml'), false);
    await poll(() => problems.get('vscode-vfs://github/shop/b/Dockerfile')?.join() === '1:5-9 run-as-root');
    assert.deepEqual(problems.get('vscode-vfs://github/shop/a/Dockerfile') ?? [], []);
    const uri = await client.open('', 'yaml', bad, 'vscode-vfs://github/shop/b/compose.yaml');
    assert.deepEqual(
      (await client.diagnostics(uri)).map(({ severity, code }) => [severity, code]),
      [[2, 'privileged']],
    );
  });
});
