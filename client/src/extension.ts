// The extension on the desktop and on remotes: the server runs in a process of its own.
import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, TransportKind } from 'vscode-languageclient/node';
import { activateWith } from './activate.js';
import type { ServerConnection } from './server-connection.js';
import { followShellCheck, shellCheckPath } from './shell-check.js';

let server: ServerConnection | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const module = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.js').fsPath;
  const serverOptions = { module, transport: TransportKind.ipc };
  const createClient = ({ initializationOptions, ...options }: LanguageClientOptions) =>
    new QuietClient('plimsoll', 'Plimsoll', serverOptions, {
      ...options,
      initializationOptions: { ...initializationOptions, shellcheckPath: shellCheckPath() },
    });
  server = activateWith(createClient, context);
  context.subscriptions.push(followShellCheck(server));
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}

/** Some errors of the client would force a notification; the log and the status item say as much. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}
