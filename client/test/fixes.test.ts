// Fixes: one, all of a rule, and those that are made on saving.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import {
  actionsAt,
  apply,
  eventually,
  expectFindings,
  type Folder,
  makeFolder,
  removeFolder,
  show,
} from './workspace.js';

const two = `services:
  web:
    image: nginx:1.27
    cap_drop: [ALL]
    privileged: true # why?
  worker:
    image: redis:7.4
    cap_drop: [ALL]
    privileged: true
`;

const unused = `services:
  web:
    image: nginx:1.27 # plimsoll: ignore[host-pid] no longer needed
    cap_drop: [ALL]
    privileged: true
`;

describe('A fix', () => {
  let folder: Folder;
  beforeEach(async () => {
    folder = await makeFolder('fixes');
  });
  afterEach(() => removeFolder(folder));

  it('changes the text as little as it can, and its finding is gone', async () => {
    const uri = await folder.write('compose.yaml', two);
    const editor = await show(uri);
    await expectFindings(uri, ['privileged 5:17-5:21', 'privileged 9:17-9:21']);
    const actions = await actionsAt(uri, 'privileged');
    const fix = actions.find(({ title }) => title === 'Remove `privileged`');
    assert.equal(fix?.isPreferred, true);
    assert.equal(fix?.kind?.value, 'quickfix');
    await apply(fix);
    await expectFindings(uri, ['privileged 8:17-8:21']);
    assert.ok(!editor.document.getText().includes('why?') || editor.document.getText().includes('# why?'));
  });

  it('is offered for all findings of its rule in one go', async () => {
    const uri = await folder.write('compose.yaml', two);
    const editor = await show(uri);
    await expectFindings(uri, ['privileged 5:17-5:21', 'privileged 9:17-9:21']);
    const actions = await actionsAt(uri, 'privileged');
    await apply(actions.find(({ title }) => /all.*privileged/i.test(title)));
    await expectFindings(uri, []);
    assert.ok(!editor.document.getText().includes('privileged'));
    await vscode.commands.executeCommand('undo');
    await eventually(() => assert.equal(editor.document.getText(), two));
  });

  it('comes before the actions that silence a finding', async () => {
    const uri = await folder.write('compose.yaml', two);
    await show(uri);
    await expectFindings(uri, ['privileged 5:17-5:21', 'privileged 9:17-9:21']);
    const titles = (await actionsAt(uri, 'privileged')).map(({ title }) => title);
    const firstIgnore = titles.findIndex((title) => title.startsWith('Ignore'));
    const lastFix = titles.findLastIndex((title) => /^(Remove|Fix)/.test(title));
    assert.ok(firstIgnore > lastFix && lastFix >= 0, titles.join('\n'));
  });

  it('that is safe is made on saving where the editor is told so, and no other', async () => {
    const uri = await folder.write('compose.yaml', unused);
    const editor = await show(uri);
    await expectFindings(uri, ['unused-suppression 3:42-3:50', 'privileged 5:17-5:21']);
    const settings = vscode.workspace.getConfiguration('editor', uri);
    await settings.update(
      'codeActionsOnSave',
      { 'source.fixAll.plimsoll': 'explicit' },
      vscode.ConfigurationTarget.Workspace,
    );
    try {
      await editor.edit((edit) => edit.insert(new vscode.Position(5, 0), '# saved\n'));
      await vscode.commands.executeCommand('workbench.action.files.save');
      await eventually(() => assert.ok(!editor.document.isDirty));
      assert.equal(editor.document.getText(), `${unused.replace(/ # plimsoll.*/, '')}# saved\n`);
      await expectFindings(uri, ['privileged 5:17-5:21']);
    } finally {
      await settings.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
