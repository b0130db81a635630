// Compose projects of several files: what an override heals, the project as it will run, hints, and fixes beside anchors.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { click, hasDriver, hover, press, screenshot, waitForText } from './driver.js';
import {
  actionsAt,
  apply,
  closeEditors,
  diagnostics,
  eventually,
  expectFindings,
  type Folder,
  insert,
  makeFolder,
  putCursor,
  removeFolder,
  show,
} from './workspace.js';

const base = `services:
  web:
    image: nginx:1.27
    privileged: true
    cap_drop: [ALL]
  db:
    image: postgres:16.4
    cap_drop: [ALL]
`;
const override = (privileged: string) => `services:
  web:
    privileged: ${privileged}
    user: "1000"
`;

async function replace({ document, edit }: vscode.TextEditor, old: string, text: string): Promise<void> {
  const start = document.getText().indexOf(old);
  assert.ok(start >= 0, `There is no ${old}.`);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + old.length));
  assert.ok(await edit((builder) => builder.replace(range, text)));
}

function projectViews(): readonly vscode.TextEditor[] {
  return vscode.window.visibleTextEditors.filter(({ document }) => document.uri.path.startsWith('/compose/'));
}

/** The effective project that is to be seen. */
function projectView(): vscode.TextEditor {
  const [view] = projectViews();
  assert.ok(view, 'There is no view of a project.');
  return view;
}

/** What the view says without the columns of its comments. */
function viewText(): string {
  return projectView().document.getText().replaceAll(/ +#/g, ' #');
}

describe('A Compose project of several files', () => {
  let folder: Folder;
  before(async () => {
    folder = await makeFolder('project');
  });
  afterEach(closeEditors);
  after(() => removeFolder(folder));

  it('loses a finding in its open base as soon as the override that is typed heals it', async () => {
    const main = await folder.write('compose.yaml', base);
    const over = await folder.write('compose.override.yaml', 'services:\n  web:\n    user: "1000"\n');
    await show(main);
    await expectFindings(main, ['privileged 4:17-4:21']);
    await vscode.commands.executeCommand('workbench.action.splitEditorRight');
    const editor = await show(over);
    await insert(editor, 3, '    privileged: false\n');
    await expectFindings(main, []);
    await replace(editor, 'false', '"yes"');
    await expectFindings(over, ['privileged 3:17-3:22']);
    await expectFindings(main, []);
    const [finding] = diagnostics(over);
    assert.deepEqual(
      finding?.relatedInformation?.map(({ location }) => location.uri.toString()),
      [main.toString()],
    );
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('undo');
    await expectFindings(main, ['privileged 4:17-4:21']);
    await expectFindings(over, []);
  });

  it('is shown beside its files as it will run, read-only, and follows what is typed', async () => {
    const main = await folder.write('compose.yaml', base);
    const over = await folder.write('compose.override.yaml', override('false'));
    await show(main);
    const editor = await show(over);
    await vscode.commands.executeCommand('plimsoll.showEffectiveCompose');
    const view = projectView();
    assert.equal(view.document.fileName.split(/[\\/]/).at(-1), 'compose.project.effective.yaml');
    assert.ok(['dockercompose', 'yaml'].includes(view.document.languageId), view.document.languageId);
    assert.ok(view.viewColumn !== undefined && view.viewColumn > (editor.viewColumn ?? 0));
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), over.toString());
    assert.match(viewText(), /^# Read from compose\.yaml, compose\.override\.yaml\.$/m);
    assert.match(viewText(), /^ {4}privileged: false # compose\.override\.yaml:3, overrides compose\.yaml:4$/m);
    await replace(editor, 'false', 'true');
    await eventually(() => assert.match(viewText(), /^ {4}privileged: true # compose\.override\.yaml:3, overrides /m));
    // Nobody can write into it, and nobody lints it, although it is wrong by now.
    const before = view.document.getText();
    await vscode.window.showTextDocument(view.document, view.viewColumn);
    await vscode.commands.executeCommand('type', { text: 'x' });
    assert.equal(view.document.getText(), before);
    assert.ok(!view.document.isDirty);
    await vscode.window.showTextDocument(editor.document, editor.viewColumn);
    await expectFindings(over, ['privileged 3:17-3:21']);
    assert.deepEqual(diagnostics(view.document.uri), []);
    // The same view, whichever file it is asked for by.
    await show(main);
    await vscode.commands.executeCommand('plimsoll.showEffectiveCompose');
    assert.deepEqual(
      projectViews().map(({ document }) => document.uri.toString()),
      [view.document.uri.toString()],
    );
  });

  it('has links in its view to the places that each line comes from', async () => {
    const main = await folder.write('compose.yaml', base);
    const over = await folder.write('compose.override.yaml', override('false'));
    await show(main);
    await vscode.commands.executeCommand('plimsoll.showEffectiveCompose');
    const { document } = projectView();
    // The files that were just written are told of one after the other.
    await eventually(async () => {
      const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        'vscode.executeLinkProvider',
        document.uri,
      );
      const line = document
        .getText()
        .split('\n')
        .findIndex((text) => text.includes('privileged:'));
      assert.deepEqual(
        links
          .filter(({ range }) => range.start.line === line)
          .map(({ range, target }) => [document.getText(range), target?.path, target?.fragment]),
        [
          ['compose.override.yaml:3', over.path, 'L3'],
          ['compose.yaml:4', main.path, 'L4'],
        ],
      );
    });
  });

  it('is shown anew when a file of it changes on the disk', async () => {
    await show(await folder.write('compose.yaml', base));
    await folder.write('compose.override.yaml', override('false'));
    await vscode.commands.executeCommand('plimsoll.showEffectiveCompose');
    await eventually(() => assert.match(viewText(), /user: "1000" # compose\.override\.yaml:4/));
    await folder.write('compose.override.yaml', override('false').replace('1000', '2000'));
    await eventually(() => assert.match(viewText(), /user: "2000" # compose\.override\.yaml:4/));
  });

  it('says in its view what of it cannot be read while somebody types', async () => {
    const editor = await show(await folder.write('compose.yaml', base));
    await folder.write('compose.override.yaml', override('false'));
    await vscode.commands.executeCommand('plimsoll.showEffectiveCompose');
    await replace(editor, '[ALL]', '[ALL');
    await eventually(() => assert.match(viewText(), /^# compose\.yaml:\d+ is no YAML: /m));
    await replace(editor, '[ALL', '[ALL]');
    await eventually(() => assert.doesNotMatch(viewText(), /is no YAML/));
  });

  it('tells in a hover over a service what is in force, and where each value comes from', async () => {
    const main = await folder.write('compose.yaml', base);
    await folder.write('compose.override.yaml', override('false'));
    await show(main);
    await expectFindings(main, []);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      main,
      new vscode.Position(1, 3),
    );
    const texts = hovers.flatMap(({ contents }) =>
      contents.map((part) => (typeof part === 'string' ? part : part.value)),
    );
    const [ours] = texts.filter((text) => text.includes('Effective service'));
    assert.match(
      ours ?? '',
      /^\| `privileged` \| `false` \| \[compose\.override\.yaml:3\]\(.+#L3\), overrides \[compose\.yaml:4\]/m,
    );
    assert.match(ours ?? '', /^\*\*Effective service:\*\* service 'web' of project 'project' keeps the isolation/m);
  });

  it('shows behind a value what overrides it, when the setting says so', async () => {
    const main = await folder.write('compose.yaml', base);
    const over = await folder.write('compose.override.yaml', override('false'));
    await show(main);
    const hints = async () => {
      const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        main,
        new vscode.Range(0, 0, 100, 0),
      );
      return found.map(({ position, label }) => ({
        at: `${position.line + 1}:${position.character + 1}`,
        text: typeof label === 'string' ? label : label.map(({ value }) => value).join(''),
        leadsTo: typeof label === 'string' ? undefined : label.at(-1)?.location?.uri.path,
      }));
    };
    await expectFindings(main, []);
    assert.deepEqual(await hints(), []);
    const settings = vscode.workspace.getConfiguration('plimsoll', main);
    await settings.update('inlayHints.overriddenValues', true, vscode.ConfigurationTarget.Workspace);
    try {
      await eventually(async () =>
        assert.deepEqual(await hints(), [{ at: '4:21', text: '→ false (compose.override.yaml)', leadsTo: over.path }]),
      );
    } finally {
      await settings.update('inlayHints.overriddenValues', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await eventually(async () => assert.deepEqual(await hints(), []));
  });
});

describe('The command for the effective project', () => {
  let folder: Folder;
  before(async () => {
    folder = await makeFolder('several');
  });
  afterEach(closeEditors);
  after(() => removeFolder(folder));

  it('lets somebody choose where a file is in several projects, with that of its folder first', async function () {
    if (!hasDriver) return this.skip();
    await folder.write('part/compose.yaml', base);
    const outer = await folder.write('compose.yaml', 'include: [part/compose.yaml]\n');
    await show(outer);
    const part = folder.at('part/compose.yaml');
    await show(part);
    // Files that were just written are known a moment later.
    await eventually(async () => {
      const found = await vscode.commands.executeCommand<{ readonly projects: readonly unknown[] } | null>(
        'plimsoll.server.effectiveCompose',
        { uri: part.toString() },
      );
      assert.equal(found?.projects.length, 2);
    });
    for (const [index, name] of ['compose.part.effective.yaml', 'compose.several.effective.yaml'].entries()) {
      const shown = vscode.commands.executeCommand('plimsoll.showEffectiveCompose');
      // Keys would go elsewhere: the list has its entries a moment after the box is there.
      await click(`.quick-input-list .monaco-list-row[data-index="${index}"]:visible`);
      await shown;
      assert.ok(
        projectViews().some(({ document }) => document.uri.path === `/compose/${name}`),
        projectViews()
          .map(({ document }) => document.uri.path)
          .join(),
      );
    }
  });

  it('says so where the file in the editor is none of Compose, and opens nothing', async () => {
    await show(await folder.write('Dockerfile', 'FROM debian:12\nUSER 1000\n'));
    const before = vscode.window.visibleTextEditors.length;
    // The message stays until somebody closes it.
    void vscode.commands.executeCommand('plimsoll.showEffectiveCompose');
    if (hasDriver) await waitForText('Open a Compose file first');
    assert.deepEqual(projectViews(), []);
    assert.equal(vscode.window.visibleTextEditors.length, before);
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('works for a file of another name that a project extends', async () => {
    await folder.write(
      'compose.yaml',
      'services:\n  web: { image: "nginx:1.27", cap_drop: [ALL], extends: { file: base.yml, service: web } }\n',
    );
    await show(await folder.write('base.yml', 'services:\n  web:\n    user: "1000"\n'));
    await eventually(async () => {
      void vscode.commands.executeCommand('notifications.clearAll');
      await Promise.race([
        vscode.commands.executeCommand('plimsoll.showEffectiveCompose'),
        new Promise((resolve) => setTimeout(resolve, 1000)),
      ]);
      assert.match(viewText(), /user: "1000" # base\.yml:3, by `extends` at compose\.yaml:2/);
    });
  });
});

describe('A fix in a Compose file with anchors', () => {
  let folder: Folder;
  before(async () => {
    folder = await makeFolder('anchors');
  });
  after(() => removeFolder(folder));

  const text = `x-base: &base
  cap_drop: [ALL]
  privileged: true
services:
  web:
    <<: *base
    image: nginx:1.27
  job:
    <<: *base
    image: busybox:1.36
    privileged: false
x-more:
  <<: *base
`;

  it('is made in the service, and leaves the anchor and its other users as they are', async () => {
    const uri = await folder.write('compose.yaml', text);
    const editor = await show(uri);
    await expectFindings(uri, ['privileged 3:15-3:19']);
    const fix = (await actionsAt(uri, 'privileged')).find(({ title }) => title === 'Remove `privileged`');
    await apply(fix);
    assert.equal(editor.document.getText(), text.replace('nginx:1.27\n', 'nginx:1.27\n    privileged: false\n'));
    await expectFindings(uri, []);
  });
});

describe('A Compose project on the screen', () => {
  let folder: Folder;
  before(async () => {
    folder = await makeFolder('screen');
  });
  after(() => removeFolder(folder));

  it('has its view beside the file, and a hover over its service', async function () {
    if (!hasDriver) return this.skip();
    await folder.write('compose.override.yaml', override('false'));
    const editor = await show(await folder.write('compose.yaml', base));
    await expectFindings(editor.document.uri, []);
    await vscode.commands.executeCommand('plimsoll.showEffectiveCompose');
    await waitForText('compose.screen.effective.yaml');
    await waitForText('overrides compose.yaml:4');
    await putCursor(editor, new vscode.Position(1, 3));
    await vscode.commands.executeCommand('editor.action.showHover');
    await waitForText('Effective service:');
    await screenshot('compose-project');
    await hover('.monaco-hover:visible a');
    await press('Escape');
  });
});
