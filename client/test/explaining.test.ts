// Hovers, completion, and the documents that explain.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually, expectFindings, type Folder, makeFolder, removeFolder, show } from './workspace.js';

const text = `services:
  web:
    image: nginx:1.27
    cap_drop: [ALL]
    privileged: true
`;

describe('A hover', () => {
  let folder: Folder;
  beforeEach(async () => {
    folder = await makeFolder('hover');
  });
  afterEach(() => removeFolder(folder));

  it('on a finding says why it matters and links to the page of its rule', async () => {
    const uri = await folder.write('compose.yaml', text);
    await show(uri);
    await expectFindings(uri, ['privileged 5:17-5:21']);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      new vscode.Position(4, 17),
    );
    const contents = hovers
      .flatMap(({ contents }) => contents)
      .map((part) => (typeof part === 'string' ? part : part.value));
    const ours = contents.find((content) => content.includes('command:plimsoll.showRule'));
    assert.match(ours ?? '', /A privileged container has every capability/);
  });

  it('elsewhere says nothing of ours', async () => {
    const uri = await folder.write('compose.yaml', text);
    await show(uri);
    await expectFindings(uri, ['privileged 5:17-5:21']);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      new vscode.Position(2, 10),
    );
    assert.ok(!JSON.stringify(hovers).includes('plimsoll'));
  });
});

describe('Completion', () => {
  let folder: Folder;
  beforeEach(async () => {
    folder = await makeFolder('completion');
  });
  afterEach(() => removeFolder(folder));

  async function completionsAt(uri: vscode.Uri, position: vscode.Position): Promise<readonly string[]> {
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      position,
    );
    return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
  }

  it('knows the ids of rules in an ignore comment', async () => {
    const line = '# plimsoll: ignore[]';
    const uri = await folder.write('compose.yaml', `${line}\n${text}`);
    await show(uri);
    await eventually(async () => {
      const labels = await completionsAt(uri, new vscode.Position(0, line.indexOf(']')));
      assert.ok(labels.includes('privileged') && labels.includes('host-pid'), labels.join(', '));
    });
  });

  it('knows the ids of rules in .plimsoll.yaml', async () => {
    const uri = await folder.write('.plimsoll.yaml', 'rules:\n  p\n');
    await show(uri);
    await eventually(async () => {
      const labels = await completionsAt(uri, new vscode.Position(1, 3));
      assert.ok(labels.includes('privileged'), labels.join(', '));
    });
  });
});

describe('A document that explains', () => {
  let folder: Folder;
  beforeEach(async () => {
    folder = await makeFolder('explaining');
  });
  afterEach(() => removeFolder(folder));

  it('is the page of each rule, as Markdown', async () => {
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse('plimsoll:/rules/privileged.md'));
    assert.equal(page.languageId, 'markdown');
    assert.match(page.getText(), /^# privileged\n/);
  });

  it('opens as a rendered page when a rule is asked for', async () => {
    await vscode.commands.executeCommand('plimsoll.showRule', 'host-pid');
    await eventually(() => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      assert.ok(
        tabs.some(({ label, input }) => input instanceof vscode.TabInputWebview && label.includes('host-pid')),
        tabs.map(({ label }) => label).join(', '),
      );
    });
  });

  it('shows the settings that hold for a file, each time that it is asked for', async () => {
    const uri = await folder.write('compose.yaml', text);
    for (const profile of ['recommended', 'strict']) {
      await folder.write('.plimsoll.yaml', `profile: ${profile}\n`);
      await eventually(async () => {
        await show(uri);
        await vscode.commands.executeCommand('plimsoll.showConfiguration');
        const document = vscode.window.activeTextEditor?.document;
        assert.equal(document?.uri.scheme, 'plimsoll');
        assert.equal(document?.languageId, 'yaml');
        assert.match(
          document?.getText() ?? '',
          new RegExp(`^profile: ${profile} # explaining/\\.plimsoll\\.yaml:1$`, 'm'),
        );
      });
    }
  });
});
