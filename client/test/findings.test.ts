// What is underlined while somebody types, in each format.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import {
  closeEditors,
  diagnostics,
  eventually,
  expectFindings,
  type Folder,
  insert,
  makeFolder,
  removeFolder,
  show,
} from './workspace.js';

const composeFile = `services:
  web:
    image: nginx:1.27
    cap_drop: [ALL]
`;

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      securityContext:
        capabilities:
          drop: [ALL]
`;

describe('A finding in an unsaved text', () => {
  let folder: Folder;
  // On the web VS Code saves a second later, if nobody says otherwise.
  const saveBy = (autoSave: string | undefined) =>
    vscode.workspace.getConfiguration('files').update('autoSave', autoSave, vscode.ConfigurationTarget.Workspace);
  before(async () => {
    await saveBy('off');
    folder = await makeFolder('typed');
  });
  after(async () => {
    await saveBy(undefined);
    await removeFolder(folder);
  });

  it('is underlined at its exact place in a Dockerfile', async () => {
    const uri = await folder.write('Dockerfile', 'FROM debian:12\nUSER 1000\n');
    const editor = await show(uri);
    await expectFindings(uri, []);
    await insert(editor, 3, 'RUN curl -fsSL https://example.com/install | sh\n');
    await expectFindings(uri, ['curl-pipe-shell 3:46-3:48']);
    assert.ok(editor.document.isDirty);
  });

  it('is underlined at its exact place in a Compose file', async () => {
    const uri = await folder.write('compose.yaml', composeFile);
    const editor = await show(uri);
    await insert(editor, 5, '    privileged: true\n');
    await expectFindings(uri, ['privileged 5:17-5:21']);
    // VS Code tells of it apart from the text.
    await eventually(() => assert.ok(editor.document.isDirty));
  });

  it('is underlined at its exact place in a Kubernetes manifest', async () => {
    const uri = await folder.write('pod.yaml', pod);
    const editor = await show(uri);
    await insert(editor, 6, '  hostPID: true\n');
    await expectFindings(uri, ['host-pid 6:12-6:16']);
    assert.ok(editor.document.isDirty);
  });

  it('is underlined at its exact place in .plimsoll.yaml', async () => {
    const editor = await show(folder.at('.plimsoll.yaml'));
    await insert(editor, 2, 'rules:\n  privilegd: off\n');
    await expectFindings(editor.document.uri, ['invalid-config 3:3-3:12']);
  });

  it('moves with the text above it', async () => {
    const editor = await show(folder.at('compose.yaml'));
    await insert(editor, 1, '# one\n# two\n');
    await expectFindings(editor.document.uri, ['privileged 7:17-7:21']);
  });

  it('is underlined in a document that has no file', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'dockercompose',
      content: `${composeFile}    pid: host\n`,
    });
    await vscode.window.showTextDocument(document);
    await expectFindings(document.uri, ['host-pid 5:10-5:14']);
    await closeEditors();
  });
});

describe('A finding', () => {
  let folder: Folder;
  before(async () => {
    folder = await makeFolder('finding');
  });
  after(() => removeFolder(folder));

  it('has a source, a severity, the id of its rule and a link to the page of the rule', async () => {
    const uri = await folder.write('compose.yaml', `${composeFile}    privileged: true\n`);
    await show(uri);
    await expectFindings(uri, ['privileged 5:17-5:21']);
    const [finding] = diagnostics(uri);
    assert.equal(finding?.source, 'plimsoll');
    assert.equal(finding?.severity, vscode.DiagnosticSeverity.Error);
    assert.ok(typeof finding?.code === 'object');
    assert.equal(finding.code.value, 'privileged');
    assert.equal(finding.code.target.scheme, 'command');
    assert.equal(finding.code.target.path, 'plimsoll.showRule');
    assert.equal(finding.code.target.query, '["privileged"]');
  });

  it('is there again when its tab was closed and opened again', async () => {
    const uri = await folder.write('again.yaml', `${composeFile.replace('services', 'x: &x {}\nservices')}`);
    const compose = await folder.write('docker-compose.yml', `${composeFile}    privileged: true\n`);
    for (let round = 1; round <= 2; round++) {
      await show(uri);
      await show(compose);
      await expectFindings(compose, ['privileged 5:17-5:21']);
      await closeEditors();
    }
    await show(compose);
    await expectFindings(compose, ['privileged 5:17-5:21']);
  });

  it('is not to be seen in a YAML file that is neither', async () => {
    const uri = await folder.write('other.yaml', 'privileged: true\nservice: {}\n');
    const marker = await folder.write('marker.yaml', pod.replace('spec:', 'spec:\n  hostPID: true'));
    await show(uri);
    await show(marker);
    await expectFindings(marker, ['host-pid 6:12-6:16']);
    assert.deepEqual(diagnostics(uri), []);
  });
});
