// The Dockerfiles behind Compose services, live.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { type CodeAction, type Diagnostic, FileChangeType } from 'vscode-languageserver/node';
import { diskFiles } from '../../src/disk/disk-files.js';
import type { Files } from '../../src/service/files.js';
import { type Client, pullCapabilities, startClient } from './client.js';

const compose = 'services:\n  web:\n    build: .\n    cap_drop: [ALL]\n';
const said = ['run-as-root'];
const request = { capabilities: pullCapabilities, initializationOptions: { status: true } };

function gate() {
  let pass = () => {};
  let isOpen = false;
  const passed = new Promise<void>((resolve) => {
    pass = resolve;
  });
  const open = () => {
    isOpen = true;
    pass();
  };
  return { open, isOpen: () => isOpen, passed };
}

describe('A service that is built here, in an editor', () => {
  let client: Client;
  afterEach(() => client.stop());

  const becomes = async (uri: string, ...expected: readonly string[]): Promise<readonly Diagnostic[]> => {
    for (;;) {
      const diagnostics = await client.diagnostics(uri);
      const codes = diagnostics.flatMap(({ code }) => (said.includes(String(code)) ? String(code) : []));
      if (codes.join() === expected.join()) return diagnostics;
    }
  };

  it('is judged again while its Dockerfile is typed, by what the document holds', async () => {
    const text = 'FROM alpine:3.20\nUSER app\n';
    client = await startClient({
      capabilities: pullCapabilities,
      files: { 'compose.yaml': compose, Dockerfile: text },
    });
    const main = await client.open('compose.yaml', 'yaml', compose);
    await becomes(main);
    const dockerfile = await client.open('Dockerfile', 'dockerfile', text);
    await client.change(dockerfile, 'USER app', '# one line more\nUSER root');
    await becomes(dockerfile, 'run-as-root');
    const found = (await becomes(main, 'run-as-root')).find(({ code }) => code === 'run-as-root');
    assert.deepEqual(found?.range.start, { line: 1, character: 2 });
    assert.deepEqual(
      found?.relatedInformation?.map(({ location }) => location),
      [{ uri: dockerfile, range: { start: { line: 2, character: 5 }, end: { line: 2, character: 9 } } }],
    );
    await client.change(dockerfile, 'USER root', 'USER app');
    await becomes(dockerfile);
    await becomes(main);
  });

  it('is judged by an open Dockerfile that was edited before the Compose file was looked at', async () => {
    const text = 'FROM alpine:3.20\nUSER app\n';
    client = await startClient({ capabilities: pullCapabilities, files: { Dockerfile: text } });
    const dockerfile = await client.open('Dockerfile', 'dockerfile', text);
    await client.change(dockerfile, 'USER app', 'USER root');
    await becomes(dockerfile, 'run-as-root');
    const main = await client.open('compose.yaml', 'yaml', compose);
    await becomes(main, 'run-as-root');
  });

  it('is judged again when its Dockerfile comes, changes and goes on the disk', async () => {
    client = await startClient({ capabilities: pullCapabilities, files: { 'compose.yaml': compose } });
    const main = await client.open('compose.yaml', 'yaml', compose);
    await becomes(main);
    await client.save('Dockerfile', 'FROM alpine:3.20\nUSER root\n', FileChangeType.Created);
    await becomes(main, 'run-as-root');
    await client.save('Dockerfile', 'FROM alpine:3.20\nUSER app\n');
    await becomes(main);
    await client.save('Dockerfile', 'FROM alpine:3.20\nUSER root\n');
    await becomes(main, 'run-as-root');
  });

  it('is judged again when its Dockerfile comes while the workspace is looked through for the first time', async () => {
    const listed = gate();
    const released = gate();
    const localFiles: Files = {
      ...diskFiles,
      async list(path) {
        const entries = await diskFiles.list(path);
        if (listed.isOpen()) return entries;
        listed.open();
        await released.passed;
        return entries;
      },
    };
    client = await startClient({ ...request, files: { 'compose.yaml': compose }, localFiles });
    await listed.passed;
    const main = await client.open('compose.yaml', 'yaml', compose);
    await becomes(main);
    await client.save('Dockerfile', 'FROM alpine:3.20\nUSER root\n', FileChangeType.Created);
    await becomes(main, 'run-as-root');
    released.open();
    await client.until(() => client.statuses.at(-1)?.scan === 'done');
    await client.save('Dockerfile', 'FROM alpine:3.20\nUSER app\n');
    await becomes(main);
  });

  it('is judged again when its Dockerfile changes that no scan reads', async () => {
    const files = {
      '.plimsoll.yaml': 'exclude: [Dockerfile]\n',
      'compose.yaml': compose,
      Dockerfile: 'FROM alpine:3.20\nUSER app\n',
    };
    client = await startClient({ ...request, files });
    const main = await client.open('compose.yaml', 'yaml', compose);
    await client.until(() => client.statuses.at(-1)?.scan === 'done');
    await becomes(main);
    await client.save('Dockerfile', 'FROM alpine:3.20\nUSER root\n');
    await becomes(main, 'run-as-root');
    await client.remove('Dockerfile');
    await becomes(main);
  });

  it('follows `build` as it is typed', async () => {
    const files = { 'compose.yaml': compose, 'app/Dockerfile': 'FROM alpine:3.20\nUSER root\n' };
    client = await startClient({ capabilities: pullCapabilities, files });
    const main = await client.open('compose.yaml', 'yaml', compose);
    await becomes(main);
    await client.change(main, 'build: .', 'build: ./app');
    await becomes(main, 'run-as-root');
  });
});

describe('A Dockerfile in a Compose file, in an editor', () => {
  let client: Client;
  afterEach(() => client.stop());

  it('is underlined and mended where it stands, as it is typed', async () => {
    client = await startClient({ capabilities: pullCapabilities });
    const text = 'services:\n  web:\n    image: a:1\n';
    const main = await client.open('compose.yaml', 'yaml', text);
    const rest =
      '    build:\n      dockerfile_inline: |\n        FROM alpine:3.20\n        RUNN a\n        USER root\n';
    await client.change(main, '    image: a:1\n', rest);
    const diagnostics = await client.diagnostics(main);
    const of = (code: string) => diagnostics.find((diagnostic) => diagnostic.code === code);
    assert.deepEqual(of('run-as-root')?.range, { start: { line: 6, character: 13 }, end: { line: 6, character: 17 } });
    const found = of('syntax-error');
    assert.ok(found);
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: main },
      range: found.range,
      context: { diagnostics: [found] },
    });
    const mend = actions.find(({ title }) => title.startsWith('Replace'));
    assert.ok(mend, actions.map(({ title }) => title).join());
    const { edit } = await client.connection.sendRequest<CodeAction>('codeAction/resolve', mend);
    const [changed] = edit?.documentChanges ?? [];
    assert.deepEqual(changed !== undefined && 'edits' in changed && changed.edits, [
      { range: found.range, newText: 'RUN' },
    ]);
  });
});
