import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { FileChangeType } from 'vscode-languageserver/node';
import { type Client, type ClientRequest, pushCapabilities, shown, startClient } from './client.js';

const compose = 'services:\n  web:\n    image: nginx:1.27\n    cap_drop: [ALL]\n    privileged: true\n';
const pod = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostNetwork: true
  containers:
    - name: web
      image: nginx:1.27
      securityContext:
        capabilities: { drop: [ALL] }
`;

describe('the language server, asked for an open document', () => {
  let client: Client;
  const start = async (request?: ClientRequest) => {
    client = await startClient(request);
    return client;
  };
  afterEach(() => client.stop());

  it('finds what is unsafe in an unsaved text of each format, at its token', async () => {
    await start();
    const web = await client.open('compose.yaml', 'dockercompose', compose);
    assert.deepEqual(shown(await client.diagnostics(web)), ['4:16-20 privileged']);
    const manifest = await client.open('pod.yaml', 'yaml', pod);
    assert.deepEqual(shown(await client.diagnostics(manifest)), ['5:15-19 host-network']);
    const dockerfile = await client.open('Dockerfile', 'dockerfile', 'FROM debian:12\nUSER root\n');
    assert.deepEqual(shown(await client.diagnostics(dockerfile)), ['1:5-9 run-as-root']);
  });

  it('says who speaks, how bad it is, and carries what a fix needs', async () => {
    await start({ initializationOptions: { rulePage: 'https://rules.example/{id}' } });
    const uri = await client.open('compose.yaml', 'yaml', compose);
    assert.deepEqual(await client.diagnostics(uri), [
      {
        range: { start: { line: 4, character: 16 }, end: { line: 4, character: 20 } },
        severity: 1,
        source: 'plimsoll',
        code: 'privileged',
        codeDescription: { href: 'https://rules.example/privileged' },
        message: "Container 'web' is privileged: whoever breaks out of it owns the host.",
        data: { rule: 'privileged', fixable: true },
      },
    ]);
  });

  it('follows incremental changes, astral characters and line ends', async () => {
    await start();
    const uri = await client.open('compose.yaml', 'yaml', `# 𝒳\r\n${compose.replaceAll('\n', '\r\n')}`);
    await client.change(uri, '# 𝒳', '# 𝒳𝒳 more');
    await client.change(uri, 'true', '"yes" # 𝒳');
    assert.deepEqual(shown(await client.diagnostics(uri)), ['5:16-21 privileged']);
    await client.change(uri, '"yes"', 'no');
    assert.deepEqual(shown(await client.diagnostics(uri)), []);
  });

  it('answers unchanged where the client knows the result, whatever else was typed', async () => {
    await start();
    const uri = await client.open('compose.yaml', 'yaml', compose);
    const first = await client.pull(uri);
    assert.equal(first.kind, 'full');
    const again = await client.pull(uri, first.resultId);
    assert.deepEqual(again, { kind: 'unchanged', resultId: first.resultId });
    await client.change(uri, '[ALL]', '[ALL] # typed');
    assert.deepEqual(await client.pull(uri, first.resultId), { kind: 'unchanged', resultId: first.resultId });
    await client.change(uri, 'services:', '\nservices:');
    const moved = await client.pull(uri, first.resultId);
    assert.equal(moved.kind, 'full');
    assert.deepEqual(moved.kind === 'full' && shown(moved.items), ['5:16-20 privileged']);
  });

  it('judges the newest version, also when changes overtake a request', async () => {
    await start();
    const uri = await client.open('compose.yaml', 'yaml', compose);
    const pending = client.diagnostics(uri);
    await client.change(uri, 'privileged: true', 'privileged: false');
    await client.change(uri, 'nginx:1.27', 'nginx:latest');
    const [stale, fresh] = await Promise.all([pending, client.diagnostics(uri)]);
    assert.deepEqual(shown(fresh), ['2:17-23 image-latest-tag']);
    assert.deepEqual(shown(stale), ['2:17-23 image-latest-tag']);
  });

  it('leaves out what an ignore comment silences', async () => {
    await start();
    const text = compose.replace('true', 'true # plimsoll: ignore[privileged] it mounts disks');
    const uri = await client.open('compose.yaml', 'yaml', text);
    assert.deepEqual(shown(await client.diagnostics(uri)), []);
  });

  it('greys out an ignore comment that silences nothing', async () => {
    await start();
    const text = compose.replace('true', 'false # plimsoll: ignore[privileged] it mounts disks');
    const uri = await client.open('compose.yaml', 'yaml', text);
    const [diagnostic] = await client.diagnostics(uri);
    assert.equal(diagnostic?.code, 'unused-suppression');
    assert.deepEqual(diagnostic?.tags, [1]);
  });

  it('ties a finding to the alias that brings it in', async () => {
    await start();
    const text = 'x-c: &c\n  image: nginx:1.27\n  cap_drop: [ALL]\n  privileged: true\nservices:\n  web: *c\n';
    const uri = await client.open('compose.yaml', 'yaml', text);
    const [diagnostic] = await client.diagnostics(uri);
    assert.deepEqual(diagnostic?.relatedInformation, [
      {
        location: { uri, range: { start: { line: 5, character: 7 }, end: { line: 5, character: 9 } } },
        message: 'It is used through this alias.',
      },
    ]);
  });

  it('lints untitled documents by their language, and shadows of files not at all', async () => {
    await start();
    const untitled = await client.open('', 'dockerfile', 'FROM debian:12\nUSER root\n', 'untitled:Untitled-1');
    assert.deepEqual(shown(await client.diagnostics(untitled)), ['1:5-9 run-as-root']);
    const shadow = await client.open('', 'dockerfile', 'FROM debian:12\nUSER root\n', 'git:/shop/Dockerfile?HEAD');
    assert.deepEqual(shown(await client.diagnostics(shadow)), []);
  });

  it('works without a folder, by the config file beside the document', async () => {
    await start({ folder: false, files: { '.plimsoll.yaml': 'rules:\n  privileged: warning\n' } });
    const uri = await client.open('compose.yaml', 'yaml', compose);
    const [diagnostic] = await client.diagnostics(uri);
    assert.equal(diagnostic?.severity, 2);
  });

  it('names the limit of a document that is too large, and goes on with the others', async () => {
    await start();
    const uri = await client.open('compose.yaml', 'yaml', `${compose}# ${'x'.repeat(5 * 1024 * 1024)}\n`);
    const [diagnostic] = await client.diagnostics(uri);
    assert.equal(diagnostic?.code, 'skipped-file');
    assert.match(String(diagnostic?.message), /limit of 4 MB/);
    const other = await client.open('Dockerfile', 'dockerfile', 'FROM debian:12\nUSER root\n');
    assert.deepEqual(shown(await client.diagnostics(other)), ['1:5-9 run-as-root']);
  });

  it('has nothing to say of templates of a Helm chart', async () => {
    await start({ files: { 'chart/Chart.yaml': 'name: web\n' } });
    const uri = await client.open('chart/templates/pod.yaml', 'yaml', pod);
    assert.deepEqual(shown(await client.diagnostics(uri)), []);
  });

  it('calls nothing missing in a patch of kustomize, as soon as a kustomization names it', async () => {
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, image: "a:1" }] }\n';
    await start({ files: { 'overlay/a.yaml': pod } });
    const uri = await client.open('overlay/a.yaml', 'yaml', pod);
    const missing = async () => shown(await client.diagnostics(uri)).filter((line) => line.includes('missing'));
    assert.equal((await missing()).length, 1);
    await client.save('overlay/kustomization.yaml', 'patches: [{ path: a.yaml }]\n', FileChangeType.Created);
    while ((await missing()).length > 0);
    await client.save('overlay/kustomization.yaml', 'resources: [a.yaml]\n');
    while ((await missing()).length === 0);
  });

  it('takes the variables of Compose from the file .env', async () => {
    await start({ files: { '.env': 'PRIVILEGED=true\n' } });
    const uri = await client.open('compose.yaml', 'yaml', compose.replace('true', '${PRIVILEGED}'));
    assert.deepEqual(shown(await client.diagnostics(uri)), ['4:16-29 privileged']);
  });

  it('registers the provider with the client that can register, and declares it to no other', async () => {
    await start();
    const registration = await client.until(() => client.registrations.get('textDocument/diagnostic'));
    assert.equal(registration.registerOptions.workspaceDiagnostics, true);
    assert.equal(registration.registerOptions.interFileDependencies, false);
    assert.equal(client.introduction.capabilities.diagnosticProvider, undefined);
  });

  it('pushes to a client that cannot ask, with the version it is about', async () => {
    await start({ capabilities: pushCapabilities, folder: false });
    const uri = await client.open('compose.yaml', 'yaml', compose);
    const first = await client.until(() => client.published.find((params) => params.version === 1));
    assert.equal(first.uri, uri);
    assert.deepEqual(shown(first.diagnostics), ['4:16-20 privileged']);
    await client.change(uri, 'privileged: true', 'privileged: tru');
    const version = await client.change(uri, 'privileged: tru', 'privileged: false');
    const last = await client.until(() => client.published.find((params) => params.version === version));
    assert.deepEqual(last.diagnostics, []);
    await client.change(uri, 'false', 'true');
    await client.until(() => client.published.find((params) => params.version === version + 1));
    await client.close(uri);
    const cleared = await client.until(() => client.published.find((params) => params.version === undefined));
    assert.deepEqual(cleared, { uri, diagnostics: [] });
    assert.ok(client.introduction.capabilities.diagnosticProvider === undefined);
  });
});
