import * as vscode from 'vscode';
import type { EffectiveProject, EffectiveProjects } from '../effective-projects.js';

/** Shows the project of a Compose file, all of its files merged, beside the file. Without a file: the one in the editor. */
export async function showEffectiveCompose(projects: EffectiveProjects, given: unknown): Promise<void> {
  const file = given instanceof vscode.Uri ? given : vscode.window.activeTextEditor?.document.uri;
  const found = file === undefined ? null : await projects.find(file);
  if (file === undefined || found === null) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Open a Compose file first: this one is no part of a Compose project.'),
    );
    return;
  }
  const chosen = await choose(found);
  if (chosen === undefined) return;
  const project = chosen === found.project ? found : await projects.find(file, chosen);
  if (project === null) return;
  const uri = projects.uriOf(file, project);
  const document = await vscode.workspace.openTextDocument(uri);
  const known = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  await vscode.window.showTextDocument(document, {
    viewColumn: known?.viewColumn ?? vscode.ViewColumn.Beside,
    preview: true,
    preserveFocus: true,
  });
}

/** Asks which of several projects is meant; that of the folder of the file comes first. */
async function choose({ project, projects }: EffectiveProject): Promise<string | undefined> {
  if (projects.length < 2) return project;
  const items = projects.map((each) => ({ label: each.name, description: each.file, project: each.project }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Show effective Compose project'),
    placeHolder: vscode.l10n.t('The file is a part of several projects'),
    matchOnDescription: true,
  });
  return picked?.project;
}
