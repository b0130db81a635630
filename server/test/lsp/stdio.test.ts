// The language server as the process that an editor starts: what it writes, and how it ends.
import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, it } from 'mocha';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { shown } from './client.js';
import { type BundledCommand, bundleCommand } from './command.js';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: { readonly serverInfo?: { readonly name: string } } | null;
}

interface Ended {
  readonly status: number | null;
  readonly messages: readonly Message[];
  readonly stderr: string;
}

describe('plimsoll lsp --stdio, as a process', () => {
  let command: BundledCommand;
  before(async () => {
    command = await bundleCommand();
  });
  after(() => command.remove());

  const start = (words: readonly string[] = ['--stdio']) => new Server([command.cli, 'lsp', ...words]);
  const initialize = () =>
    frame({ id: 1, method: 'initialize', params: { processId: process.pid, rootUri: null, capabilities: {} } });
  const shutdown = frame({ id: 2, method: 'shutdown' });
  const exit = frame({ method: 'exit' });

  it('ends with 0 after shutdown and exit', async () => {
    const server = start();
    server.write(initialize());
    server.write(shutdown);
    await server.answer(2);
    server.write(exit);
    const { status, messages, stderr } = await server.end;
    assert.deepEqual([status, stderr], [0, '']);
    assert.deepEqual(
      messages.map(({ id, result }) => [id, result?.serverInfo?.name]),
      [
        [1, 'plimsoll'],
        [2, undefined],
      ],
    );
  });

  it('ends with 1 when it is told to exit without shutdown', async () => {
    const server = start();
    server.write(initialize());
    server.write(exit);
    assert.equal((await server.end).status, 1);
  });

  it('ends by itself when its input is closed, and that is a failure unless shutdown was asked for', async () => {
    const [fresh, used, finished] = [start(), start(), start()];
    fresh.close();
    used.write(initialize());
    await used.answer(1);
    used.close();
    finished.write(initialize());
    finished.write(shutdown);
    await finished.answer(2);
    finished.close();
    assert.deepEqual([(await fresh.end).status, (await used.end).status, (await finished.end).status], [1, 1, 0]);
  });

  it('says nothing to input that is no protocol, and ends with it', async () => {
    for (const garbage of [
      'services:\n  web:\n',
      '\0'.repeat(10_000),
      '{"id":1}\r\n\r\n',
      `${'x'.repeat(1_000_000)}\n`,
    ]) {
      const server = start();
      server.write(garbage);
      server.close();
      const { status, messages } = await server.end;
      assert.deepEqual([status, messages], [1, []], JSON.stringify(garbage.slice(0, 20)));
    }
  });

  it('still answers after a message that cannot be read', async () => {
    for (const broken of ['Content-Length: 5\r\n\r\nhello', 'Content-Length: many\r\n\r\n', 'Length: 5\r\n\r\n']) {
      const server = start();
      server.write(broken);
      server.write(initialize());
      // What comes in one piece with a broken header is read when more comes.
      const more = setInterval(() => server.write(frame({ method: '$/more' })), 50);
      await server.answer(1).finally(() => clearInterval(more));
      server.close();
      assert.equal((await server.end).status, 1, broken);
    }
  });

  it('refuses arguments that it does not know with 2 and one line, and never becomes a server', async () => {
    const needs = "plimsoll: 'plimsoll lsp' takes one flag and needs it: plimsoll lsp --stdio.\n";
    const refused: readonly (readonly [readonly string[], string])[] = [
      [[], needs],
      [['--stdio', 'compose.yaml'], needs],
      [['--node-ipc'], "plimsoll: 'plimsoll lsp' has no flag '--node-ipc'. See 'plimsoll lsp --help'.\n"],
      [['--stdio', '--socket=1234'], "plimsoll: 'plimsoll lsp' has no flag '--socket'. See 'plimsoll lsp --help'.\n"],
    ];
    for (const [words, message] of refused) {
      assert.deepEqual(await start(words).end, { status: 2, messages: [], stderr: message }, words.join(' '));
    }
  });

  it('writes nothing but protocol while it works, even where there is something to complain of', async () => {
    writeFileSync(join(command.folder, '.plimsoll.yaml'), 'rules: [no, map\n');
    writeFileSync(join(command.folder, 'broken.yaml'), 'services:\n  web: {image: nginx:1.27\n');
    const text = 'FROM debian:12\nRUN curl -fsSL https://example.com/install | sh\n';
    writeFileSync(join(command.folder, 'Dockerfile'), text);
    const server = start();
    const { connection } = server;
    connection.listen();
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(command.folder).toString(),
      capabilities: { textDocument: { diagnostic: {} } },
    });
    await connection.sendNotification('initialized', {});
    const uri = pathToFileURL(join(command.folder, 'Dockerfile')).toString();
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'dockerfile', version: 1, text },
    });
    const report: { readonly items: Parameters<typeof shown>[0] } = await connection.sendRequest(
      'textDocument/diagnostic',
      { textDocument: { uri } },
    );
    assert.deepEqual(shown(report.items), ['1:45-47 curl-pipe-shell']);
    await connection.sendRequest('workspace/executeCommand', { command: 'plimsoll.server.scan' });
    await assert.rejects(connection.sendRequest('workspace/executeCommand', { command: 'plimsoll.server.dance' }));
    await assert.rejects(connection.sendRequest('textDocument/hover', {}));
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    const { status, messages, stderr } = await server.end;
    assert.deepEqual([status, stderr], [0, '']);
    assert.ok(messages.length > 4);
  });
});

function frame(message: object): string {
  const json = JSON.stringify({ jsonrpc: '2.0', ...message });
  return `Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`;
}

class Server {
  /** Fails where standard output holds anything but protocol. */
  readonly end: Promise<Ended>;
  readonly #process: ChildProcessWithoutNullStreams;
  #stdout = Buffer.alloc(0);

  constructor(args: readonly string[]) {
    this.#process = spawn(process.execPath, args);
    const { stdout, stderr, stdin } = this.#process;
    let complaint = '';
    stdout.on('data', (chunk: Buffer) => {
      this.#stdout = Buffer.concat([this.#stdout, chunk]);
    });
    stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    // It may have ended before it read all of it.
    stdin.on('error', () => undefined);
    this.end = new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#process.kill('SIGKILL');
        reject(new Error('The server did not end.'));
      }, 15_000);
      this.#process.on('close', (status) => {
        clearTimeout(timer);
        const { messages, rest } = framesOf(this.#stdout);
        if (rest.length === 0) resolve({ status, messages, stderr: complaint });
        else reject(new Error(`No protocol: ${rest.toString()}`));
      });
    });
  }

  /** Speaks the protocol for the test. */
  get connection() {
    const { stdout, stdin } = this.#process;
    return createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
  }

  write(text: string): void {
    this.#process.stdin.write(text);
  }

  close(): void {
    this.#process.stdin.end();
  }

  /** Resolves when the request with this id is answered. */
  answer(id: number): Promise<void> {
    const { stdout } = this.#process;
    const isAnswered = () => framesOf(this.#stdout).messages.some((message) => message.id === id);
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!isAnswered()) return;
        stdout.off('data', look);
        resolve();
      };
      stdout.on('data', look);
      this.end.then(() => reject(new Error('The server ended before it answered.')), reject);
      look();
    });
  }
}

/** The messages in what was written, and what is behind the last one of them. */
function framesOf(bytes: Buffer): { readonly messages: readonly Message[]; readonly rest: Buffer } {
  const messages: Message[] = [];
  let rest = bytes;
  for (;;) {
    const header = /^Content-Length: (\d+)\r\n\r\n/.exec(rest.subarray(0, 40).toString('latin1'));
    const start = header?.[0].length ?? 0;
    const end = start + Number(header?.[1] ?? 0);
    if (header === null || rest.length < end) return { messages, rest };
    messages.push(JSON.parse(rest.subarray(start, end).toString()));
    rest = rest.subarray(end);
  }
}
