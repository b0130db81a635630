// A client of the language server in the same process, with a workspace in a temporary folder.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  DiagnosticRefreshRequest,
  type DidChangeWatchedFilesParams,
  type DocumentDiagnosticReport,
  FileChangeType,
  type InitializeResult,
  InlayHintRefreshRequest,
  ProgressType,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type Registration,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
  type WorkspaceDiagnosticReport,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { diskFiles } from '../../src/disk/disk-files.js';
import { shellChecker } from '../../src/disk/shell-check.js';
import type { Status } from '../../src/lsp/protocol.js';
import { startServer } from '../../src/lsp/server.js';
import type { Files } from '../../src/service/files.js';

type WorkDoneProgress = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

/** What VS Code says of itself, as far as the server asks. */
export const pullCapabilities: ClientCapabilities = {
  workspace: {
    applyEdit: true,
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    workspaceEdit: {
      documentChanges: true,
      resourceOperations: ['create'],
      changeAnnotationSupport: { groupsOnLabel: true },
    },
  },
  textDocument: {
    diagnostic: { dynamicRegistration: true },
    publishDiagnostics: {
      relatedInformation: true,
      versionSupport: true,
      codeDescriptionSupport: true,
      dataSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'source', 'source.fixAll'] } },
      isPreferredSupport: true,
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    completion: { completionItem: { documentationFormat: ['markdown'] } },
  },
  window: { workDoneProgress: true },
};

/** Asks for open documents and is told of the others, as Neovim is. */
export const mixedCapabilities: ClientCapabilities = {
  workspace: { applyEdit: true, configuration: true, workspaceEdit: { documentChanges: true } },
  textDocument: { diagnostic: { dynamicRegistration: false }, publishDiagnostics: { versionSupport: true } },
};

export const pushCapabilities: ClientCapabilities = {
  workspace: { applyEdit: true, workspaceEdit: {} },
  textDocument: { publishDiagnostics: { versionSupport: true } },
};

export interface ClientRequest {
  readonly capabilities?: ClientCapabilities;
  readonly files?: { readonly [path: string]: string };
  /** The section `plimsoll` of the settings. */
  readonly settings?: { [key: string]: unknown };
  readonly initializationOptions?: object;
  /** Stands for the file system of the machine. */
  readonly localFiles?: Files;
  /** Whether the temporary folder is opened as a workspace folder. */
  readonly folder?: boolean;
}

/** `line:character-character code`, with the line counted from 0. */
export function shown(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ range, code }) => `${shownRange(range)} ${code}`);
}

export function shownRange({ start, end }: Range): string {
  return `${start.line}:${start.character}-${end.line === start.line ? '' : `${end.line}:`}${end.character}`;
}

export class Client {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'plimsoll-lsp-')));
  readonly connection: ProtocolConnection;
  readonly registrations = new Map<string, Registration>();
  readonly published: PublishDiagnosticsParams[] = [];
  readonly refreshes: number[] = [];
  /** How often it was told to ask for inlay hints again, and that Compose projects are other ones. */
  readonly told = { hints: 0, compose: 0 };
  readonly applied: WorkspaceEdit[] = [];
  readonly statuses: Status[] = [];
  readonly progress: WorkDoneProgress[] = [];
  readonly settings: { [key: string]: unknown };
  readonly #documents = new Map<string, TextDocument>();
  readonly #waiting = new Set<() => void>();
  #introduction: InitializeResult | undefined;

  /** `localFiles` stands for the file system of the machine. */
  constructor(settings: { [key: string]: unknown }, localFiles: Files = diskFiles) {
    this.settings = settings;
    const [toServer, toClient] = [new PassThrough(), new PassThrough()];
    const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
    startServer({
      connection: server,
      version: '0.0.0',
      localFiles,
      shellChecker: (path) => shellChecker(path, undefined),
      today: () => '2026-06-15',
      turn: () => new Promise((resolve) => setImmediate(resolve)),
    });
    server.listen();
    this.connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
    this.#listen();
    this.connection.listen();
  }

  #listen(): void {
    const { connection } = this;
    connection.onRequest('workspace/configuration', ({ items }: { items: readonly { section?: string }[] }) =>
      items.map(({ section }) => (section === 'plimsoll' ? this.settings : null)),
    );
    connection.onRequest(
      'client/registerCapability',
      ({ registrations }: { registrations: readonly Registration[] }) => {
        for (const registration of registrations) this.registrations.set(registration.method, registration);
        this.#news();
      },
    );
    connection.onRequest(
      'client/unregisterCapability',
      ({ unregisterations }: { unregisterations: readonly Registration[] }) => {
        for (const { method } of unregisterations) this.registrations.delete(method);
        this.#news();
      },
    );
    connection.onRequest(DiagnosticRefreshRequest.method, () => {
      this.refreshes.push(this.refreshes.length);
      this.#news();
    });
    connection.onRequest(InlayHintRefreshRequest.method, () => {
      this.told.hints++;
      this.#news();
    });
    connection.onNotification('plimsoll/composeChanged', () => {
      this.told.compose++;
      this.#news();
    });
    connection.onRequest('window/workDoneProgress/create', ({ token }: { token: string }) => {
      connection.onProgress(new ProgressType<WorkDoneProgress>(), token, (value) => {
        this.progress.push(value);
        this.#news();
      });
      return null;
    });
    connection.onRequest('workspace/applyEdit', ({ edit }: { edit: WorkspaceEdit }) => {
      this.applied.push(edit);
      this.#news();
      return { applied: true };
    });
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      this.#news();
    });
    connection.onNotification('plimsoll/status', (status: Status) => {
      this.statuses.push(status);
      this.#news();
    });
  }

  #news(): void {
    for (const look of this.#waiting) look();
  }

  /** Resolves when a condition holds, which is looked at whenever the server says something. */
  async until<T>(condition: () => T | undefined | false): Promise<T> {
    return new Promise((resolve) => {
      const look = () => {
        const value = condition();
        if (value === undefined || value === false) return;
        this.#waiting.delete(look);
        resolve(value);
      };
      this.#waiting.add(look);
      look();
    });
  }

  get introduction(): InitializeResult {
    if (this.#introduction === undefined) throw new Error('The client was not started.');
    return this.#introduction;
  }

  async start({ capabilities, initializationOptions, folder = true }: ClientRequest): Promise<void> {
    this.#introduction = await this.connection.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities: capabilities ?? pullCapabilities,
      initializationOptions,
      workspaceFolders: folder ? [{ uri: this.uri(''), name: 'workspace' }] : null,
    });
    await this.connection.sendNotification('initialized', {});
  }

  uri(path: string): string {
    return pathToFileURL(join(this.folder, path)).toString();
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  async tell(path: string, type: FileChangeType): Promise<void> {
    const params: DidChangeWatchedFilesParams = { changes: [{ uri: this.uri(path), type }] };
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', params);
  }

  /** Writes a file and tells the server, as the watcher of a client would. */
  async save(path: string, text: string, type: FileChangeType = FileChangeType.Changed): Promise<void> {
    this.write(path, text);
    await this.tell(path, type);
  }

  async remove(path: string): Promise<void> {
    rmSync(join(this.folder, path), { recursive: true });
    await this.tell(path, FileChangeType.Deleted);
  }

  async configure(settings: { readonly [key: string]: unknown }): Promise<void> {
    for (const key of Object.keys(this.settings)) delete this.settings[key];
    Object.assign(this.settings, settings);
    await this.connection.sendNotification('workspace/didChangeConfiguration', { settings: { plimsoll: settings } });
  }

  async open(path: string, languageId: string, text: string, uri = this.uri(path)): Promise<string> {
    this.#documents.set(uri, TextDocument.create(uri, languageId, 1, text));
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
    return uri;
  }

  /** Replaces the one place where `old` stands. */
  async change(uri: string, old: string, text: string): Promise<number> {
    const document = this.document(uri);
    const start = document.getText().indexOf(old);
    if (start < 0) throw new Error(`The document does not hold '${old}'.`);
    const range = { start: document.positionAt(start), end: document.positionAt(start + old.length) };
    const version = document.version + 1;
    const contentChanges = [{ range, text }];
    this.#documents.set(uri, TextDocument.update(document, contentChanges, version));
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges,
    });
    return version;
  }

  async close(uri: string): Promise<void> {
    this.#documents.delete(uri);
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  document(uri: string): TextDocument {
    const document = this.#documents.get(uri);
    if (document === undefined) throw new Error(`${uri} is not open.`);
    return document;
  }

  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest('textDocument/diagnostic', {
      textDocument: { uri },
      identifier: 'plimsoll',
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  }

  async diagnostics(uri: string): Promise<readonly Diagnostic[]> {
    const report = await this.pull(uri);
    if (report.kind !== 'full') throw new Error('The report is not a full one.');
    return report.items;
  }

  pullWorkspace(known: ReadonlyMap<string, string>): Promise<WorkspaceDiagnosticReport> {
    return this.connection.sendRequest('workspace/diagnostic', {
      identifier: 'plimsoll',
      previousResultIds: [...known].map(([uri, value]) => ({ uri, value })),
    });
  }

  /** The text of an open document after an edit. */
  edited(uri: string, edit: WorkspaceEdit | undefined): string {
    const document = this.document(uri);
    const edits =
      edit?.changes?.[uri] ??
      edit?.documentChanges?.flatMap((change) =>
        'edits' in change && change.textDocument.uri === uri ? change.edits.filter((one) => 'newText' in one) : [],
      );
    if (edits === undefined) throw new Error('There is no edit.');
    return TextDocument.applyEdits(document, edits);
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    this.connection.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A started client, which `after` in the test stops. */
export async function startClient(request: ClientRequest = {}): Promise<Client> {
  const client = new Client({ ...request.settings }, request.localFiles);
  for (const [path, text] of Object.entries(request.files ?? {})) client.write(path, text);
  await client.start(request);
  return client;
}
