// Tells VS Code whether the file in the editor is a part of a Compose project by another name than Compose's own, so that
// menus have what is for such files.
import * as vscode from 'vscode';
import type { EffectiveProjects } from './effective-projects.js';
import type { ServerConnection } from './server-connection.js';

export function followComposeEditor(server: ServerConnection, projects: EffectiveProjects): vscode.Disposable {
  let asked = 0;

  async function look(editor: vscode.TextEditor | undefined): Promise<void> {
    const turn = ++asked;
    const isPart = editor !== undefined && (await isPartOfProject(editor.document, projects));
    // Another editor may have come before the answer.
    if (turn === asked) await vscode.commands.executeCommand('setContext', 'plimsoll.composePart', isPart);
  }

  const following = [
    vscode.window.onDidChangeActiveTextEditor(look),
    server.onComposeChanged(() => look(vscode.window.activeTextEditor)),
  ];
  void look(vscode.window.activeTextEditor);
  return vscode.Disposable.from(...following);
}

/** Others are known by their language, without a question. */
async function isPartOfProject(
  { uri, languageId }: vscode.TextDocument,
  projects: EffectiveProjects,
): Promise<boolean> {
  if (languageId !== 'yaml' || uri.scheme === 'plimsoll') return false;
  try {
    return (await projects.find(uri)) !== null;
  } catch {
    // Without a server there is nothing to show.
    return false;
  }
}
