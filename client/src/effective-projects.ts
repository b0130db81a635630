// Effective Compose projects as documents: their texts come from the server, and change while their files are edited.
import * as vscode from 'vscode';
import type { ServerConnection } from './server-connection.js';

/** The first part of the paths of such documents. */
export const projectFolder = 'compose';

/** What the server tells of the project of a file. */
export interface EffectiveProject {
  readonly project: string;
  readonly name: string;
  readonly text: string;
  /** Comments of the text name them: `NAME:LINE`. */
  readonly files: readonly { readonly uri: string; readonly name: string }[];
  readonly projects: readonly { readonly project: string; readonly name: string; readonly file: string }[];
}

export interface EffectiveProjects extends vscode.Disposable {
  /** A document that is open says something else now. */
  readonly onDidChange: vscode.Event<vscode.Uri>;
  /** Null where a file is no part of a Compose project. */
  find(file: vscode.Uri, project?: string): Promise<EffectiveProject | null>;
  /** The document of a project that was found by a file. */
  uriOf(file: vscode.Uri, found: EffectiveProject): vscode.Uri;
  textOf(uri: vscode.Uri): Promise<string>;
}

/** Milliseconds that changes are gathered. */
const patience = 150;

export function createEffectiveProjects(server: ServerConnection): EffectiveProjects {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  /** The files that each open document was made from with their names, by its URI. */
  const shown = new Map<string, ReadonlyMap<string, string>>();
  const outdated = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function find(file: vscode.Uri, project?: string): Promise<EffectiveProject | null> {
    return server.execute('plimsoll.server.effectiveCompose', { uri: file.toString(), project });
  }

  function outdate(uris: Iterable<string>): void {
    for (const uri of uris) outdated.add(uri);
    if (outdated.size === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const uri of outdated) if (shown.has(uri)) changed.fire(vscode.Uri.parse(uri));
      outdated.clear();
    }, patience);
  }

  const following = [
    server.onComposeChanged(() => outdate(shown.keys())),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (shown.size === 0) return;
      const file = document.uri.toString();
      outdate([...shown].flatMap(([uri, files]) => (files.has(file) ? [uri] : [])));
    }),
    vscode.languages.registerDocumentLinkProvider(
      { scheme: 'plimsoll', pattern: `/${projectFolder}/*` },
      { provideDocumentLinks: (document) => linksIn(document, shown.get(document.uri.toString())) },
    ),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => shown.delete(uri.toString())),
  ];

  return {
    onDidChange: changed.event,
    find,
    uriOf(file, { project, name, files }) {
      // The same document whichever of its files it was asked for by: the last that is merged knows no other such project.
      const last = project.split(' ').findLast((each) => files.some(({ uri }) => uri === each)) ?? file.toString();
      return vscode.Uri.from({
        scheme: 'plimsoll',
        // By such a name VS Code knows the language, where it has one for Compose files.
        path: `/${projectFolder}/compose.${name}.effective.yaml`,
        query: JSON.stringify([last, project]),
      });
    },
    async textOf(uri) {
      const [file, project] = readQuery(uri);
      const found = await find(vscode.Uri.parse(file), project);
      const files = found?.files ?? [{ uri: file, name: '' }];
      shown.set(uri.toString(), new Map(files.map((each) => [each.uri, each.name])));
      return found?.text ?? `# ${vscode.l10n.t('This is no part of a Compose project.')}\n`;
    },
    dispose() {
      clearTimeout(timer);
      for (const each of following) each.dispose();
      changed.dispose();
    },
  };
}

/** The file and the project of a document; links to such documents may come from anywhere. */
function readQuery({ query }: vscode.Uri): readonly [string, string | undefined] {
  try {
    const [file, project]: readonly unknown[] = JSON.parse(query);
    return [String(file), typeof project === 'string' ? project : undefined];
  } catch {
    return ['', undefined];
  }
}

/** Links from the comments behind the lines to what they name. */
function linksIn(document: vscode.TextDocument, files: ReadonlyMap<string, string> | undefined): vscode.DocumentLink[] {
  const byName = new Map([...(files ?? [])].map(([uri, name]) => [name, vscode.Uri.parse(uri)]));
  const links: vscode.DocumentLink[] = [];
  for (let index = 0; index < document.lineCount; index++) {
    const { text } = document.lineAt(index);
    const comment = text.lastIndexOf('# ');
    if (comment < 0) continue;
    for (const { 0: place, 1: name = '', 2: line, index: start } of text.slice(comment).matchAll(/([^\s,]+):(\d+)/g)) {
      const file = byName.get(name);
      if (file === undefined) continue;
      const range = new vscode.Range(index, comment + start, index, comment + start + place.length);
      links.push(new vscode.DocumentLink(range, file.with({ fragment: `L${line}` })));
    }
  }
  return links;
}
