// The extension as VS Code sees it: found, started, and with everything that its manifest promises.
import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('The extension', () => {
  const extension = vscode.extensions.getExtension('plimsoll.plimsoll');

  before(async () => {
    await extension?.activate();
  });

  it('starts', () => {
    assert.equal(extension?.isActive, true);
  });

  it('registers each command of its manifest', async () => {
    const promised: readonly { readonly command: string }[] = extension?.packageJSON.contributes.commands;
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      promised.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
    assert.ok(promised.length > 0);
  });
});
