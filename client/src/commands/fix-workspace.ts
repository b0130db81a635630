import * as vscode from 'vscode';
import type { ServerConnection } from '../server-connection.js';

/** Makes the safe fixes of all files; VS Code shows them for review first. */
export async function fixWorkspace(server: ServerConnection): Promise<void> {
  const { fixes } = await server.execute<{ files: number; fixes: number }>('plimsoll.server.fixWorkspace');
  if (fixes === 0) {
    await vscode.window.showInformationMessage(vscode.l10n.t('There is nothing that can be fixed safely.'));
  }
}
