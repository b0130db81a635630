// Ignoring a finding with a reason.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { hasDriver, press, type, waitForText } from './driver.js';
import {
  actionsAt,
  apply,
  eventually,
  expectFindings,
  type Folder,
  makeFolder,
  putCursor,
  removeFolder,
  show,
} from './workspace.js';

const text = `services:
  web:
    image: nginx:1.27
    cap_drop: [ALL]
    privileged: true
`;

describe('Ignoring a finding', () => {
  let folder: Folder;
  let editor: vscode.TextEditor;
  beforeEach(async () => {
    folder = await makeFolder('ignored');
    editor = await show(await folder.write('compose.yaml', text));
    await expectFindings(editor.document.uri, ['privileged 5:17-5:21']);
  });
  afterEach(() => removeFolder(folder));

  /** Answers the box that asks for the reason. */
  async function answer(asked: Promise<unknown> | Thenable<unknown>, reason: string): Promise<void> {
    await waitForText('It becomes part of the comment.');
    await type(reason);
    await press('Enter');
    await asked;
  }

  it('asks for the reason and writes it into the comment', async function () {
    if (!hasDriver) return this.skip();
    const actions = await actionsAt(editor.document.uri, 'privileged');
    const ignore = actions.find(({ title }) => title.startsWith("Ignore 'privileged' here"));
    await answer(apply(ignore), 'the node agent needs it');
    await expectFindings(editor.document.uri, []);
    assert.equal(
      editor.document.getText(),
      text.replace('privileged: true', 'privileged: true # plimsoll: ignore[privileged] the node agent needs it'),
    );
  });

  it('works from the command palette, with the finding at the cursor', async function () {
    if (!hasDriver) return this.skip();
    await putCursor(editor, new vscode.Position(4, 18));
    await answer(vscode.commands.executeCommand('plimsoll.ignoreWithReason'), 'a test');
    await expectFindings(editor.document.uri, []);
    assert.match(editor.document.getText(), / # plimsoll: ignore\[privileged\] a test\n$/);
  });

  it('changes nothing when the question is dismissed', async function () {
    if (!hasDriver) return this.skip();
    await putCursor(editor, new vscode.Position(4, 18));
    const asked = vscode.commands.executeCommand('plimsoll.ignoreWithReason');
    await waitForText('It becomes part of the comment.');
    await press('Escape');
    await asked;
    assert.equal(editor.document.getText(), text);
  });

  it('can be switched off for a rule, in the configuration file', async () => {
    const actions = await actionsAt(editor.document.uri, 'privileged');
    await apply(actions.find(({ title }) => title.startsWith("Ignore 'privileged' everywhere")));
    const config = await vscode.workspace.openTextDocument(folder.at('.plimsoll.yaml'));
    await eventually(() => assert.match(config.getText(), /^rules:\n {2}privileged: "?off"?\n/m));
    await config.save();
    await expectFindings(editor.document.uri, []);
  });
});
