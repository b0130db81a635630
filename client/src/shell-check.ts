// Which ShellCheck the server may start. Only the person who owns the machine says so, never a workspace.
import * as vscode from 'vscode';
import type { ServerConnection } from './server-connection.js';

const setting = 'shellcheckPath';

/** Undefined where nobody wants it, and where the workspace is not trusted. */
export function shellCheckPath(): string | undefined {
  if (!vscode.workspace.isTrusted) return undefined;
  // What stands in the settings of a workspace does not count, whatever the editor makes of it.
  const path = vscode.workspace.getConfiguration('plimsoll').inspect<string>(setting)?.globalValue;
  return typeof path === 'string' && path !== '' ? path : undefined;
}

/** Starts the server anew when it may start another ShellCheck, or none any more. */
export function followShellCheck(server: ServerConnection): vscode.Disposable {
  let known = shellCheckPath();
  const look = () => {
    const path = shellCheckPath();
    if (path === known) return;
    known = path;
    // A server that does not start says so itself.
    server.restart().catch(() => undefined);
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`plimsoll.${setting}`)) look();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(look),
  );
}
