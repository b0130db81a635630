// Namespaces that ask for a level of the Pod Security Standards, live and across files.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { type Diagnostic, DiagnosticSeverity, FileChangeType } from 'vscode-languageserver/node';
import { diskFiles } from '../../src/disk/disk-files.js';
import type { Files } from '../../src/service/files.js';
import { type Client, type ClientRequest, pullCapabilities, pushCapabilities, startClient } from './client.js';

const pod = `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  containers:
    - name: web
      image: nginx:1.27
`;
const namespace = (level: string) => `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: { pod-security.kubernetes.io/enforce: ${level} }
`;

describe('a namespace label in an editor', () => {
  let client: Client;
  const start = async (request: ClientRequest) => {
    client = await startClient({
      capabilities: pullCapabilities,
      initializationOptions: { status: true },
      ...request,
    });
  };
  afterEach(() => client.stop());

  const severityOf = (diagnostics: readonly Diagnostic[]) =>
    diagnostics.find(({ code }) => code === 'missing-cap-drop-all')?.severity;
  const becomes = async (uri: string, severity: DiagnosticSeverity): Promise<readonly Diagnostic[]> => {
    for (;;) {
      const diagnostics = await client.diagnostics(uri);
      if (severityOf(diagnostics) === severity) return diagnostics;
    }
  };

  it('raises what is open in another file while it is typed, and lets go of it again', async () => {
    await start({ files: { 'ns.yaml': namespace('privileged'), 'web.yaml': pod } });
    const ns = await client.open('ns.yaml', 'yaml', namespace('privileged'));
    const web = await client.open('web.yaml', 'yaml', pod);
    await client.diagnostics(ns);
    await becomes(web, DiagnosticSeverity.Information);
    const before = client.refreshes.length;
    await client.change(ns, 'privileged', 'restricted');
    await client.diagnostics(ns);
    const diagnostics = await becomes(web, DiagnosticSeverity.Error);
    const finding = diagnostics.find(({ code }) => code === 'missing-cap-drop-all');
    assert.equal(finding?.message, "Container 'web' keeps default capabilities: namespace 'shop' refuses it.");
    assert.deepEqual(
      finding.relatedInformation?.map(({ location, message }) => ({ ...location, message })),
      [
        {
          uri: ns,
          range: { start: { line: 4, character: 48 }, end: { line: 4, character: 58 } },
          message: "This asks for the level 'restricted'.",
        },
      ],
    );
    await client.until(() => client.refreshes.length > before);
    await client.change(ns, 'restricted', 'baseline');
    await client.diagnostics(ns);
    await becomes(web, DiagnosticSeverity.Information);
  });

  it('raises what is open when its file comes, changes and goes, without being open itself', async () => {
    await start({ files: { 'web.yaml': pod } });
    const web = await client.open('web.yaml', 'yaml', pod);
    await becomes(web, DiagnosticSeverity.Information);
    await client.save('ns.yaml', namespace('restricted'), FileChangeType.Created);
    await becomes(web, DiagnosticSeverity.Error);
    await client.save('ns.yaml', namespace('baseline'));
    await becomes(web, DiagnosticSeverity.Information);
    await client.save('ns.yaml', namespace('restricted'));
    await becomes(web, DiagnosticSeverity.Error);
    await client.remove('ns.yaml');
    await becomes(web, DiagnosticSeverity.Information);
  });

  it('raises files that are not open, for clients that are told without asking', async () => {
    await start({
      capabilities: pushCapabilities,
      files: { 'a/web.yaml': pod, 'z/ns.yaml': namespace('restricted') },
    });
    const uri = client.uri('a/web.yaml');
    const pushed = () => client.published.findLast((one) => one.uri === uri)?.diagnostics ?? [];
    await client.until(() => severityOf(pushed()) === DiagnosticSeverity.Error);
    const ns = await client.open('z/ns.yaml', 'yaml', namespace('restricted'));
    await client.change(ns, 'restricted', 'privileged');
    await client.until(() => severityOf(pushed()) === DiagnosticSeverity.Information);
  });

  it('counts as it is typed, also where the scan has read the file before that', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isRead = false;
    const localFiles: Files = {
      ...diskFiles,
      async read(path, limit, within) {
        const bytes = await diskFiles.read(path, limit, within);
        if (path.endsWith('/ns.yaml')) {
          isRead = true;
          await released;
        }
        return bytes;
      },
    };
    await start({ localFiles, files: { 'ns.yaml': namespace('privileged'), 'web.yaml': pod } });
    await client.until(() => isRead);
    const web = await client.open('web.yaml', 'yaml', pod);
    const ns = await client.open('ns.yaml', 'yaml', namespace('restricted'));
    await client.diagnostics(ns);
    await becomes(web, DiagnosticSeverity.Error);
    release();
    await client.until(() => client.statuses.at(-1)?.scan === 'done');
    await becomes(web, DiagnosticSeverity.Error);
  });

  it('works on open documents where nothing is scanned', async () => {
    await start({ settings: { workspaceScan: 'off' } });
    const web = await client.open('web.yaml', 'yaml', pod);
    await becomes(web, DiagnosticSeverity.Information);
    const ns = await client.open('ns.yaml', 'yaml', namespace('restricted'));
    await client.diagnostics(ns);
    await becomes(web, DiagnosticSeverity.Error);
  });
});
