// The extension shows text and nothing that runs: no webview, no HTML in Markdown, one command that a link may start.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { root } from '../../../tools/project.js';

const folder = join(root, 'client', 'src');

/** The places in the sources of the extension where a pattern stands, as `file: text`. */
function found(pattern: RegExp, files: readonly (readonly [string, string])[] = sources()): readonly string[] {
  return files.flatMap(([name, text]) => [...text.matchAll(pattern)].map(([match]) => `${name}: ${match}`));
}

function sources(): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8')]);
}

/**
 * Everything of VS Code that shows HTML of an extension. Whoever wants one has to give it a strict content security
 * policy, and a test of that in the place of this one.
 */
const webviews = /\w*webview\w*|\w*customEditor\w*|\w*notebookRenderer\w*/gi;

describe('the extension', () => {
  it('has no webview and no custom editor, in its code or its manifest', () => {
    assert.deepEqual(found(webviews), []);
    const { contributes }: { readonly contributes: object } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    );
    const shown = [
      'views',
      'viewsContainers',
      'customEditors',
      'notebooks',
      'notebookRenderer',
      'markdown.previewScripts',
    ];
    assert.deepEqual(
      Object.keys(contributes).filter((key) => shown.includes(key)),
      [],
    );
  });

  it('lets links in Markdown start one command of its own, and shows no HTML in it', () => {
    assert.deepEqual(found(/isTrusted:[^\n]*/g), [
      "server-connection.ts: isTrusted: { enabledCommands: ['plimsoll.showRule'] } },",
    ]);
    assert.deepEqual(found(/supportHtml[^\n]*/g), []);
  });

  it('opens nothing outside and starts nothing, but for its own server', () => {
    assert.deepEqual(found(/\w*(?:openExternal|createTerminal|ShellExecution|executeTask)\w*/g), []);
  });

  it('would not get past this with a planted word', () => {
    const planted = [['a.ts', 'vscode.window.createWebviewPanel("x"); registerCustomEditorProvider(y)']] as const;
    assert.deepEqual(found(webviews, planted), ['a.ts: createWebviewPanel', 'a.ts: registerCustomEditorProvider']);
    assert.ok(sources().length > 10);
  });
});
