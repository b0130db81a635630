// Config files as an editor sees them: what they extend, override and ignore.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { FileChangeType } from 'vscode-languageserver/node';
import { fingerprint } from '../../src/text/fingerprint.js';
import { type Client, type ClientRequest, pullCapabilities, shown, startClient } from './client.js';

const bad = 'services:\n  web:\n    image: nginx:1.27\n    cap_drop: [ALL]\n    privileged: true\n';
const privileged = '4:16-20 privileged';

describe('the configuration in an editor', () => {
  let client: Client;
  const start = async (files: ClientRequest['files']) => {
    client = await startClient({
      capabilities: pullCapabilities,
      initializationOptions: { status: true },
      ...(files === undefined ? {} : { files }),
    });
  };
  afterEach(() => client.stop());

  /** Opens a document and asks until it has just these findings: what changed on the disk arrives in its own time. */
  const becomes = async (uri: string, expected: readonly string[]): Promise<void> => {
    for (let last: readonly string[] = []; ; ) {
      last = shown(await client.diagnostics(uri));
      if (last.join() === expected.join()) return;
    }
  };

  it('follows a file that the config file extends, also one that comes later', async () => {
    await start({ '.plimsoll.yaml': 'extends: team/base.yaml\n' });
    const uri = await client.open('compose.yaml', 'yaml', bad);
    assert.deepEqual(shown(await client.diagnostics(uri)), [privileged]);
    const config = await client.open('.plimsoll.yaml', 'yaml', 'extends: team/base.yaml\n');
    await becomes(config, ['0:9-23 invalid-config']);
    await client.save('team/base.yaml', 'rules: { privileged: off }\n', FileChangeType.Created);
    await becomes(uri, []);
    await becomes(config, []);
    await client.save('team/base.yaml', 'rules: { privileged: error }\n');
    await becomes(uri, [privileged]);
    await client.remove('team/base.yaml');
    await becomes(config, ['0:9-23 invalid-config']);
  });

  it('marks what is wrong in a file that is extended, whatever its name is', async () => {
    await start({ '.plimsoll.yaml': 'extends: team/base.yaml\n', 'compose.yaml': bad });
    const compose = await client.open('compose.yaml', 'yaml', bad);
    await client.diagnostics(compose);
    await client.save('team/base.yaml', 'rules: { privilegd: off }\n', FileChangeType.Created);
    await client.diagnostics(compose);
    const uri = await client.open('team/base.yaml', 'yaml', 'rules: { privilegd: off }\n');
    await becomes(uri, ['0:9-18 invalid-config']);
  });

  it('has other levels for some of the files', async () => {
    await start({ '.plimsoll.yaml': 'overrides: [{ files: legacy/, rules: { privileged: off } }]\n' });
    const uri = await client.open('compose.yaml', 'yaml', bad);
    const legacy = await client.open('legacy/compose.yaml', 'yaml', bad);
    assert.deepEqual(shown(await client.diagnostics(uri)), [privileged]);
    assert.deepEqual(shown(await client.diagnostics(legacy)), []);
  });

  it('silences what its ignores name, and tells of one that silences nothing when all was scanned', async () => {
    const config = `ignores:
  - rule: privileged
    resource: service/web
    reason: it builds images
  - rule: host-pid
    reason: there is none
  - rule: host-ipc
    reason: not any more
    until: 2026-01-31
`;
    await start({ '.plimsoll.yaml': config, 'compose.yaml': bad });
    const open = await client.open('.plimsoll.yaml', 'yaml', config);
    await becomes(open, ['4:4-8 invalid-config', '8:11-21 invalid-config']);
    const uri = await client.open('compose.yaml', 'yaml', bad);
    assert.deepEqual(shown(await client.diagnostics(uri)), []);
    assert.ok(client.refreshes.length > 0);
  });

  it('goes on where the client refuses to ask again, though it said that it can', async () => {
    // These would end a process.
    const lost: unknown[] = [];
    const lose = (reason: unknown) => lost.push(reason);
    process.on('unhandledRejection', lose);
    try {
      await start({ 'compose.yaml': bad });
      const refused = new Set<string>();
      for (const request of ['workspace/diagnostic/refresh', 'workspace/inlayHint/refresh']) {
        client.connection.onRequest(request, () => {
          refused.add(request);
          throw new Error('Not today.');
        });
      }
      const uri = await client.open('compose.yaml', 'yaml', bad);
      await client.diagnostics(uri);
      await client.save('.plimsoll.yaml', 'rules:\n  privileged: off\n', FileChangeType.Created);
      await becomes(uri, []);
      while (refused.size < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      await becomes(uri, []);
    } finally {
      process.off('unhandledRejection', lose);
    }
    assert.deepEqual(lost, []);
  });

  it('follows the file of hadolint, for Dockerfiles alone, and says what is wrong with it', async () => {
    const latest = 'FROM debian:latest\nUSER app\n';
    const tag = '0:12-18 image-latest-tag';
    await start({ 'app/Dockerfile': latest });
    const uri = await client.open('app/Dockerfile', 'dockerfile', latest);
    const odd = await client.open('app/image', 'dockerfile', latest);
    const compose = await client.open('compose.yaml', 'yaml', 'services: { web: { image: "nginx:latest" } }\n');
    const kept = shown(await client.diagnostics(compose));
    await becomes(uri, [tag]);
    await client.save('.hadolint.yaml', 'ignored: [DL3006, DL3007]\n', FileChangeType.Created);
    await becomes(uri, []);
    await becomes(odd, []);
    assert.deepEqual(shown(await client.diagnostics(compose)), kept);
    const answer = await client.connection.sendRequest<{ text: string; source: string }>('workspace/executeCommand', {
      command: 'plimsoll.server.configuration',
      arguments: [{ uri }],
    });
    assert.match(answer.text, /^ {2}image-latest-tag: off # \.hadolint\.yaml:1$/m);
    assert.match(answer.source, /\/\.hadolint\.yaml$/);
    await client.save('.hadolint.yaml', 'override: { error: [DL3007, DL3006] }\n');
    await becomes(uri, [tag]);
    assert.deepEqual(
      (await client.diagnostics(uri)).map(({ severity }) => severity),
      [1],
    );
    const config = await client.open('.hadolint.yaml', 'yaml', 'override: { error: [dl3007] }\n');
    await becomes(config, ['0:20-26 invalid-config']);
    await client.save('.plimsoll.yaml', 'rules: { image-latest-tag: off }\n', FileChangeType.Created);
    await becomes(uri, []);
    await client.remove('.plimsoll.yaml');
    await client.remove('.hadolint.yaml');
    await becomes(uri, [tag]);
    assert.deepEqual(
      (await client.diagnostics(uri)).map(({ severity }) => severity),
      [2],
    );
  });

  it('takes an unused ignore back when a file comes that it speaks of', async () => {
    const config = 'ignores:\n  - { rule: privileged, files: later/, reason: it builds images }\n';
    await start({ '.plimsoll.yaml': config, 'compose.yaml': bad });
    const open = await client.open('.plimsoll.yaml', 'yaml', config);
    await becomes(open, ['1:6-10 invalid-config']);
    await client.save('later/compose.yaml', bad, FileChangeType.Created);
    await becomes(open, []);
  });

  it('holds back what a baseline knows, says how much, and follows the file', async () => {
    const at = 'service/web services.web.privileged';
    const entry = { file: 'compose.yaml', rule: 'privileged', at, content: fingerprint('true') };
    const baseline = JSON.stringify({ schema: 1, findings: [entry] });
    await start({ 'compose.yaml': bad, 'other/compose.yaml': bad });
    const uri = await client.open('compose.yaml', 'yaml', bad);
    assert.deepEqual(shown(await client.diagnostics(uri)), [privileged]);
    await client.save('.plimsoll-baseline.json', baseline, FileChangeType.Created);
    await becomes(uri, []);
    await client.until(() => client.statuses.at(-1)?.heldBack === 1);
    assert.equal(client.statuses.at(-1)?.message, 'The workspace is checked; 1 finding is held back by the baseline.');
    await client.change(uri, 'privileged: true', 'privileged: true\n    pid: host');
    await becomes(uri, ['5:9-13 host-pid']);
    await client.save('.plimsoll-baseline.json', JSON.stringify({ schema: 1, findings: [] }));
    await becomes(uri, [privileged, '5:9-13 host-pid']);
  });
});
