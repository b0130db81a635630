// Starts the language server, keeps it running and passes on what it says. Trouble is a log line and the status item, never
// a notification.
import * as vscode from 'vscode';
import {
  type BaseLanguageClient,
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  ExecuteCommandRequest,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State,
} from 'vscode-languageclient';
import { documentSelector } from './document-selector.js';
import { findFiles, readFile } from './files.js';
import type { ScanStatus, Status } from './status.js';

/** Makes a client that is not yet started; the two doors differ in nothing else. */
export type CreateClient = (options: LanguageClientOptions) => BaseLanguageClient;

export interface ServerConnection {
  /** Because of files that are not open, or of settings, Compose projects may be other ones now. */
  readonly onComposeChanged: vscode.Event<void>;
  /** Runs a command of the server. Rejects with what the server says, or that it does not run. */
  execute<Result = void>(command: string, ...values: readonly unknown[]): Promise<Result>;
  restart(): Promise<void>;
  /** Never rejects. */
  stop(): Promise<void>;
}

interface Session {
  readonly client: BaseLanguageClient;
  readonly started: Promise<void>;
}

/** So many ends of the server in so short a time are too many to start it again. */
const crashLimit = { count: 4, milliseconds: 3 * 60 * 1000 };
/** How long a start that is under way may hold up a stop. */
const startPatience = 2000;

export function connectServer(
  createClient: CreateClient,
  output: vscode.LogOutputChannel,
  status: Status,
): ServerConnection {
  const composeChanged = new vscode.EventEmitter<void>();
  let session = open();
  let restarting: Promise<void> | undefined;

  function open(): Session {
    const client: BaseLanguageClient = createClient({
      ...clientOptions(output),
      errorHandler: keepRunning(
        () => client.state === State.Running,
        () => status.serverStopped(),
      ),
    });
    client.onRequest('plimsoll/readFile', readFile);
    client.onRequest('plimsoll/findFiles', findFiles);
    client.onNotification('plimsoll/status', (scan: ScanStatus) => status.showScan(scan));
    client.onNotification('plimsoll/composeChanged', () => composeChanged.fire());
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) status.serverStarting();
      if (newState === State.Running) status.serverRunning();
    });
    const started = client.start().catch((error: unknown) => {
      output.error(vscode.l10n.t('The language server could not be started.'), error);
      status.serverStopped();
      throw error;
    });
    // Whoever executes a command is told; until then nobody has to ask.
    started.catch(() => undefined);
    return { client, started };
  }

  async function close({ client, started }: Session): Promise<void> {
    const settled = started.catch(() => undefined);
    await Promise.race([settled, new Promise((resolve) => setTimeout(resolve, startPatience))]);
    if (client.state !== State.Running) return;
    try {
      await client.stop();
    } catch (error) {
      output.warn(vscode.l10n.t('The language server did not stop in good order.'), error);
    }
  }

  async function reopen(): Promise<void> {
    await close(session);
    session = open();
    await session.started;
  }

  return {
    onComposeChanged: composeChanged.event,
    async execute(command, ...values) {
      await session.started;
      return session.client.sendRequest(ExecuteCommandRequest.type, { command, arguments: [...values] });
    },
    restart() {
      restarting ??= reopen().finally(() => {
        restarting = undefined;
      });
      return restarting;
    },
    stop: () => close(session),
  };
}

function clientOptions(output: vscode.LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector: [...documentSelector],
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    markdown: { isTrusted: { enabledCommands: ['plimsoll.showRule'] } },
    initializationOptions: {
      files: true,
      askReason: true,
      rulePage: 'command:plimsoll.showRule?%5B%22{id}%22%5D',
      status: true,
      composeChanges: true,
    },
    // Without it the client shows the error itself.
    initializationFailedHandler: (error: unknown) => {
      output.error(vscode.l10n.t('The language server refused to start.'), error);
      return false;
    },
  };
}

/** Starts a server again that has ended by itself, unless it does so all the time or never came up. */
function keepRunning(isRunning: () => boolean, gaveUp: () => void): ErrorHandler {
  const crashes: number[] = [];
  return {
    error: () => {
      // A worker whose script does not load says so and nothing else: the start would wait for ever.
      if (!isRunning()) gaveUp();
      return { action: ErrorAction.Continue, handled: true };
    },
    closed: () => {
      const now = Date.now();
      crashes.push(now);
      const recent = crashes.filter((time) => now - time < crashLimit.milliseconds);
      if (isRunning() && recent.length <= crashLimit.count) return { action: CloseAction.Restart, handled: true };
      crashes.length = 0;
      gaveUp();
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}
