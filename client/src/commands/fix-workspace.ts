import * as vscode from 'vscode';
import type { ServerConnection } from '../server-connection.js';

/** Offers the fixes of all files; VS Code shows them for review, and nothing is changed before. */
export async function fixWorkspace(server: ServerConnection): Promise<void> {
  const { fixes } = await server.execute<{ files: number; fixes: number }>('plimsoll.server.fixWorkspace');
  if (fixes === 0) {
    await vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to fix in the workspace.'));
  }
}
