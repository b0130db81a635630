import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, it } from 'mocha';
import { type DocumentLink, FileChangeType } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Client, mixedCapabilities, pullCapabilities, pushCapabilities, startClient } from './client.js';

describe('The links of a Compose file', () => {
  let client: Client;
  afterEach(() => client.stop());

  async function ask(uri: string): Promise<readonly DocumentLink[] | null> {
    return client.connection.sendRequest<DocumentLink[] | null>('textDocument/documentLink', { textDocument: { uri } });
  }
  /** `what is underlined -> target`, relative to the workspace. */
  async function links(uri: string, text: string): Promise<readonly string[]> {
    const document = TextDocument.create(uri, 'yaml', 0, text);
    const found = (await ask(uri)) ?? [];
    return Promise.all(
      found.map(async (link) => {
        assert.equal(link.target, undefined);
        const { target, tooltip } = await client.connection.sendRequest<DocumentLink>('documentLink/resolve', link);
        const path = target?.replace(`${client.uri('')}`, '').replace(/^\//, '') ?? 'nowhere';
        if (path !== 'nowhere') assert.equal(tooltip, `Open ${path}`);
        return `${document.getText(link.range)} -> ${path}`;
      }),
    );
  }

  const text = `include:
  - part.yaml
  - path: [part.yaml, "./gone.yaml"]
    env_file: .env
services:
  short:
    build: ./web
  long:
    build: { context: 'web', dockerfile: "../other.Dockerfile" }
    env_file: [.env, { path: web/a.env, required: false }, gone.env]
  inherits:
    extends: { file: part.yaml, service: db }
    env_file: .env
    label_file: web/a.env
  merged:
    build: web
  elsewhere:
    build: https://github.com/docker/app.git
  inline:
    build: { context: web, dockerfile_inline: FROM a }
  variable:
    build: { dockerfile: "\${NAME}" }
  defaulted:
    build: { dockerfile: "\${NAME:-other.Dockerfile}" }
secrets:
  a: { file: ./web/a.env }
  b: { environment: B }
configs:
  c: { file: ../outside.txt }
  d: { file: web }
  e: { file: /etc/hostname }
`;
  const files = {
    'compose.yaml': text,
    'compose.override.yaml': 'services:\n  merged:\n    build: { dockerfile: ../other.Dockerfile }\n',
    'part.yaml': 'services:\n  db:\n    image: a:1\n',
    '.env': 'A=1\n',
    'web/Dockerfile': 'FROM alpine:3.20\n',
    'web/a.env': 'A=1\n',
    'other.Dockerfile': 'FROM alpine:3.20\n',
  };

  for (const [mode, capabilities] of Object.entries({ pullCapabilities, mixedCapabilities, pushCapabilities })) {
    it(`lead to the files of the workspace that it names and that are there: ${mode}`, async () => {
      client = await startClient({ capabilities, files });
      const uri = await client.open('compose.yaml', 'yaml', text);
      assert.deepEqual(await links(uri, text), [
        'part.yaml -> part.yaml',
        'part.yaml -> part.yaml',
        '.env -> .env',
        './web -> web/Dockerfile',
        'web -> other.Dockerfile',
        '../other.Dockerfile -> other.Dockerfile',
        '.env -> .env',
        'web/a.env -> web/a.env',
        'part.yaml -> part.yaml',
        '.env -> .env',
        'web/a.env -> web/a.env',
        'web -> other.Dockerfile',
        'other.Dockerfile -> other.Dockerfile',
        './web/a.env -> web/a.env',
      ]);
      const override = await client.open('compose.override.yaml', 'yaml', files['compose.override.yaml']);
      assert.deepEqual(await links(override, files['compose.override.yaml']), [
        '../other.Dockerfile -> other.Dockerfile',
      ]);
    });
  }

  it('follow what is typed, and files that come and go', async () => {
    const main = 'services:\n  web:\n    build: ./web\n';
    client = await startClient({ capabilities: pullCapabilities, files: { 'compose.yaml': main } });
    const uri = await client.open('compose.yaml', 'yaml', main);
    assert.deepEqual(await links(uri, main), []);
    await client.save('web/Dockerfile', 'FROM a:1\n', FileChangeType.Created);
    assert.deepEqual(await links(uri, main), ['./web -> web/Dockerfile']);
    const [link] = (await ask(uri)) ?? [];
    await client.remove('web/Dockerfile');
    assert.equal((await client.connection.sendRequest<DocumentLink>('documentLink/resolve', link)).target, undefined);
    await client.change(uri, './web', './app');
    assert.deepEqual(await links(uri, main), []);
  });

  it('do not follow symbolic links out of the workspace, nor what a client makes up', async () => {
    const main = 'services:\n  web:\n    build: { dockerfile: linked }\n';
    client = await startClient({ capabilities: pullCapabilities, files: { 'compose.yaml': main } });
    symlinkSync('/etc/hostname', join(fileURLToPath(client.uri('')), 'linked'));
    const uri = await client.open('compose.yaml', 'yaml', main);
    for (const line of await links(uri, main)) assert.match(line, / -> nowhere$/);
    for (const data of [{ uri, path: '/etc/hostname' }, { uri }, 1, undefined]) {
      const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
      const answer = await client.connection.sendRequest<DocumentLink>('documentLink/resolve', { range, data });
      assert.equal(answer.target, undefined);
    }
  });

  it('are none in other files, and hold for broken ones', async () => {
    client = await startClient({ capabilities: pullCapabilities });
    const dockerfile = await client.open('Dockerfile', 'dockerfile', 'FROM alpine:3.20\n');
    assert.deepEqual(await ask(dockerfile), []);
    const config = await client.open('.plimsoll.yaml', 'yaml', 'profile: strict\n');
    assert.equal(await ask(config), null);
    const broken = 'services: {{ a }}\ninclude: {\n  path: [}\nsecrets: 1\nconfigs: [a]\n';
    const uri = await client.open('compose.yaml', 'yaml', broken);
    assert.deepEqual(await ask(uri), []);
    const empty = await client.open('compose.test.yaml', 'yaml', '');
    assert.equal(await ask(empty), null);
  });
});
