import * as vscode from 'vscode';
import { configurationUri, type VirtualDocuments } from '../virtual-documents.js';

/** Shows the settings that hold for the file in the editor, or for the first folder of the workspace. */
export async function showConfiguration(documents: VirtualDocuments): Promise<void> {
  const shown = vscode.window.activeTextEditor?.document.uri;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const subject = shown !== undefined && shown.scheme !== 'plimsoll' ? shown : folder;
  if (subject === undefined) {
    await vscode.window.showInformationMessage(vscode.l10n.t('Open a file first: settings hold for a file.'));
    return;
  }
  const uri = configurationUri(subject);
  documents.refresh(uri);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: true });
}
