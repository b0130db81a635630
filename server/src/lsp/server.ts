// The language server: what it says of itself, and which part answers what.
import {
  type Connection,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type Disposable,
  DocumentDiagnosticRequest,
  DocumentSymbolRequest,
  FileChangeType,
  type FileEvent,
  type InitializeParams,
  type InitializeResult,
  InlayHintRefreshRequest,
  TextDocumentSyncKind,
  WatchKind,
} from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { nameOf } from '../model/paths.js';
import { allRules } from '../rules/all.js';
import { baselineName } from '../service/baseline.js';
import { isConfigName, speaksForOthers } from '../service/config-files.js';
import { mayMatter } from '../service/discover.js';
import type { Files } from '../service/files.js';
import { kustomizationNames } from '../service/kustomize.js';
import { describe } from '../service/lint-workspace.js';
import { podSecurityRules } from '../service/pod-security.js';
import { type ShellChecker, ShellChecks } from '../service/shell-checks.js';
import { type Abilities, abilitiesOf } from './capabilities.js';
import { actionKinds, CodeActions } from './code-actions.js';
import { execute } from './commands.js';
import { complete, completionTriggers } from './completion.js';
import { definition, references } from './definition.js';
import { documentLinks, resolveLink } from './document-links.js';
import { Documents } from './documents.js';
import { effectiveCompose } from './effective-compose.js';
import { hover } from './hover.js';
import { inlayHints } from './inlay-hints.js';
import {
  composeChangedNotification,
  effectiveComposeRequest,
  readInitializationOptions,
  serverCommands,
} from './protocol.js';
import { Pull } from './pull.js';
import { Push } from './push.js';
import { Roots } from './roots.js';
import { Scan, type ScanSetting } from './scan.js';
import { ScanProgress } from './scan-progress.js';
import { ShellRuns } from './shell-runs.js';
import { documentSymbols } from './symbols.js';
import { isWork, pathOf, uriOf } from './uris.js';

export interface Door {
  readonly connection: Connection;
  readonly version: string;
  /** The file system of this machine; undefined where there is none. */
  readonly localFiles: Files | undefined;
  /** The ShellCheck of this machine by its name or path; undefined where programs cannot be started. */
  readonly shellChecker: ((path: string) => ShellChecker) | undefined;
  /** `2026-12-31`, in UTC. */
  readonly today: () => string;
  /** Resolves when messages that wait have been handled. */
  readonly turn: () => Promise<void>;
}

/** Milliseconds that changes are gathered before the workspace is told of them. */
const patience = 200;
/** Milliseconds without a change after which the typing counts as over. */
const typingPause = 300;
/** The heading of our part of an outline. */
const outlineLabel = 'Plimsoll';

/** Answers on a connection, which is not yet listening. */
export function startServer(door: Door): void {
  const { connection } = door;
  connection.onInitialize((params) => {
    const server = new Server(door, params);
    return server.introduction;
  });
}

class Server {
  readonly #door: Door;
  readonly #abilities: Abilities;
  readonly #options;
  readonly #roots: Roots;
  readonly #documents: Documents;
  readonly #scan: Scan;
  readonly #progress: ScanProgress;
  readonly #pull: Pull | undefined;
  readonly #push: Push | undefined;
  readonly #actions: CodeActions;
  readonly #shellChecks: ShellChecks | undefined;
  readonly #shellRuns: ShellRuns | undefined;
  readonly introduction: InitializeResult;
  #setting: ScanSetting | undefined;
  #provider: Disposable | undefined;
  #symbolProvider: Promise<Disposable | undefined> = Promise.resolve(undefined);
  /** Whether hints were wanted where they were asked for. */
  #showsHints = false;
  readonly #typed = new Set<string>();
  #typingTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(door: Door, params: InitializeParams) {
    this.#door = door;
    const { connection, turn } = door;
    this.#options = readInitializationOptions(params.initializationOptions);
    const { files, rulePage, pushWorkspace, askReason } = this.#options;
    this.#abilities = abilitiesOf(params.capabilities, pushWorkspace);
    const abilities = this.#abilities;
    this.#shellChecks = this.#openShellChecks();
    this.#roots = new Roots({
      connection,
      localFiles: door.localFiles,
      today: door.today,
      clientReads: files,
      asksSettings: abilities.configuration,
      shellChecks: this.#shellChecks,
    });
    const outdated = (uris: readonly string[]) => this.#outdate(uris);
    this.#documents = new Documents(connection, this.#roots, outdated, (linted) => this.#shellRuns?.linted(linted));
    const documents = this.#documents;
    this.#shellRuns =
      this.#shellChecks === undefined
        ? undefined
        : new ShellRuns({
            checks: this.#shellChecks,
            versionOf: (uri) => documents.get(uri)?.version,
            onAnswers: (uri) => {
              if (documents.drop([uri])) this.#refresh();
              this.#inBackground(this.#scan.outdated([uri]));
            },
            onError: (error) => connection.console.error(describe(error)),
          });
    const style = { abilities, rulePage };
    this.#progress = new ScanProgress({
      connection,
      roots: this.#roots,
      abilities,
      tellsStatus: this.#options.status,
      scan: () => this.#scan,
      trouble: () =>
        this.#shellChecks?.trouble === undefined ? undefined : 'ShellCheck does not answer, see the log.',
      onError: (error) => connection.console.error(describe(error)),
    });
    this.#scan = new Scan({
      connection,
      roots: this.#roots,
      documents,
      style,
      turn,
      onReports: (uris) => {
        this.#pull?.changed();
        this.#push?.scanned(uris);
      },
      onOutdated: (uris) => {
        if (this.#documents.drop(uris)) this.#refresh();
        this.#composeChanged();
      },
      onProgress: () => this.#progress.changed(),
    });
    const scan = this.#scan;
    const log = (message: string) => connection.console.error(message);
    const refresh = () => this.#askAgain();
    this.#pull =
      abilities.mode === 'push' ? undefined : new Pull({ documents, scan, style, turn, refresh, patience, log });
    this.#push =
      abilities.mode === 'pull'
        ? undefined
        : new Push({ connection, documents, scan, style, turn, pushesOpen: abilities.mode === 'push' });
    this.#actions = new CodeActions({ documents, abilities, asksReason: askReason, rulePage });
    this.#roots.setSettings(this.#options.settings);
    this.#roots.setFolders(foldersOf(params));
    this.introduction = this.#introduce();
    this.#listen();
  }

  #openShellChecks(): ShellChecks | undefined {
    const { connection, shellChecker } = this.#door;
    const { shellcheckPath } = this.#options;
    if (shellcheckPath === undefined || shellChecker === undefined) return undefined;
    return new ShellChecks(shellChecker(shellcheckPath), (trouble) => {
      connection.console.error(`ShellCheck (${shellcheckPath}): ${trouble}. Its findings are missing.`);
      this.#progress.changed();
    });
  }

  #introduce(): InitializeResult {
    const { mode } = this.#abilities;
    return {
      serverInfo: { name: 'plimsoll', version: this.#door.version },
      capabilities: {
        textDocumentSync: {
          openClose: true,
          change: TextDocumentSyncKind.Incremental,
          save: !this.#abilities.registersWatchers,
        },
        // In the mode `pull` the provider is registered when the settings are known.
        ...(mode === 'mixed'
          ? {
              diagnosticProvider: { identifier: 'plimsoll', interFileDependencies: false, workspaceDiagnostics: false },
            }
          : {}),
        codeActionProvider: {
          codeActionKinds: [...actionKinds],
          resolveProvider: this.#abilities.resolvesEdits,
        },
        hoverProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        ...(this.#abilities.registersSymbols ? {} : { documentSymbolProvider: { label: outlineLabel } }),
        documentLinkProvider: { resolveProvider: true },
        inlayHintProvider: true,
        completionProvider: { triggerCharacters: [...completionTriggers] },
        executeCommandProvider: { commands: Object.values(serverCommands) },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  #listen(): void {
    const { connection } = this.#door;
    const documents = this.#documents;
    documents.open.listen(connection);
    documents.open.onDidOpen(({ document }) => this.#pull?.opened(document.uri));
    documents.open.onDidChangeContent(({ document }) => {
      this.#push?.changed(document.uri);
      this.#changed(document.uri);
    });
    documents.open.onDidClose(({ document: { uri } }) => {
      this.#push?.closed(uri);
      this.#pull?.closed(uri);
      this.#shellRuns?.closed(uri);
      this.#inBackground(this.#scan.changed(uri));
    });
    if (!this.#abilities.registersWatchers) {
      // Of a client that watches no files, what it saves is all that is told: a config file, for one.
      documents.open.onDidSave(({ document: { uri } }) =>
        this.#inBackground(this.#filesChanged([{ uri, type: FileChangeType.Changed }])),
      );
    }
    connection.onInitialized(() => this.#inBackground(this.#initialized()));
    connection.onDidChangeConfiguration(({ settings }) => {
      if (!this.#abilities.configuration) this.#roots.setSettings(sectionOf(settings));
      this.#inBackground(this.#reconfigure());
      this.#inBackground(this.#registerSymbols());
    });
    connection.onDidChangeWatchedFiles(({ changes }) => this.#inBackground(this.#filesChanged(changes)));
    connection.onCodeAction((params, token) => this.#actions.provide(params, token));
    connection.onCodeActionResolve((action) => this.#actions.resolve(action));
    const securityRules = podSecurityRules(allRules);
    connection.onHover((params) =>
      hover(params, { documents, abilities: this.#abilities, rulePage: this.#options.rulePage, securityRules }),
    );
    connection.onDefinition((params) => definition(params, documents));
    connection.onReferences((params) => references(params, documents));
    const symbols = { documents, roots: this.#roots, abilities: this.#abilities };
    connection.onDocumentSymbol((params) => documentSymbols(params, symbols));
    connection.onDocumentLinks((params) => documentLinks(params, documents));
    connection.onDocumentLinkResolve((link) => resolveLink(link, this.#roots));
    connection.onCompletion((params) => complete(params, { documents, abilities: this.#abilities }));
    const compose = { documents, roots: this.#roots };
    connection.languages.inlayHint.on(async (params) => {
      const hints = await inlayHints(params, compose);
      this.#showsHints ||= hints !== null;
      return hints;
    });
    connection.onRequest(effectiveComposeRequest, (params) => effectiveCompose(params, compose));
    const { turn } = this.#door;
    const commands = {
      connection,
      abilities: this.#abilities,
      roots: this.#roots,
      documents,
      scan: this.#scan,
      actions: this.#actions,
      turn,
      scanNow: () => this.#scanNow(),
    };
    connection.onExecuteCommand(({ command, arguments: values }) => execute(command, values ?? [], commands));
    const pull = this.#pull;
    if (pull !== undefined) {
      connection.languages.diagnostics.on((params, token) => {
        this.#push?.asked(params.textDocument.uri);
        return pull.document(params, token);
      });
      connection.languages.diagnostics.onWorkspace((params, token) => pull.workspace(params, token));
    }
    connection.onShutdown(() => {
      this.#scan.cancel();
      this.#shellRuns?.stop();
      this.#pull?.stop();
      this.#progress.stop();
      clearTimeout(this.#typingTimer);
    });
  }

  async #initialized(): Promise<void> {
    const { connection } = this.#door;
    const { registersConfiguration, registersWatchers } = this.#abilities;
    if (this.#abilities.workspaceFolders) {
      // Not before: this registers itself with the client where it does not yet know what was said in the introduction.
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        this.#roots.setFolders([...this.#roots.folders.filter(({ uri }) => !gone.has(uri)), ...added]);
        this.#inBackground(this.#reconfigure());
      });
    }
    if (registersConfiguration) {
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'plimsoll' });
    }
    if (registersWatchers) {
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [
          // Of a folder that comes or goes, some clients tell nothing but its own name.
          { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
          { globPattern: '**/*.{yml,yaml}', kind: WatchKind.Change },
          { globPattern: '**/*{ocker,ontainer}{f,F}ile*', kind: WatchKind.Change },
          { globPattern: `**/{.gitignore,.env,Kustomization,${baselineName}}`, kind: WatchKind.Change },
        ],
      });
    }
    await this.#registerSymbols();
    await this.#reconfigure();
  }

  /** The scan follows when the typing stops for a moment: it speaks for documents that no tab shows. */
  #changed(uri: string): void {
    this.#typed.add(uri);
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => {
      for (const each of this.#typed) this.#inBackground(this.#scan.changed(each));
      this.#typed.clear();
    }, typingPause);
  }

  /** Settings, config files or folders may have changed. */
  async #reconfigure(): Promise<void> {
    this.#roots.forget();
    this.#documents.forget();
    // Whoever shows hints now asks again.
    this.#showsHints = false;
    if (this.#abilities.refreshesHints) this.#request(InlayHintRefreshRequest.type);
    this.#composeChanged();
    const setting = scanSettingOf(await this.#roots.section());
    const before = this.#setting;
    this.#setting = setting;
    if (this.#abilities.mode === 'pull' && ((before === 'off') !== (setting === 'off') || before === undefined)) {
      await this.#register(setting !== 'off');
    } else {
      this.#refresh();
    }
    await this.#scan.configure(setting);
  }

  /** What is known of open documents no longer counts. */
  #refresh(): void {
    this.#askAgain();
    this.#push?.refresh();
  }

  /** Compose projects may be other ones than what is shown of them. */
  #composeChanged(): void {
    const { connection } = this.#door;
    if (this.#options.composeChanges) this.#inBackground(connection.sendNotification(composeChangedNotification));
    if (this.#abilities.refreshesHints && this.#showsHints) this.#request(InlayHintRefreshRequest.type);
  }

  /** Has the client ask for the documents that it shows. */
  #askAgain(): void {
    const { refresh, mode } = this.#abilities;
    if (refresh && mode !== 'push') this.#request(DiagnosticRefreshRequest.type);
  }

  async #register(workspaceDiagnostics: boolean): Promise<void> {
    this.#provider?.dispose();
    this.#provider = await this.#door.connection.client.register(DocumentDiagnosticRequest.type, {
      documentSelector: null,
      identifier: 'plimsoll',
      interFileDependencies: false,
      workspaceDiagnostics,
    });
  }

  /** Clients keep the outline of a text until that changes, or the provider does: after other settings it is a new one. */
  async #registerSymbols(): Promise<void> {
    if (!this.#abilities.registersSymbols) return;
    const before = this.#symbolProvider;
    const register = async () => {
      (await before)?.dispose();
      const options = { documentSelector: null, label: outlineLabel };
      return this.#door.connection.client.register(DocumentSymbolRequest.type, options);
    };
    const registered = register();
    this.#symbolProvider = registered.catch(() => undefined);
    await registered;
  }

  async #filesChanged(all: readonly FileEvent[]): Promise<void> {
    const changes = all.filter(({ uri }) => !/\/(?:node_modules|\.git)\//.test(pathOf(URI.parse(uri))));
    await this.#forget(changes.map(({ uri }) => uri).filter((uri) => !this.#scan.follows(uri)));
    let surroundings = false;
    let found = false;
    const changed: string[] = [];
    for (const { uri, type } of changes) {
      const name = nameOf(pathOf(URI.parse(uri)));
      if (isSurrounding(name) || (isConfigName(name) && (await this.#isExtended(uri)))) surroundings = true;
      if (type === FileChangeType.Deleted) await this.#scan.removed(uri);
      else if (type === FileChangeType.Changed) changed.push(uri);
      else if (mayMatter(name)) {
        found = true;
        changed.push(uri);
      } else if (name === '.dockerignore' || (await this.#isFolder(uri))) found = true;
    }
    if (surroundings) await this.#reconfigure();
    else if (found) await this.#rediscover();
    for (const uri of changed) await this.#scan.changed(uri);
  }

  /** The scan does not read these files again, but open documents may be judged by them. */
  async #forget(uris: readonly string[]): Promise<void> {
    const outdated: string[] = [];
    for (const uri of uris) {
      const at = URI.parse(uri);
      if (!isWork(at.scheme) || this.#documents.get(uri) !== undefined) continue;
      const { workspace, space } = await this.#roots.of(at);
      workspace.forget(pathOf(at));
      outdated.push(...workspace.takeOutdated().map((path) => uriOf(space, path)));
    }
    if (outdated.length > 0) this.#outdate(outdated);
  }

  /** More is known than when these files were linted. */
  #outdate(uris: readonly string[]): void {
    if (this.#documents.drop(uris)) this.#refresh();
    this.#composeChanged();
    this.#inBackground(this.#scan.outdated(uris));
  }

  /** What is in the folders of a client is asked for once, so that other roots have to be made. */
  async #rediscover(): Promise<void> {
    const isRemote =
      this.#roots.folders.some(({ uri }) => !uri.startsWith('file:')) || this.#door.localFiles === undefined;
    if (isRemote) await this.#reconfigure();
    else await this.#scan.rediscover();
  }

  async #isExtended(uri: string): Promise<boolean> {
    const at = URI.parse(uri);
    return (await this.#roots.of(at)).workspace.extends(pathOf(at));
  }

  async #isFolder(uri: string): Promise<boolean> {
    const at = URI.parse(uri);
    const { files } = await this.#roots.of(at);
    try {
      return (await files.stat(pathOf(at))) === 'folder';
    } catch {
      return false;
    }
  }

  async #scanNow(): Promise<void> {
    // Not every client watches files: whoever asks may know of changes that the server was not told of.
    this.#roots.forget();
    this.#documents.forget();
    this.#refresh();
    await this.#progress.begin();
    try {
      await this.#scan.scanNow();
    } finally {
      await this.#progress.end();
    }
  }

  /** Nobody waits for it: what goes wrong is logged, and costs nothing else. */
  /** A client may refuse what it said that it can do. */
  #request({ method }: { readonly method: string }): void {
    this.#inBackground(this.#door.connection.sendRequest(method));
  }

  #inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.#door.connection.console.error(describe(error)));
  }
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams) {
  if (workspaceFolders !== undefined && workspaceFolders !== null) return workspaceFolders;
  // For clients that know no workspace folders.
  return rootUri === null || rootUri === undefined ? [] : [{ uri: rootUri, name: '' }];
}

function sectionOf(settings: unknown): unknown {
  return typeof settings === 'object' && settings !== null && 'plimsoll' in settings ? settings.plimsoll : settings;
}

function scanSettingOf(section: unknown): ScanSetting {
  const value =
    typeof section === 'object' && section !== null && 'workspaceScan' in section ? section.workspaceScan : undefined;
  return value === 'off' || value === 'onCommand' ? value : 'automatic';
}

/** Files that say how others are read. */
function isSurrounding(name: string): boolean {
  return (
    speaksForOthers(name) ||
    name === '.gitignore' ||
    name === baselineName ||
    name === '.env' ||
    kustomizationNames.includes(name) ||
    name === 'Chart.yaml'
  );
}
