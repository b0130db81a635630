// A folder that nobody has trusted yet: the extension only reads, so that all of it is there.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { press, type, waitForText } from '../driver.js';
import { eventually, expectFindings, type Folder, makeFolder, putCursor, removeFolder, show } from '../workspace.js';

const compose = (service: string) => `services:
  ${service}:
    image: nginx:1.27
    cap_drop: [ALL]
    privileged: true
`;
const found = ['privileged 5:17-5:21'];

describe('In Restricted Mode', () => {
  let folder: Folder;
  before(async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await waitForText('Restricted Mode');
    folder = await makeFolder('restricted');
  });
  after(async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await removeFolder(folder);
  });

  it('the problems of a file that is open and of one that is not are in the Problems view', async () => {
    const opened = await folder.write('opened/compose.yaml', compose('in-a-tab'));
    const closed = await folder.write('closed/compose.yaml', compose('in-no-tab'));
    await show(opened);
    await expectFindings(opened, found);
    await expectFindings(closed, found);
    await vscode.commands.executeCommand('workbench.panel.markers.view.focus');
    // The list holds no more rows than are to be seen.
    await vscode.commands.executeCommand('problems.action.focusFilter');
    await type('privileged:');
    await waitForText("Container 'in-a-tab' is privileged");
    await waitForText("Container 'in-no-tab' is privileged");
    await vscode.commands.executeCommand('problems.action.clearFilterText');
  });

  it('the light bulb mends', async () => {
    const uri = await folder.write('mended/compose.yaml', compose('web'));
    const editor = await show(uri);
    await expectFindings(uri, found);
    await putCursor(editor, new vscode.Position(4, 18));
    await press('Control+Period');
    await waitForText('Remove `privileged`');
    await press('Enter');
    await expectFindings(uri, []);
    assert.equal(editor.document.getText(), compose('web').replace('    privileged: true\n', ''));
  });

  it('each command does what it does elsewhere', async () => {
    const uri = await folder.write('commands/compose.yaml', compose('web'));
    await show(uri);
    await vscode.commands.executeCommand('plimsoll.scanWorkspace');
    await expectFindings(uri, found);
    await vscode.commands.executeCommand('plimsoll.showRule', 'privileged');
    await eventually(() => {
      const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
      assert.ok(
        labels.some((label) => label.includes('privileged')),
        labels.join(', '),
      );
    });
    await show(uri);
    await vscode.commands.executeCommand('plimsoll.showConfiguration');
    assert.match(
      vscode.window.activeTextEditor?.document.getText() ?? '',
      /^profile: recommended # restricted\/\.plimsoll\.yaml:1$/m,
    );
    await show(uri);
    await vscode.commands.executeCommand('plimsoll.showEffectiveCompose');
    assert.ok(
      vscode.window.visibleTextEditors.some(({ document }) =>
        /^ {4}privileged: true +# compose\.yaml:5$/m.test(document.getText()),
      ),
    );
    await vscode.commands.executeCommand('plimsoll.restartServer');
    await expectFindings(uri, found);
  });
});
