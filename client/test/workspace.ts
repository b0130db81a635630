// Files of the test workspace, and what the extension says about them.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** How long something may take that has to come by itself. */
const patience = 15_000;

/** Runs the check again and again until it passes; in the end its own error is thrown. */
export async function eventually(check: () => void | Promise<void>): Promise<void> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The findings at a file as `rule line:column-line:column`, counted from 1, in order. */
export function findings(uri: vscode.Uri): readonly string[] {
  return diagnostics(uri)
    .sort((a, b) => a.range.start.compareTo(b.range.start))
    .map((diagnostic) => `${ruleOf(diagnostic)} ${written(diagnostic.range)}`);
}

export function diagnostics(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'plimsoll');
}

function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

function written({ start, end }: vscode.Range): string {
  return `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
}

export function expectFindings(uri: vscode.Uri, expected: readonly string[]): Promise<void> {
  return eventually(() => assert.deepEqual(findings(uri), expected));
}

export interface Folder {
  readonly uri: vscode.Uri;
  /** Writes a file to the disk, as another program would. */
  write(path: string, text: string): Promise<vscode.Uri>;
  remove(path: string): Promise<void>;
  at(path: string): vscode.Uri;
}

/**
 * A new folder of the workspace. It has a `.plimsoll.yaml` of its own, because the nearest one wins: what else is in the
 * workspace does not count.
 */
export async function makeFolder(name: string, config = 'profile: recommended\n'): Promise<Folder> {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(root, 'The tests need a folder that is open.');
  // VS Code looks for files that start an extension for seven seconds only, too few for a busy machine.
  await vscode.extensions.getExtension('plimsoll.plimsoll')?.activate();
  const uri = vscode.Uri.joinPath(root, name);
  const folder: Folder = {
    uri,
    at: (path) => vscode.Uri.joinPath(uri, path),
    async write(path, text) {
      const file = vscode.Uri.joinPath(uri, path);
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
      return file;
    },
    remove: (path) => Promise.resolve(vscode.workspace.fs.delete(vscode.Uri.joinPath(uri, path), { recursive: true })),
  };
  await vscode.workspace.fs.createDirectory(uri);
  await watching(folder);
  const written = await folder.write('.plimsoll.yaml', config);
  // Until the server has heard of it, the next one above it counts.
  await eventually(async () => {
    const effective = await vscode.commands.executeCommand<{ readonly source: string | null } | null>(
      'plimsoll.server.configuration',
      { uri: folder.at('compose.yaml').toString() },
    );
    assert.equal(vscode.Uri.parse(effective?.source ?? '').path, written.path);
  });
  return folder;
}

/** Resolves when VS Code tells of changes on the disk: a window that has just opened does not yet. */
async function watching(folder: Folder): Promise<void> {
  let told = false;
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder.uri, '*.probe'));
  watcher.onDidCreate(() => {
    told = true;
  });
  let probes = 0;
  try {
    await eventually(async () => {
      if (!told) await folder.write(`${probes++}.probe`, '');
      assert.ok(told, 'VS Code tells of no changes on the disk.');
    });
  } finally {
    watcher.dispose();
    for (let probe = 0; probe < probes; probe++) await folder.remove(`${probe}.probe`);
  }
}

export async function removeFolder(folder: Folder): Promise<void> {
  await closeEditors();
  await vscode.workspace.fs.delete(folder.uri, { recursive: true });
}

/** Opens a file in a tab as a person would; a document that an extension opens is kept long after its tab is closed. */
export async function show(uri: vscode.Uri): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
  const editor = vscode.window.activeTextEditor;
  assert.equal(editor?.document.uri.toString(), uri.toString());
  return editor as vscode.TextEditor;
}

/** Closes all tabs, throwing away what is not saved. */
export async function closeEditors(): Promise<void> {
  for (const editor of vscode.window.visibleTextEditors) {
    if (!editor.document.isDirty) continue;
    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Setting `editor.selection` would not wait until the window has it. */
export async function putCursor({ document, viewColumn }: vscode.TextEditor, at: vscode.Position): Promise<void> {
  const column = viewColumn === undefined ? {} : { viewColumn };
  await vscode.window.showTextDocument(document, { ...column, selection: new vscode.Range(at, at) });
}

/** Types into the editor without saving. */
export async function insert(editor: vscode.TextEditor, line: number, text: string): Promise<void> {
  assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(line - 1, 0), text)));
}

/** The code actions at the finding of a rule. */
export async function actionsAt(uri: vscode.Uri, rule: string): Promise<readonly vscode.CodeAction[]> {
  const found = diagnostics(uri).find((diagnostic) => ruleOf(diagnostic) === rule);
  assert.ok(found, `There is no finding of ${rule}.`);
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    found.range,
    undefined,
    // So many are resolved.
    50,
  );
}

export async function apply(action: vscode.CodeAction | undefined): Promise<void> {
  assert.ok(action, 'There is no such action.');
  if (action.edit !== undefined) assert.ok(await vscode.workspace.applyEdit(action.edit));
  if (action.command !== undefined) {
    await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
  }
}
