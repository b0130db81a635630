// In a folder that nobody trusts nothing is started, whoever names it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import {
  asking,
  longEnough,
  type ShellCheckProgram,
  setShellCheckPath,
  writeShellCheck,
} from '../node/shell-check-program.js';
import { expectFindings, type Folder, makeFolder, removeFolder, show } from '../workspace.js';

describe('ShellCheck in Restricted Mode', function () {
  this.timeout(90_000);
  let folder: Folder;
  let program: ShellCheckProgram;
  before(async () => {
    program = writeShellCheck();
    folder = await makeFolder('restricted-shellcheck');
  });
  after(async () => {
    await setShellCheckPath(undefined);
    await removeFolder(folder);
    program.remove();
  });

  it('is not started, though the user names it', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await setShellCheckPath(program.path);
    const uri = await folder.write('Dockerfile', asking.text);
    await show(uri);
    await expectFindings(uri, asking.without);
    await vscode.commands.executeCommand('plimsoll.scanWorkspace');
    await new Promise((resolve) => setTimeout(resolve, longEnough));
    await expectFindings(uri, asking.without);
    assert.equal(program.wasStarted(), false);
  });
});
