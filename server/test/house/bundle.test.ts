// Builds dist/ and uses it as a user would.
import assert from 'node:assert/strict';
import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'mocha';
import { bundle, version } from '../../../tools/bundle.js';
import { root, runNode, tool } from '../../../tools/project.js';

describe('what npm run build writes', () => {
  const cli = join(root, 'dist', 'cli.js');
  const manifest: { readonly contributes: { readonly commands: readonly { readonly command: string }[] } } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );

  before(() => bundle(join(root, 'dist')));

  it('is a command that the system can start', () => {
    accessSync(cli, constants.X_OK);
    assert.equal(readFileSync(cli, 'utf8').split('\n')[0], '#!/usr/bin/env node');
  });

  it('loads files only that the npm package has', async () => {
    const loaded = [...readFileSync(cli, 'utf8').matchAll(/(?:require|import)\("\.\/([^"]+)"\)/g)].map(
      ([, file]) => file,
    );
    assert.deepEqual([...new Set(loaded)].sort(), [
      'html.js',
      'kics.js',
      'kubernetes-api.js',
      'pages.js',
      'server.js',
      'shell.js',
      'yaml.js',
    ]);
    const ignored = readFileSync(join(root, '.npmignore'), 'utf8').split('\n');
    for (const file of ['cli.js', ...loaded]) assert.ok(ignored.includes(`!dist/${file}`), file);
  });

  it('explains a rule', async () => {
    const { status, output } = await runNode([cli, 'explain', 'privileged']);
    assert.equal(status, 0);
    assert.match(output, /^# privileged\n/);
  });

  it('reads YAML that the quick reader leaves to the package', async () => {
    const compose = 'services:\n  web:\n    image: >-\n      nginx:1.27\n    ? privileged\n    : true\n';
    assert.deepEqual(await privileged('compose.yaml', compose), [[6, 7]]);
  });

  it('knows the version of the package', async () => {
    const { status, output } = await runNode([cli, '--version']);
    assert.equal(status, 0);
    assert.equal(output.trim(), version());
  });

  it('finds a privileged container in a file of each YAML format, at its value', async () => {
    const compose = 'services:\n  web:\n    image: nginx:1.27\n    privileged: true\n';
    assert.deepEqual(await privileged('compose.yaml', compose), [[4, 17]]);
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: nginx:1.27\n      securityContext:\n        privileged: true\n';
    assert.deepEqual(await privileged('pod.yaml', pod), [[10, 21]]);
  });

  it('reads Dockerfiles: their parsers are in the bundle', async () => {
    const { status, stdout } = await lint(
      'Dockerfile',
      'FROM debian:12\nRUN curl -fsSL https://example.com/install | sh\n',
    );
    assert.equal(status, 0);
    assert.deepEqual(
      JSON.parse(stdout).findings.map(({ rule }: { readonly rule: string }) => rule),
      ['curl-pipe-shell'],
    );
  });

  it('holds an extension for each kind of host, which knows every command of the manifest', () => {
    for (const file of ['extension.js', 'browser.js']) {
      const code = readFileSync(join(root, 'dist', file), 'utf8');
      assert.deepEqual(
        manifest.contributes.commands.map(({ command }) => command).filter((id) => !code.includes(JSON.stringify(id))),
        [],
        file,
      );
    }
  });

  it('has every file that the manifest names in the package of the extension, and nothing but what runs or is read', async () => {
    const { status, output } = await runNode([tool('@vscode/vsce', 'vsce'), 'ls', '--no-dependencies']);
    assert.equal(status, 0, output);
    const packed = output.trim().split('\n').sort();
    const named = [...JSON.stringify(manifest).matchAll(/"(?:\.\/)?((?:dist|media|schemas|syntaxes)\/[^"]+)"/g)];
    const files = [...new Set(named.map(([, path = '']) => path))].filter((path) => path !== 'dist/cli.js');
    assert.deepEqual(
      files.filter((file) => !packed.includes(file)),
      [],
    );
    assert.deepEqual(packed, [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/browser.js',
      'dist/extension.js',
      'dist/kics.js',
      'dist/kubernetes-api.js',
      'dist/pages.js',
      'dist/server.browser.js',
      'dist/server.js',
      'dist/shell.js',
      'dist/yaml.js',
      'media/icon.png',
      'media/walkthrough-find.svg',
      'media/walkthrough-fix.svg',
      'package.json',
      'package.nls.json',
      'schemas/plimsoll-config.schema.json',
      'syntaxes/ignore-comments.tmLanguage.json',
    ]);
  });

  it('reads the queries of KICS, which it loads when a comment names one', async () => {
    const text = `# kics-scan disable=ae5b6871-7f45-42e0-bb4c-ab300c4d2026\nservices:\n  a: { image: b, privileged: true }\n`;
    const { stdout } = await lint('compose.yaml', text);
    assert.doesNotMatch(stdout, /"privileged"/);
  });

  function lint(name: string, text: string): Promise<{ readonly status: number; readonly stdout: string }> {
    return runNode([cli, 'lint', '--format', 'json', '--no-config', '--stdin-filename', name], { input: text });
  }

  /** Line and column of every finding of the rule. */
  async function privileged(name: string, text: string): Promise<readonly (readonly [number, number])[]> {
    const { status, stdout } = await lint(name, text);
    assert.equal(status, 1);
    const report: {
      readonly findings: readonly {
        readonly rule: string;
        readonly range: { readonly start: { readonly line: number; readonly column: number } };
      }[];
    } = JSON.parse(stdout);
    return report.findings
      .filter(({ rule }) => rule === 'privileged')
      .map(({ range: { start } }) => [start.line, start.column] as const);
  }
});
