// ShellCheck in an editor: behind everything else, and only where the person at the machine says so.
import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type FakeShellCheck, fakeShellCheck } from '../support/fake-shell-check.js';
import { type Client, type ClientRequest, pushCapabilities, shown, startClient } from './client.js';

const text = 'FROM debian:12.1\nRUN echo $NAME\n';
const settings = { rules: { 'shellcheck-finding': 'warning' } };

describe('ShellCheck in the language server', () => {
  let folder = '';
  let fake: FakeShellCheck;
  let client: Client | undefined;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'plimsoll-shell-')));
    fake = fakeShellCheck(folder);
  });
  afterEach(async () => {
    await client?.stop();
    client = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(request: ClientRequest, shellcheckPath: string | undefined = fake.path): Promise<Client> {
    client = await startClient({ ...request, initializationOptions: { status: true, shellcheckPath } });
    return client;
  }

  const remarks = async (from: Client, uri: string) =>
    shown(await from.diagnostics(uri)).filter((one) => one.endsWith(' shellcheck-finding'));

  it('tells what is known without it at once, and has the client ask again when there are answers', async () => {
    const editor = await start({});
    const uri = await editor.open('Dockerfile', 'dockerfile', text);
    assert.deepEqual(await remarks(editor, uri), []);
    assert.deepEqual(fake.asked(), []);
    const before = editor.refreshes.length;
    await editor.until(() => editor.refreshes.length > before);
    assert.deepEqual(await remarks(editor, uri), ['1:9-14 shellcheck-finding']);
    assert.equal(fake.asked().length, 1);
  });

  it('asks about a script that was typed, and not again about those that are known', async () => {
    const editor = await start({});
    const uri = await editor.open('Dockerfile', 'dockerfile', `${text}RUN echo $OTHER\n`);
    await editor.diagnostics(uri);
    await editor.until(() => editor.refreshes.length > 0 && fake.asked().length === 2);
    let before = editor.refreshes.length;
    await editor.change(uri, '$NAME', '"$NAME" $NAMES');
    assert.deepEqual(await remarks(editor, uri), ['2:9-15 shellcheck-finding']);
    await editor.until(() => editor.refreshes.length > before);
    assert.deepEqual(await remarks(editor, uri), [
      '1:10-15 shellcheck-finding',
      '1:17-23 shellcheck-finding',
      '2:9-15 shellcheck-finding',
    ]);
    assert.equal(fake.asked().length, 3);
    before = editor.refreshes.length;
    await editor.change(uri, '"$NAME" $NAMES', '$NAME');
    assert.deepEqual(await remarks(editor, uri), ['1:9-14 shellcheck-finding', '2:9-15 shellcheck-finding']);
    assert.equal(fake.asked().length, 3);
  });

  it('publishes twice to a client that does not ask', async () => {
    const editor = await start({ capabilities: pushCapabilities });
    const uri = await editor.open('Dockerfile', 'dockerfile', text);
    const codes = () => editor.published.filter((one) => one.uri === uri).map(({ diagnostics }) => shown(diagnostics));
    await editor.until(() => codes().some((each) => each.includes('1:9-14 shellcheck-finding')));
    const [first = []] = codes();
    assert.ok(!first.some((each) => each.endsWith('shellcheck-finding')));
  });

  it('hears it about files that are not open, too', async () => {
    const editor = await start({ files: { 'web/Dockerfile': text } });
    await editor.until(() => editor.statuses.at(-1)?.scan === 'done');
    const report = await editor.pullWorkspace(new Map());
    const items = report.items.flatMap((item) => (item.kind === 'full' ? shown(item.items) : []));
    assert.ok(items.includes('1:9-14 shellcheck-finding'), items.join('\n'));
  });

  it('starts nothing that settings or files of the workspace name, and nothing where the rule is off', async () => {
    const named = { shellcheckPath: fake.path, shellcheck: fake.path };
    const editor = await start(
      { settings: { ...settings, ...named }, files: { '.plimsoll.yaml': `shellcheckPath: ${fake.path}\n` } },
      '',
    );
    const uri = await editor.open('Dockerfile', 'dockerfile', text);
    await editor.diagnostics(uri);
    await new Promise((resolve) => setTimeout(resolve, 900));
    assert.deepEqual(await remarks(editor, uri), []);
    await editor.stop();
    const other = await start({ settings: { rules: { 'shellcheck-finding': 'off' } } });
    await other.diagnostics(await other.open('Dockerfile', 'dockerfile', text));
    await new Promise((resolve) => setTimeout(resolve, 900));
    assert.deepEqual(fake.asked(), []);
  });

  for (const [what, path] of [
    ['is not there', '/no/such/program'],
    ['has no absolute path', 'bin/shellcheck'],
  ] as const) {
    it(`says in its status where the program ${what}, and goes on`, async () => {
      const editor = await start({}, path);
      const uri = await editor.open('Dockerfile', 'dockerfile', `FROM debian:latest\nRUN echo $NAME\n`);
      await editor.diagnostics(uri);
      const status = await editor.until(() => editor.statuses.find(({ trouble }) => trouble !== undefined));
      assert.match(status.message, / ShellCheck does not answer, see the log\.$/);
      assert.ok(shown(await editor.diagnostics(uri)).some((one) => one.endsWith('image-latest-tag')));
    });
  }

  it('ends what is under way when the document is closed', async () => {
    const { path } = fakeShellCheck(folder, 'setInterval(() => {}, 1000);');
    const editor = await start({}, path);
    const uri = await editor.open('Dockerfile', 'dockerfile', text);
    await editor.diagnostics(uri);
    for (let i = 0; i < 100 && fake.asked().length === 0; i++) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(fake.asked().length, 1);
    await editor.close(uri);
    const again = await editor.open('Dockerfile', 'dockerfile', 'FROM debian:12.1\nRUN true\n');
    assert.deepEqual(await remarks(editor, again), []);
    assert.equal(
      editor.statuses.find(({ trouble }) => trouble !== undefined),
      undefined,
    );
  });
});
