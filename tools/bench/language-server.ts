// The language server as an editor has it: a process of its own, measured from the other end of its pipes.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type DocumentDiagnosticReport,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Format } from '../../server/src/model/format.js';
import { pullCapabilities } from '../../server/test/lsp/client.js';
import { quantile, spread } from './figures.js';
import { input, typingPlace, workspace } from './inputs.js';

const files = 5000;
/** Milliseconds between two characters of somebody who types fast. */
const typingPause = 40;
/** Milliseconds after which VS Code asks for the workspace again. */
const pollPause = 2000;

const documents: { readonly [format in Format]: { readonly path: string; readonly languageId: string } } = {
  dockerfile: { path: 'open/Dockerfile', languageId: 'dockerfile' },
  compose: { path: 'open/compose.yaml', languageId: 'dockercompose' },
  kubernetes: { path: 'open/manifest.yaml', languageId: 'yaml' },
};
const formats: readonly Format[] = ['dockerfile', 'compose', 'kubernetes'];

/** Fills `folder` with a workspace and prints what it measures there. */
export async function measureLanguageServer(cli: string, folder: string, print: (line: string) => void): Promise<void> {
  for (const { name, text } of workspace(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  print('Language server, from the start of the process to the findings of an open document of 1,000 lines:');
  print(`  alone        ${spread(await startUp(cli, folder, false))}`);
  print(`  in a folder  ${spread(await startUp(cli, folder, true))} (${files} files, whose scan begins meanwhile)`);

  const server = new Server(cli, folder, { workspaceScan: 'onCommand' });
  await server.initialize(true);
  const typists = new Map<Format, Typist>();
  for (const format of formats) typists.set(format, await server.open(format));
  print('From a typed character to the new findings, 1,000 lines (aim: median below 10 ms):');
  for (const [format, typist] of typists) {
    for (let i = 0; i < 50; i++) await typist.type();
    const times: number[] = [];
    for (let i = 0; i < 100; i++) times.push(await typist.type());
    print(`  ${format.padEnd(11)} ${spread(times)}`);
  }
  void server.poll();
  const scans = [await server.scan()];
  const memory = residentMegabytes(server.pid);
  print(`The same while ${files} files are scanned (aim: both below 30 ms):`);
  const typed = new Map(formats.map((format) => [format, [] as number[]]));
  const busy: number[] = [];
  for (let round = 0; round < 4; round++) {
    let isScanning = true;
    const scan = server.scan().then((time) => {
      isScanning = false;
      busy.push(time);
    });
    while (isScanning) {
      for (const [format, typist] of typists) {
        const time = await typist.type();
        if (isScanning) typed.get(format)?.push(time);
        await new Promise((resolve) => setTimeout(resolve, typingPause));
      }
    }
    await scan;
  }
  for (const [format, times] of typed) print(`  ${format.padEnd(11)} ${spread(times)} (${times.length} times)`);
  for (let round = 0; round < 2; round++) scans.push(await server.scan());
  const seconds = (time: number) => `${(time / 1000).toFixed(2)} s`;
  print(`The scan itself, ${files} files:`);
  print(`  the first ${seconds(scans[0] ?? 0)}, again ${seconds(quantile(scans.slice(1), 0.5))}`);
  print(`  while somebody types ${seconds(quantile(busy, 0.5))}`);
  print(
    `  ${server.findings} findings told; memory ${memory} after the first, ${residentMegabytes(server.pid)} in the end`,
  );
  print(`(load of the machine in the last minute: ${(loadavg()[0] ?? 0).toFixed(1)})`);
  await server.stop();
}

/** A fresh process each time. */
async function startUp(cli: string, folder: string, opensFolder: boolean): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < 11; round++) {
    const start = performance.now();
    const server = new Server(cli, folder, {});
    await server.initialize(opensFolder);
    await server.open('kubernetes');
    if (round > 0) times.push(performance.now() - start);
    await server.stop();
  }
  return times;
}

/** Types a character into one document and deletes it again, over and over. */
interface Typist {
  /** Gives the milliseconds until the findings are there. */
  readonly type: () => Promise<number>;
}

class Server {
  /** What `workspace/diagnostic` told. */
  findings = 0;
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #connection: ProtocolConnection;
  readonly #folder: string;
  #stopped = false;

  constructor(cli: string, folder: string, settings: { readonly [key: string]: unknown }) {
    this.#folder = folder;
    // Options of Node for the server alone, such as --cpu-prof.
    const options = (process.env.SERVER_NODE_OPTIONS ?? '').split(' ').filter((option) => option !== '');
    this.#process = spawn(process.execPath, [...options, cli, 'lsp', '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const { stdin, stdout } = this.#process;
    this.#connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.#connection.onRequest('workspace/configuration', ({ items }: { readonly items: readonly unknown[] }) =>
      items.map(() => settings),
    );
    for (const method of [
      'client/registerCapability',
      'client/unregisterCapability',
      'window/workDoneProgress/create',
    ]) {
      this.#connection.onRequest(method, () => null);
    }
    this.#connection.onRequest('workspace/diagnostic/refresh', () => null);
    this.#connection.listen();
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  #uri(path: string): string {
    return pathToFileURL(join(this.#folder, path)).toString();
  }

  async initialize(opensFolder: boolean): Promise<void> {
    await this.#connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: pullCapabilities,
      workspaceFolders: opensFolder ? [{ uri: this.#uri(''), name: 'workspace' }] : null,
    });
    await this.#connection.sendNotification('initialized', {});
  }

  /** Resolves when the first findings are there. */
  async open(format: Format): Promise<Typist> {
    const connection = this.#connection;
    const { path, languageId } = documents[format];
    const uri = this.#uri(path);
    const text = input(format, 1000);
    const at = TextDocument.create(uri, languageId, 1, text).positionAt(typingPlace(text));
    const behind = { ...at, character: at.character + 1 };
    let version = 1;
    let resultId: string | undefined;
    const ask = async () => {
      const report: DocumentDiagnosticReport = await connection.sendRequest('textDocument/diagnostic', {
        textDocument: { uri },
        identifier: 'plimsoll',
        ...(resultId === undefined ? {} : { previousResultId: resultId }),
      });
      resultId = report.resultId;
    };
    await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
    await ask();
    return {
      type: async () => {
        version++;
        const change =
          version % 2 === 0
            ? { range: { start: at, end: at }, text: 'x' }
            : { range: { start: at, end: behind }, text: '' };
        const start = performance.now();
        await connection.sendNotification('textDocument/didChange', {
          textDocument: { uri, version },
          contentChanges: [change],
        });
        await ask();
        return performance.now() - start;
      },
    };
  }

  /** Gives the milliseconds that it takes. */
  async scan(): Promise<number> {
    const start = performance.now();
    await this.#connection.sendRequest('workspace/executeCommand', { command: 'plimsoll.server.scan' });
    return performance.now() - start;
  }

  /** Asks for the workspace as VS Code does, until the server is stopped. */
  async poll(): Promise<void> {
    const known = new Map<string, string>();
    while (!this.#stopped) {
      const { items }: WorkspaceDiagnosticReport = await this.#connection.sendRequest('workspace/diagnostic', {
        identifier: 'plimsoll',
        previousResultIds: [...known].map(([uri, value]) => ({ uri, value })),
      });
      for (const item of items) {
        if (item.resultId !== undefined) known.set(item.uri, item.resultId);
        if (item.kind === 'full') this.findings += item.items.length;
      }
      await new Promise((resolve) => setTimeout(resolve, pollPause));
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    const closed = new Promise((resolve) => this.#process.once('close', resolve));
    await this.#connection.sendRequest('shutdown');
    await this.#connection.sendNotification('exit');
    await closed;
    this.#connection.dispose();
  }
}

function residentMegabytes(pid: number | undefined): string {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return `${Math.round(Number(kilobytes) / 1024)} MB`;
  } catch {
    return 'unknown on this system';
  }
}
