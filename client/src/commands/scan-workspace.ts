import * as vscode from 'vscode';
import type { ServerConnection } from '../server-connection.js';

/** Scans now, whatever the setting says. The findings come into the Problems view, which is opened for them. */
export async function scanWorkspace(server: ServerConnection): Promise<void> {
  await vscode.commands.executeCommand('workbench.panel.markers.view.focus', { preserveFocus: true });
  await server.execute('plimsoll.server.scan');
}
