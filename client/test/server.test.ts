// The server can go and come back.
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { expectFindings, type Folder, insert, makeFolder, removeFolder, show } from './workspace.js';

describe('The language server', () => {
  let folder: Folder;
  before(async () => {
    folder = await makeFolder('server');
  });
  after(() => removeFolder(folder));

  it('has the same findings again when it was restarted, and goes on with what is typed', async () => {
    const text = 'services:\n  web:\n    image: nginx:1.27\n    cap_drop: [ALL]\n    privileged: true\n';
    const closed = await folder.write('closed/compose.yaml', text);
    const editor = await show(await folder.write('compose.yaml', text));
    await expectFindings(editor.document.uri, ['privileged 5:17-5:21']);
    await vscode.commands.executeCommand('plimsoll.restartServer');
    await expectFindings(editor.document.uri, ['privileged 5:17-5:21']);
    await expectFindings(closed, ['privileged 5:17-5:21']);
    await insert(editor, 6, '    pid: host\n');
    await expectFindings(editor.document.uri, ['privileged 5:17-5:21', 'host-pid 6:10-6:14']);
  });
});
