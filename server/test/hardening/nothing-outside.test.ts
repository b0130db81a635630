// Whatever the product does, it does alone: no network, no other process, no code made of text, no file written unasked.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { root } from '../../../tools/project.js';
import { type BundledCommand, bundleCommand } from '../lsp/command.js';
import { guardedFlags, runGuarded } from './guarded.js';

describe('the guard', () => {
  /** Runs a line of JavaScript, whose own catch must not help. */
  const tried = async (code: string) => {
    const { status, stderr } = await runGuarded(['-e', `try { ${code} } catch {}`]);
    return { status, told: /^guard: (\S+) was called$/m.exec(stderr)?.[1] };
  };

  const plants: readonly (readonly [what: string, code: string])[] = [
    ['globalThis.fetch', "fetch('http://127.0.0.1:9/')"],
    ['net.connect', "require('net').connect(9)"],
    ['net.Socket.connect', "new (require('node:net').Socket)().connect(9)"],
    ['net.Server.listen', "require('net').createServer().listen(0)"],
    ['tls.connect', "require('tls').connect(9)"],
    ['http.request', "require('http').request('http://127.0.0.1:9/').end()"],
    ['https.get', "require('https').get('https://127.0.0.1:9/')"],
    ['http2.connect', "require('http2').connect('http://127.0.0.1:9/')"],
    ['dgram.createSocket', "require('dgram').createSocket('udp4')"],
    ['dns.lookup', "require('dns').lookup('localhost', () => {})"],
    ['dns.promises.resolve4', "require('dns/promises').resolve4('localhost')"],
    ['child_process.spawn', "require('child_process').spawn('true')"],
    ['child_process.execFileSync', "require('child_process').execFileSync('true')"],
    ['child_process.fork', "require('child_process').fork('x.js')"],
    ['worker_threads.Worker', "new (require('worker_threads').Worker)('1', { eval: true })"],
    ['process.binding', "process.binding('spawn_sync')"],
  ];
  for (const [what, code] of plants) {
    it(`refuses ${what}, and tells of it although it was caught`, async () => {
      assert.deepEqual(await tried(code), { status: 99, told: what });
      assert.deepEqual(await tried(`${code} } catch {} try { process.exit(0)`), { status: 99, told: what });
    });
  }

  it('refuses to make code of a text, and to write a file', async () => {
    for (const code of ["eval('1')", "new Function('return 1')()", "require('fs').writeFileSync('/tmp/x', '')"]) {
      const { status, stderr } = await runGuarded(['-e', `${code}`]);
      assert.equal(status, 1, code);
      assert.match(stderr, /EvalError|ERR_ACCESS_DENIED/, code);
    }
  });

  it('lets everything else pass', async () => {
    const { status, stdout, stderr } = await runGuarded(['-e', "console.log('fine')"]);
    assert.deepEqual([status, stdout, stderr], [0, 'fine\n', '']);
  });
});

describe('the built product, guarded', () => {
  let command: BundledCommand;
  let shop = '';
  before(async () => {
    command = await bundleCommand();
  });
  after(() => command.remove());
  beforeEach(() => {
    shop = join(command.folder, 'shop');
    cpSync(join(root, 'test-fixtures', 'shop'), shop, { recursive: true });
    mkdirSync(join(shop, '.git'));
    writeFileSync(join(shop, 'broken.yaml'), 'apiVersion: v1\nkind: Pod\nspec: { a: [\n');
    writeFileSync(join(shop, 'Containerfile'), 'FROM debian\nRUN curl -fsSL https://example.com/x | sh\n');
  });
  afterEach(() => rmSync(shop, { recursive: true, force: true }));

  const run = (words: readonly string[], writable: readonly string[] = [], input?: string) =>
    runGuarded([command.cli, ...words], { cwd: shop, writable, ...(input === undefined ? {} : { input }) });

  for (const format of ['text', 'json', 'sarif', 'github', 'gitlab', 'junit', 'html']) {
    it(`lints a folder and writes ${format}`, async () => {
      const { status, stdout, stderr } = await run(['lint', '--profile', 'all', '--format', format]);
      assert.deepEqual([status, stderr], [1, '']);
      assert.match(stdout, /curl-pipe-shell/);
      assert.match(stdout, /syntax-error/);
    });
  }

  it('lints standard input', async () => {
    const input = 'FROM debian\nUSER root\nRUN curl https://example.com | sh\n';
    const { status, stdout, stderr } = await run(['lint', '--stdin-filename', 'Dockerfile'], [], input);
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /curl-pipe-shell/);
  });

  it('fixes files, and writes nothing but those', async () => {
    const { status, stderr } = await run(['lint', '--fix', '--profile', 'all', '--fail-on', 'never'], [`${shop}/`]);
    assert.deepEqual([status, stderr], [0, '']);
    const read = (folder: string) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length))
        .sort();
    const added = ['/Containerfile', '/broken.yaml'];
    assert.deepEqual(
      read(shop).filter((file) => !added.includes(file)),
      read(join(root, 'test-fixtures', 'shop')),
    );
  });

  it('lists and explains rules, prints settings, help and its version', async () => {
    const words = [
      ...[['rules'], ['explain', 'privileged'], ['config', 'compose.yaml'], ['help'], ['help', 'lint'], ['--version']],
      ['rules', '--format', 'json'],
    ];
    for (const each of words) {
      const { status, stdout, stderr } = await run(each);
      assert.deepEqual([status, stderr], [0, ''], each.join(' '));
      assert.ok(stdout.length > 3, each.join(' '));
    }
  });

  it('writes a config file and a baseline, where it is told to', async () => {
    rmSync(join(shop, '.plimsoll.yaml'));
    const init = await run(['init'], [`${shop}/`]);
    assert.deepEqual([init.status, init.stderr], [0, '']);
    assert.ok(existsSync(join(shop, '.plimsoll.yaml')));
    const baseline = await run(['baseline'], [`${shop}/`]);
    assert.equal(baseline.status, 0, baseline.stderr);
    assert.ok(JSON.parse(readFileSync(join(shop, '.plimsoll-baseline.json'), 'utf8')));
  });

  for (const [what, args] of [
    ['the command', () => [command.cli, 'lsp', '--stdio']],
    ['the file that the extension starts', () => [join(command.cli, '..', 'server.js'), '--stdio']],
  ] as const) {
    it(`serves an editor through ${what}: open, diagnose, hover, act, complete and scan`, async () => {
      const child = spawn(process.execPath, [...guardedFlags(), ...args()], { cwd: shop });
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
      });
      const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
      const connection = createProtocolConnection(
        new StreamMessageReader(child.stdout),
        new StreamMessageWriter(child.stdin),
      );
      const applied: unknown[] = [];
      connection.onRequest('workspace/applyEdit', (params) => {
        applied.push(params);
        return { applied: true };
      });
      connection.listen();
      await connection.sendRequest('initialize', {
        processId: process.pid,
        rootUri: pathToFileURL(shop).toString(),
        capabilities: {
          workspace: { applyEdit: true },
          textDocument: { diagnostic: {}, hover: { contentFormat: ['markdown'] } },
        },
      });
      await connection.sendNotification('initialized', {});
      const uri = pathToFileURL(join(shop, 'Containerfile')).toString();
      const textDocument = { uri };
      const text = readFileSync(join(shop, 'Containerfile'), 'utf8');
      await connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'dockerfile', version: 1, text },
      });
      const report: { readonly items: readonly { readonly range: object }[] } = await connection.sendRequest(
        'textDocument/diagnostic',
        { textDocument },
      );
      const [finding] = report.items;
      assert.ok(finding);
      const position = { line: 1, character: 41 };
      assert.ok(await connection.sendRequest('textDocument/hover', { textDocument, position }));
      const range = { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } };
      const actions: readonly object[] = await connection.sendRequest('textDocument/codeAction', {
        textDocument,
        range,
        context: { diagnostics: report.items },
      });
      assert.ok(actions.length > 0);
      await connection.sendRequest('textDocument/completion', { textDocument, position });
      await connection.sendRequest('workspace/executeCommand', { command: 'plimsoll.server.scan' });
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      assert.deepEqual([await ended, stderr], [0, '']);
    });
  }
});
