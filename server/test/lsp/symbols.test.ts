// The outline of a manifest.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { DocumentSymbol, SymbolInformation } from 'vscode-languageserver/node';
import { type Client, type ClientRequest, pullCapabilities, shownRange, startClient } from './client.js';

const nested = {
  ...pullCapabilities,
  textDocument: { ...pullCapabilities.textDocument, documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
};

const text = `apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
# The shop.
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    spec:
      initContainers:
        - name: wait
          image: busybox:1.36
        - name: log
          image: busybox:1.36
          restartPolicy: Always
      containers:
        - name: web
          image: nginx:1.27
---
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata: { generateName: web- }
`;

describe('the outline of a document', () => {
  let client: Client;
  const ask = async (path: string, languageId: string, contents: string, request: ClientRequest) => {
    client = await startClient(request);
    const uri = await client.open(path, languageId, contents);
    return client.connection.sendRequest<(DocumentSymbol | SymbolInformation)[] | null>('textDocument/documentSymbol', {
      textDocument: { uri },
    });
  };
  afterEach(() => client.stop());

  const tree = (symbols: readonly DocumentSymbol[], depth = ''): readonly string[] =>
    symbols.flatMap(({ name, detail, kind, range, selectionRange, children = [] }) => [
      `${depth}${name} (${detail}) ${kind} ${range.start.line}-${range.end.line} ${shownRange(selectionRange)}`,
      ...tree(children, `${depth}  `),
    ]);

  it('has the objects of all documents, items of lists too, with their containers', async () => {
    const symbols = await ask('shop.yaml', 'yaml', text, { capabilities: nested });
    assert.deepEqual(tree((symbols ?? []) as DocumentSymbol[]), [
      'Namespace shop () 3 0-3 3:8-12',
      'Deployment web (shop) 5 6-20 8:18-21',
      '  wait (init container) 23 13-14 13:16-20',
      '  log (sidecar) 23 15-17 15:16-19',
      '  web (container) 23 19-20 19:16-19',
      'Service web-… () 19 25-27 27:30-34',
    ]);
  });

  it('is flat for clients that know no trees', async () => {
    const symbols = (await ask('shop.yaml', 'yaml', text, { capabilities: pullCapabilities })) as SymbolInformation[];
    assert.deepEqual(
      symbols.map(({ name, containerName }) => [name, containerName]),
      [
        ['Namespace shop', undefined],
        ['Deployment web', undefined],
        ['wait', 'Deployment web'],
        ['log', 'Deployment web'],
        ['web', 'Deployment web'],
        ['Service web-…', undefined],
      ],
    );
  });

  it('is left to other servers where the file is no manifest', async () => {
    const symbols = await ask('compose.yaml', 'yaml', 'services: {}\n', { capabilities: nested });
    assert.equal(symbols, null);
  });

  it('is there while somebody types, with what can be read', async () => {
    const symbols = await ask('shop.yaml', 'yaml', `${text}---\napiVersion: v1\nkind: Pod\nmetadata: [`, {
      capabilities: nested,
    });
    assert.deepEqual(symbols?.map(({ name }) => name).slice(0, 3), [
      'Namespace shop',
      'Deployment web',
      'Service web-…',
    ]);
  });
});
