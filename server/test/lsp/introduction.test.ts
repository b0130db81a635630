// The first words between server and client.
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'mocha';
import { createConnection, Message, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { startServer } from '../../src/lsp/server.js';
import { pullCapabilities } from './client.js';

describe('The introduction of the server', () => {
  it('comes before anything that it asks of the client, which would not know the request yet', async () => {
    const [toServer, toClient] = [new PassThrough(), new PassThrough()];
    const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
    startServer({
      connection,
      version: '0.0.0',
      localFiles: undefined,
      shellChecker: undefined,
      today: () => '2026-06-15',
      turn: () => Promise.resolve(),
    });
    connection.listen();
    const first = new Promise<Message>((resolve) => {
      new StreamMessageReader(toClient).listen(resolve);
    });
    const params = { processId: null, rootUri: null, capabilities: pullCapabilities };
    const introduce = { jsonrpc: '2.0', id: 'introduction', method: 'initialize', params };
    await new StreamMessageWriter(toServer).write(introduce);
    const message = await first;
    assert.ok(Message.isResponse(message), JSON.stringify(message));
    assert.equal(message.id, 'introduction');
    connection.dispose();
  });
});
