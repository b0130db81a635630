// ShellCheck is started where the user says so, and by nobody else.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually, expectFindings, type Folder, makeFolder, removeFolder, show } from '../workspace.js';
import {
  asking,
  longEnough,
  type ShellCheckProgram,
  setShellCheckPath,
  writeShellCheck,
} from './shell-check-program.js';

describe('ShellCheck', function () {
  this.timeout(90_000);
  let folder: Folder;
  let program: ShellCheckProgram;
  let uri: vscode.Uri;
  before(async function () {
    // The program is a script of a shell.
    if (process.platform === 'win32') this.skip();
    program = writeShellCheck();
    folder = await makeFolder('shellcheck', 'profile: recommended\nrules: { missing-user: off }\n');
    uri = await folder.write('Dockerfile', asking.text);
    await show(uri);
    await expectFindings(uri, asking.without);
  });
  after(async () => {
    if (folder === undefined) return;
    await setShellCheckPath(undefined);
    await removeFolder(folder);
    program.remove();
  });

  it('is not started because settings or files of the workspace name it', async () => {
    const root = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(root);
    const file = vscode.Uri.joinPath(root, '.vscode', 'settings.json');
    const settings = JSON.stringify({ 'plimsoll.shellcheckPath': program.path });
    const before = await Promise.resolve(vscode.workspace.fs.readFile(file)).catch(() => undefined);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(settings));
    try {
      await folder.write('.plimsoll.yaml', `profile: recommended\nshellcheckPath: ${program.path}\n`);
      await new Promise((resolve) => setTimeout(resolve, longEnough));
      await expectFindings(uri, asking.without);
      assert.equal(program.wasStarted(), false);
    } finally {
      if (before === undefined) await vscode.workspace.fs.delete(file);
      else await vscode.workspace.fs.writeFile(file, before);
    }
  });

  it('tells what it finds while the user names it, and no longer', async () => {
    await setShellCheckPath(program.path);
    await eventually(() => assert.ok(program.wasStarted(), 'It was not started.'));
    await expectFindings(uri, asking.found);
    await setShellCheckPath(undefined);
    await expectFindings(uri, asking.without);
  });
});
