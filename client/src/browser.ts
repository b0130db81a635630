// The extension in the browser, as on vscode.dev: the server runs in a worker.
import * as vscode from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type LanguageClientOptions,
} from 'vscode-languageclient/browser';
import { activateWith } from './activate.js';
import type { ServerConnection } from './server-connection.js';

let server: ServerConnection | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.browser.js');
  server = activateWith((options) => new WorkerClient(script, options), context);
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}

class WorkerClient extends LanguageClient {
  private worker: Worker | undefined;

  constructor(script: vscode.Uri, options: LanguageClientOptions) {
    super(
      'plimsoll',
      'Plimsoll',
      async () => {
        const worker = await startWorker(script);
        this.worker = worker;
        // Not the worker itself: the client would not know it as one, for VS Code puts a class of its own in place of `Worker`.
        return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
      },
      options,
    );
  }

  /** Some errors of the client would force a notification; the log and the status item say as much. */
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  /** A worker does not end by itself. */
  override async stop(timeout?: number): Promise<void> {
    try {
      await super.stop(timeout);
    } finally {
      this.worker?.terminate();
      this.worker = undefined;
    }
  }
}

/** Rejects where the script cannot be loaded. */
async function startWorker(script: vscode.Uri): Promise<Worker> {
  // Extensions of a remote may not start workers from their own address.
  if (script.scheme !== 'vscode-remote') return new Worker(script.toString(true));
  const bytes = await vscode.workspace.fs.readFile(script);
  const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/javascript' }));
  return new Worker(url);
}
