import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { Hover } from 'vscode-languageserver/node';
import { type Client, type ClientRequest, pullCapabilities, startClient } from './client.js';

describe('the hover over what is silenced', () => {
  let client: Client;
  const start = async (request?: ClientRequest) => {
    client = await startClient(request);
  };

  afterEach(() => client.stop());

  /** The hover at the first place where a word stands. */
  async function hoverAt(uri: string, word: string): Promise<Hover | null> {
    const document = client.document(uri);
    const at = document.getText().indexOf(word);
    assert.ok(at >= 0);
    const position = document.positionAt(at);
    return client.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position });
  }

  /** What is said of findings. What is in force there is for other tests. */
  async function textAt(uri: string, word: string): Promise<string | undefined> {
    const hover = await hoverAt(uri, word);
    if (hover === null) return undefined;
    assert.ok(typeof hover.contents === 'object' && 'kind' in hover.contents);
    const { kind, value } = hover.contents;
    const between = kind === 'markdown' ? '\n\n---\n\n' : '\n\n\n\n';
    const parts = value.split(between).filter((part) => /^(?:\*\*)?Plimsoll/.test(part));
    return parts.length === 0 ? undefined : parts.join(between);
  }

  it('says which comment of another tool, with the check and the reason', async () => {
    await start({ initializationOptions: { rulePage: 'https://rules.example/{id}' } });
    const text = '# hadolint ignore=DL3007 # legacy base\nFROM debian:latest\n# kics-scan ignore-line\nUSER root\n';
    const uri = await client.open('Dockerfile', 'dockerfile', text);
    assert.deepEqual(await client.diagnostics(uri), []);
    assert.equal(
      await textAt(uri, 'latest'),
      '**Plimsoll** [`image-latest-tag`](https://rules.example/image-latest-tag)\n\nIgnored by a hadolint comment (`DL3007`): legacy base',
    );
    assert.deepEqual((await hoverAt(uri, 'latest'))?.range, {
      start: { line: 1, character: 12 },
      end: { line: 1, character: 18 },
    });
    assert.equal(
      await textAt(uri, 'root'),
      '**Plimsoll** [`run-as-root`](https://rules.example/run-as-root)\n\nIgnored by a KICS comment, without a reason.',
    );
    assert.equal(await textAt(uri, 'FROM'), undefined);
  });

  it('says which annotation', async () => {
    await start();
    const text = `apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    checkov.io/skip1: CKV_K8S_17=it debugs
spec:
  hostPID: true
`;
    const uri = await client.open('pod.yaml', 'yaml', text);
    assert.equal(
      await textAt(uri, 'true'),
      '**Plimsoll** `host-pid`\n\nIgnored by a Checkov annotation (`CKV_K8S_17`): it debugs',
    );
  });

  it('says that it is a comment of ours, or the config file', async () => {
    const config = 'ignores:\n  - rule: image-latest-tag\n    reason: the mirror pins it\n';
    await start({ files: { '.plimsoll.yaml': config } });
    const text = 'FROM debian:latest\n# plimsoll: ignore[run-as-root] it drops its rights\nUSER root\n';
    const uri = await client.open('Dockerfile', 'dockerfile', text);
    assert.equal(
      await textAt(uri, 'root\n'),
      '**Plimsoll** `run-as-root`\n\nIgnored by a Plimsoll comment: it drops its rights',
    );
    assert.equal(
      await textAt(uri, 'latest'),
      '**Plimsoll** `image-latest-tag`\n\nIgnored by the config file: the mirror pins it',
    );
  });

  it('shows what is underlined first, with its explanation', async () => {
    await start();
    const text = 'services:\n  web:\n    image: evil.example/nginx # plimsoll: ignore[image-latest-tag] why\n';
    const uri = await client.open('compose.yaml', 'yaml', text);
    const shown = await textAt(uri, 'nginx');
    const [first = '', second] = shown?.split('\n\n---\n\n') ?? [];
    assert.match(first, /^\*\*Plimsoll\*\* warning `untrusted-registry`\n\n\S/);
    assert.equal(second, '**Plimsoll** `image-latest-tag`\n\nIgnored by a Plimsoll comment: why');
  });

  it('keeps the words of a reason words', async () => {
    await start();
    const reason = '[x](https://evil.example) <img src=x> `a` ![](y)';
    const uri = await client.open(
      'Dockerfile',
      'dockerfile',
      `# hadolint ignore=DL3007 # ${reason}\nFROM debian:latest\n`,
    );
    assert.equal(
      (await textAt(uri, 'latest'))?.split('\n\n')[1],
      'Ignored by a hadolint comment (`DL3007`): \\[x\\](https\\://evil.example) \\<img src=x\\> \\`a\\` !\\[\\](y)',
    );
  });

  it('is plain where the client reads no Markdown', async () => {
    const capabilities = {
      ...pullCapabilities,
      textDocument: { ...pullCapabilities.textDocument, hover: { contentFormat: ['plaintext' as const] } },
    };
    await start({ capabilities });
    const text = '# hadolint ignore=DL3007 # *why* [not](x)\nFROM debian:latest\n';
    const uri = await client.open('Dockerfile', 'dockerfile', text);
    assert.equal(
      await textAt(uri, 'latest'),
      'Plimsoll image-latest-tag\n\nIgnored by a hadolint comment (DL3007): *why* [not](x)',
    );
  });
});
