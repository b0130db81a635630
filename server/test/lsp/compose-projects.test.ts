// Compose projects of several files, live.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { type Diagnostic, FileChangeType } from 'vscode-languageserver/node';
import { type Client, pullCapabilities, startClient } from './client.js';

const base = 'services:\n  web:\n    image: a:1\n    privileged: true\n    cap_drop: [ALL]\n';
const override = (privileged: string) => `services:\n  web:\n    privileged: ${privileged}\n`;

describe('a Compose project in an editor', () => {
  let client: Client;
  afterEach(() => client.stop());

  const codes = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ code }) => code);
  const becomes = async (uri: string, ...expected: readonly string[]): Promise<readonly Diagnostic[]> => {
    for (;;) {
      const diagnostics = await client.diagnostics(uri);
      if (codes(diagnostics).join() === expected.join()) return diagnostics;
    }
  };

  it('heals the open base while the override is typed, and tells where it is edited', async () => {
    client = await startClient({
      capabilities: pullCapabilities,
      files: { 'compose.yaml': base, 'compose.override.yaml': override('true') },
    });
    const main = await client.open('compose.yaml', 'yaml', base);
    const over = await client.open('compose.override.yaml', 'yaml', override('true'));
    await becomes(main);
    const [finding] = await becomes(over, 'privileged');
    assert.deepEqual(
      finding?.relatedInformation?.map(({ location }) => location.uri),
      [main],
    );
    await client.change(over, 'true', 'false');
    await becomes(over);
    await becomes(main);
    await client.change(over, '    privileged: false\n', '    user: app\n');
    await becomes(over);
    await becomes(main, 'privileged');
    await client.change(over, 'user: app', 'privileged: false');
    await client.diagnostics(over);
    await becomes(main);
  });

  it('judges the base again when its override comes, changes and goes, without being open itself', async () => {
    client = await startClient({ capabilities: pullCapabilities, files: { 'compose.yaml': base } });
    const main = await client.open('compose.yaml', 'yaml', base);
    await becomes(main, 'privileged');
    await client.save('compose.override.yaml', override('false'), FileChangeType.Created);
    await becomes(main);
    await client.save('compose.override.yaml', 'services: { web: { user: app } }\n');
    await becomes(main, 'privileged');
    await client.save('compose.override.yaml', override('false'));
    await becomes(main);
  });

  it('does so, too, where the workspace is not scanned', async () => {
    client = await startClient({
      capabilities: pullCapabilities,
      files: { 'compose.yaml': base },
      settings: { workspaceScan: 'off' },
    });
    const main = await client.open('compose.yaml', 'yaml', base);
    await becomes(main, 'privileged');
    await client.save('compose.override.yaml', override('false'), FileChangeType.Created);
    await becomes(main);
    await client.save('compose.override.yaml', override('true'));
    await becomes(main);
    await client.save('compose.override.yaml', 'services: { web: { user: app } }\n');
    await becomes(main, 'privileged');
  });

  it('is judged once where one of its files stands in the shadow of another name', async () => {
    client = await startClient({
      capabilities: pullCapabilities,
      files: { 'compose.yaml': base, 'docker-compose.yml': base },
    });
    const main = await client.open('compose.yaml', 'yaml', base);
    const other = await client.open('docker-compose.yml', 'yaml', base);
    await becomes(main, 'privileged');
    await becomes(other, 'privileged');
    const asked: number[] = [];
    for (let round = 0; round < 6; round++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      await client.diagnostics(main);
      await client.diagnostics(other);
      asked.push(client.refreshes.length);
    }
    assert.equal(asked.at(-1), asked.at(-3), `${asked}`);
  });

  it('follows an `include` as soon as it is typed', async () => {
    const files = {
      'compose.yaml': base.replace('    privileged: true\n', ''),
      'parts/db.yml': 'services:\n  db:\n    image: pg:1\n    pid: host\n    cap_drop: [ALL]\n',
    };
    client = await startClient({ capabilities: pullCapabilities, files });
    const main = await client.open('compose.yaml', 'yaml', files['compose.yaml']);
    const part = await client.open('parts/db.yml', 'yaml', files['parts/db.yml']);
    await becomes(main);
    await becomes(part);
    await client.change(main, 'services:', 'include: [parts/db.yml]\nservices:');
    await client.diagnostics(main);
    await becomes(part, 'host-pid');
  });
});
