// A repository with a baseline, central ignores, overrides and the ignores of other tools: the editor says of it what the
// command line says, which server/test/adopted holds against the same list.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually, type Folder, findings, makeFolder, removeFolder, show } from './workspace.js';

/** What the runner of the suites puts into their bundles. */
declare const ADOPTED: { readonly files: { readonly [path: string]: string }; readonly told: readonly string[] };

describe('A repository that was there before', () => {
  let folder: Folder;
  const paths = Object.keys(ADOPTED.files).filter((path) => /\.yaml$|Dockerfile$/.test(path));
  beforeEach(async () => {
    folder = await makeFolder('adopted', ADOPTED.files['.plimsoll.yaml']);
    for (const [path, text] of Object.entries(ADOPTED.files)) await folder.write(path, text);
  });
  afterEach(() => removeFolder(folder));

  function told(): readonly string[] {
    return paths.sort().flatMap((path) => findings(folder.at(path)).map((finding) => `${path} ${finding}`));
  }

  it('has the findings that the command line has, and no others', async () => {
    const expected = ADOPTED.told.map((line) => line.replace(/ \w+$/, ''));
    await eventually(() => assert.deepEqual(told(), expected));
    for (const path of paths) await show(folder.at(path));
    await eventually(() => assert.deepEqual(told(), expected));
  });

  it('tells in a hover who silenced what stands there', async () => {
    const uri = folder.at('deploy/web.yaml');
    await show(uri);
    await eventually(async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        uri,
        new vscode.Position(24, 26),
      );
      const texts = hovers.flatMap(({ contents }) =>
        contents.map((part) => (typeof part === 'string' ? part : part.value)),
      );
      assert.match(texts.join('\n'), /Ignored by a Checkov annotation/);
    });
  });
});
