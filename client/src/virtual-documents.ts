// Read-only documents whose text comes from the server: the pages of the rules, the settings that hold for a file, and
// effective Compose projects.
import * as vscode from 'vscode';
import { type EffectiveProjects, projectFolder } from './effective-projects.js';
import type { ServerConnection } from './server-connection.js';

const scheme = 'plimsoll';

export function rulePageUri(id: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/rules/${id}.md` });
}

export function configurationUri(file: vscode.Uri): vscode.Uri {
  return vscode.Uri.from({ scheme, path: '/configuration/effective-settings.yaml', query: file.toString() });
}

export interface VirtualDocuments extends vscode.Disposable {
  /** Asks for the text of a document again where it is open. */
  refresh(uri: vscode.Uri): void;
}

export function provideVirtualDocuments(server: ServerConnection, projects: EffectiveProjects): VirtualDocuments {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => textOf(uri, server, projects),
  });
  const following = projects.onDidChange((uri) => changed.fire(uri));
  return {
    refresh: (uri) => changed.fire(uri),
    dispose() {
      registration.dispose();
      following.dispose();
      changed.dispose();
    },
  };
}

async function textOf(uri: vscode.Uri, server: ServerConnection, projects: EffectiveProjects): Promise<string> {
  const [, folder, name = ''] = uri.path.split('/');
  if (folder === 'configuration') {
    const found = await server.execute<{ text: string } | null>('plimsoll.server.configuration', { uri: uri.query });
    return found?.text ?? `# ${vscode.l10n.t('Plimsoll does not look at this file.')}\n`;
  }
  if (folder === projectFolder) return projects.textOf(uri);
  const id = name.replace(/\.md$/, '');
  const page = await server.execute<string | null>('plimsoll.server.rulePage', id);
  return page ?? vscode.l10n.t('There is no rule `{0}`.', id);
}
