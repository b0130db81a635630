// Files that nobody has opened: their problems are there all the same, and go when their cause has gone.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually, expectFindings, type Folder, findings, makeFolder, removeFolder, show } from './workspace.js';

const text = `services:
  web:
    image: nginx:1.27
    cap_drop: [ALL]
    privileged: true
`;
const found = ['privileged 5:17-5:21'];

describe('A file that is not open', () => {
  let folder: Folder;
  let uri: vscode.Uri;
  beforeEach(async () => {
    folder = await makeFolder('scanned');
    uri = await folder.write('compose.yaml', text);
    await expectFindings(uri, found);
    assert.ok(vscode.workspace.textDocuments.every((document) => document.uri.toString() !== uri.toString()));
  });
  afterEach(() => removeFolder(folder));

  it('has no problems any more when another program mends it', async () => {
    await folder.write('compose.yaml', text.replace('true', 'false'));
    await expectFindings(uri, []);
  });

  it('has no problems any more when it is deleted', async () => {
    await folder.remove('compose.yaml');
    await expectFindings(uri, []);
  });

  it('takes its problems along when it is renamed', async () => {
    const renamed = folder.at('docker-compose.yaml');
    await vscode.workspace.fs.rename(uri, renamed);
    await expectFindings(renamed, found);
    await expectFindings(uri, []);
  });

  it('has no problems while the configuration excludes it', async () => {
    await folder.write('.plimsoll.yaml', 'exclude:\n  - compose.yaml\n');
    await expectFindings(uri, []);
    await folder.write('.plimsoll.yaml', 'profile: recommended\n');
    await expectFindings(uri, found);
  });

  it('has no problems while its rule is off in the configuration', async () => {
    await folder.write('.plimsoll.yaml', 'rules:\n  privileged: off\n');
    await expectFindings(uri, []);
    await folder.write('.plimsoll.yaml', 'profile: recommended\n');
    await expectFindings(uri, found);
  });
});

describe('The scan of the workspace', () => {
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('plimsoll');
  let folder: Folder;
  beforeEach(async () => {
    folder = await makeFolder('scan');
  });
  afterEach(async () => {
    await settings().update('workspaceScan', undefined, vscode.ConfigurationTarget.Workspace);
    await removeFolder(folder);
  });

  it('waits for the command where the setting says so', async () => {
    const uri = await folder.write('compose.yaml', text);
    await expectFindings(uri, found);
    await settings().update('workspaceScan', 'onCommand', vscode.ConfigurationTarget.Workspace);
    await expectFindings(uri, []);
    await vscode.commands.executeCommand('plimsoll.scanWorkspace');
    await expectFindings(uri, found);
  });

  it('leaves no problems behind when it is switched off', async () => {
    const uri = await folder.write('compose.yaml', text);
    await expectFindings(uri, found);
    await settings().update('workspaceScan', 'off', vscode.ConfigurationTarget.Workspace);
    await expectFindings(uri, []);
  });

  it('opens no documents', async () => {
    const before = vscode.workspace.textDocuments.length;
    const uri = await folder.write('compose.yaml', text);
    await expectFindings(uri, found);
    assert.equal(vscode.workspace.textDocuments.length, before);
  });

  it('does not count the text of a tab that was closed unsaved', async () => {
    const uri = await folder.write('compose.yaml', text.replace('true', 'false'));
    const editor = await show(uri);
    await editor.edit((edit) => edit.replace(new vscode.Range(4, 16, 4, 21), 'true'));
    await expectFindings(uri, found);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await eventually(() => assert.deepEqual(findings(uri), []));
  });
});
