// What there is for manifests alone: hardening, what is in force for a container, namespaces that ask for a level, outlines.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import {
  apply,
  closeEditors,
  diagnostics,
  eventually,
  expectFindings,
  type Folder,
  insert,
  makeFolder,
  putCursor,
  removeFolder,
  show,
} from './workspace.js';

const head = `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  securityContext:
    runAsNonRoot: true
  containers:
`;
const web = `    - name: web
      image: nginx:1.27
`;
const agent = `    - name: agent
      image: busybox:1.36
`;
const pod = head + web + agent;

const draft = '# draft\n';
const hardened = `      securityContext:
        allowPrivilegeEscalation: false
        capabilities:
          drop: [ALL]
`;
const profileOfPod = `    seccompProfile:
      type: RuntimeDefault
`;
const profileOfContainer = `        seccompProfile:
          type: RuntimeDefault
`;
const hardWeb = head + web + hardened + profileOfContainer + agent;
const hardPod = head.replace('  containers:', `${profileOfPod}  containers:`) + web + hardened + agent + hardened;

const titles = {
  web: "Harden container 'web' to the restricted profile",
  all: 'Harden all 2 containers of this file to the restricted profile',
};

function placeOf({ document }: vscode.TextEditor, text: string): vscode.Position {
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `There is no ${text}.`);
  return document.positionAt(offset);
}

function actionsOf(editor: vscode.TextEditor, text: string, kind: string): Promise<readonly vscode.CodeAction[]> {
  const at = placeOf(editor, text);
  return Promise.resolve(
    vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      editor.document.uri,
      new vscode.Range(at, at),
      kind,
      // So many are resolved.
      20,
    ),
  );
}

/** Our actions of a kind; VS Code and its other extensions have some of their own. */
async function hardeningsOf(
  editor: vscode.TextEditor,
  text: string,
  kind: string,
): Promise<readonly vscode.CodeAction[]> {
  return (await actionsOf(editor, text, kind)).filter(({ title }) => title.startsWith('Harden'));
}

describe('Hardening', () => {
  let folder: Folder;
  before(async () => {
    folder = await makeFolder('hardening');
  });
  afterEach(closeEditors);
  after(() => removeFolder(folder));

  async function showUnsaved(): Promise<vscode.TextEditor> {
    const editor = await show(await folder.write('pod.yaml', pod));
    await insert(editor, 1, draft);
    assert.ok(editor.document.isDirty);
    return editor;
  }

  async function withOnSave(actions: Record<string, string>, text: string): Promise<string> {
    const uri = await folder.write('pod.yaml', text);
    const editor = await show(uri);
    await eventually(() => assert.ok(diagnostics(uri).length > 0));
    const settings = vscode.workspace.getConfiguration('editor', uri);
    await settings.update('codeActionsOnSave', actions, vscode.ConfigurationTarget.Workspace);
    try {
      await insert(editor, 1, draft);
      await vscode.commands.executeCommand('workbench.action.files.save');
      await eventually(() => assert.ok(!editor.document.isDirty));
      return editor.document.getText();
    } finally {
      await settings.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Workspace);
    }
  }

  it('is offered at a container, for it and for the file, as a refactoring', async () => {
    const editor = await showUnsaved();
    const actions = await hardeningsOf(editor, 'nginx', vscode.CodeActionKind.Refactor.value);
    assert.deepEqual(
      actions.map(({ title, kind }) => [title, kind?.value]),
      [
        [titles.web, 'refactor.rewrite.harden'],
        [titles.all, 'refactor.rewrite.harden'],
      ],
    );
    assert.deepEqual(await hardeningsOf(editor, 'kind: Pod', vscode.CodeActionKind.Refactor.value), []);
  });

  it('adds what one container lacks in one step, which is undone in one', async () => {
    const editor = await showUnsaved();
    const actions = await hardeningsOf(editor, 'nginx', vscode.CodeActionKind.Refactor.value);
    await apply(actions.find(({ title }) => title === titles.web));
    assert.equal(editor.document.getText(), draft + hardWeb);
    const left = await hardeningsOf(editor, 'nginx', vscode.CodeActionKind.Refactor.value);
    assert.deepEqual(left, []);
    await vscode.commands.executeCommand('undo');
    await eventually(() => assert.equal(editor.document.getText(), draft + pod));
  });

  it('adds what all containers of a file lack, to their pod where they share it', async () => {
    const editor = await showUnsaved();
    const actions = await hardeningsOf(editor, 'nginx', vscode.CodeActionKind.Refactor.value);
    await apply(actions.find(({ title }) => title === titles.all));
    assert.equal(editor.document.getText(), draft + hardPod);
    await expectFindings(editor.document.uri, []);
  });

  it('is a source action as well', async () => {
    const editor = await showUnsaved();
    const actions = await hardeningsOf(editor, 'kind: Pod', 'source.harden.plimsoll');
    assert.deepEqual(
      actions.map(({ title, kind }) => [title, kind?.value]),
      [[titles.all, 'source.harden.plimsoll']],
    );
    await apply(actions[0]);
    assert.equal(editor.document.getText(), draft + hardPod);
  });

  it('works in a document that has no file', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: pod });
    const editor = await vscode.window.showTextDocument(document);
    const actions = await hardeningsOf(editor, 'nginx', vscode.CodeActionKind.Refactor.value);
    await apply(actions.find(({ title }) => title === titles.all));
    assert.equal(document.getText(), hardPod);
  });

  it('is not made on saving by what fixes all that is safe', async () => {
    const unused = pod.replace('nginx:1.27', 'nginx:1.27 # plimsoll: ignore[host-pid] no longer needed');
    assert.equal(await withOnSave({ 'source.fixAll': 'explicit' }, unused), draft + pod);
  });

  it('is made on saving where the editor is told so by its name', async () => {
    assert.equal(await withOnSave({ 'source.harden.plimsoll': 'explicit' }, pod), draft + hardPod);
  });
});

describe('A hover over the name of a container', () => {
  let folder: Folder;
  before(async () => {
    folder = await makeFolder('context');
  });
  afterEach(closeEditors);
  after(() => removeFolder(folder));

  async function contextAt(editor: vscode.TextEditor, text: string): Promise<string> {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      editor.document.uri,
      placeOf(editor, text),
    );
    const parts = hovers.flatMap(({ contents }) => contents);
    const texts = parts.map((part) => (typeof part === 'string' ? part : part.value));
    return texts.find((one) => one.includes('**Security context:**')) ?? '';
  }

  it('has what is in force for it, where each value comes from, and the level that it meets', async () => {
    const editor = await show(await folder.write('pod.yaml', pod));
    await insert(editor, 1, draft);
    const said = await contextAt(editor, 'web\n      image');
    assert.match(said, /^\*\*Security context:\*\* container 'web' meets the level 'baseline' of Pod Security\.$/m);
    assert.deepEqual(
      said.split('\n').filter((line) => line.startsWith('|')),
      [
        '| Field | In force | From | Level |',
        '|:--|:--|:--|:--|',
        '| `allowPrivilegeEscalation` | `true` | not set | baseline |',
        '| `capabilities` | those of the runtime | not set | baseline |',
        '| `runAsNonRoot` | `true` | pod, line&nbsp;9 | restricted |',
        '| `seccompProfile` | none, unless the node sets one | not set | baseline |',
      ],
    );
    assert.match(said, /^Not set: `privileged`, `runAsUser`, `runAsGroup`, /m);
    assert.equal(await contextAt(editor, 'nginx'), '');
  });

  it('tells of the text as it is now', async () => {
    const editor = await show(await folder.write('pod.yaml', hardPod));
    assert.match(await contextAt(editor, 'web\n      image'), /meets the level 'restricted' of/);
    await insert(editor, 7, '  hostPID: true\n');
    const said = await contextAt(editor, 'web\n      image');
    assert.match(said, /^\| `runAsNonRoot` \| `true` \| pod, line&nbsp;9 \|/m);
    assert.match(said, / meets the level 'privileged' of Pod Security\.$/m);
  });
});

describe('A label of a namespace', () => {
  const label = 'pod-security.kubernetes.io/enforce';
  const namespace = (level: string) => `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    ${label}: ${level}
`;
  const { Error: error, Information: information } = vscode.DiagnosticSeverity;
  let folder: Folder;
  let uri: vscode.Uri;
  beforeEach(async () => {
    folder = await makeFolder('namespaces');
    uri = await folder.write('pod.yaml', head + web);
  });
  afterEach(() => removeFolder(folder));

  /** Waits until the finding in the pod is of this severity and no other finding of its rule is there. */
  async function becomes(severity: vscode.DiagnosticSeverity): Promise<vscode.Diagnostic> {
    let found: vscode.Diagnostic | undefined;
    await eventually(() => {
      const all = diagnostics(uri).filter(
        ({ code }) => typeof code === 'object' && code.value === 'missing-cap-drop-all',
      );
      assert.deepEqual(
        all.map((one) => one.severity),
        [severity],
      );
      found = all[0];
    });
    assert.ok(found);
    return found;
  }

  async function showNamespace(column: vscode.ViewColumn): Promise<vscode.TextEditor> {
    const document = await vscode.workspace.openTextDocument(await folder.write('namespace.yaml', namespace('')));
    return vscode.window.showTextDocument(document, { viewColumn: column, preview: false });
  }

  /** Letter by letter, as a person would. */
  async function typeLevel(editor: vscode.TextEditor, level: string): Promise<void> {
    const line = editor.document.lineAt(placeOf(editor, label).line);
    await editor.edit((edit) => edit.replace(line.range, `    ${label}: `));
    const end = editor.document.lineAt(line.lineNumber).range.end;
    await putCursor(editor, end);
    for (const text of level) await vscode.commands.executeCommand('type', { text });
    assert.equal(editor.document.lineAt(line.lineNumber).text, `    ${label}: ${level}`);
    assert.ok(editor.document.isDirty);
  }

  for (const [how, column] of [
    ['beside it', vscode.ViewColumn.Beside],
    ['in the tab behind it', vscode.ViewColumn.Active],
  ] as const) {
    it(`raises what it refuses in a pod ${how} while it is typed, and lets go of it again`, async () => {
      await show(uri);
      await becomes(information);
      const editor = await showNamespace(column);
      await typeLevel(editor, 'restricted');
      const finding = await becomes(error);
      assert.equal(finding.message, "Container 'web' keeps default capabilities: namespace 'shop' refuses it.");
      assert.deepEqual(
        finding.relatedInformation?.map(({ location, message }) => [
          location.uri.toString(),
          editor.document.getText(location.range),
          message,
        ]),
        [[editor.document.uri.toString(), 'restricted', "This asks for the level 'restricted'."]],
      );
      await typeLevel(editor, 'baseline');
      await becomes(information);
    });
  }

  it('raises what it refuses in a file that is not open', async () => {
    await becomes(information);
    const editor = await showNamespace(vscode.ViewColumn.Active);
    await typeLevel(editor, 'restricted');
    await becomes(error);
    await typeLevel(editor, 'baseline');
    await becomes(information);
  });

  it('counts as it is on the disk where its file is not open', async () => {
    await show(uri);
    await becomes(information);
    const ns = await folder.write('namespace.yaml', namespace('restricted'));
    const finding = await becomes(error);
    assert.equal(finding.relatedInformation?.[0]?.location.uri.toString(), ns.toString());
    await folder.write('namespace.yaml', namespace('baseline'));
    await becomes(information);
    await folder.write('namespace.yaml', namespace('restricted'));
    await becomes(error);
    await folder.remove('namespace.yaml');
    await becomes(information);
  });
});

describe('The outline', () => {
  let folder: Folder;
  before(async () => {
    folder = await makeFolder('outline');
  });
  after(() => removeFolder(folder));

  function written(symbols: readonly vscode.DocumentSymbol[], depth = ''): readonly string[] {
    return symbols.flatMap(({ name, detail, kind, selectionRange: { start }, children }) => [
      `${depth}${name} (${detail}) ${vscode.SymbolKind[kind]} ${start.line + 1}:${start.character + 1}`,
      ...written(children, `${depth}  `),
    ]);
  }

  it('has the objects of a manifest and their containers', async () => {
    const service = '---\napiVersion: v1\nkind: Service\nmetadata:\n  name: front\n';
    const uri = await folder.write(
      'shop.yaml',
      `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n---\n${pod}`,
    );
    const editor = await show(uri);
    await insert(editor, 1, service.slice(4) + service.slice(0, 4));
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    assert.deepEqual(written(symbols ?? []), [
      'Service front () Object 4:9',
      'Namespace shop () Namespace 9:9',
      'Pod web (shop) Class 14:9',
      '  web (container) Struct 20:13',
      '  agent (container) Struct 22:13',
    ]);
  });
});
