// The door for web workers: all files come from the client.
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { startServer } from './server.js';

declare const PLIMSOLL_VERSION: string | undefined;
declare const self: DedicatedWorkerGlobalScope;

/** A timer would wait for milliseconds each time; a message does not. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
startServer({
  connection,
  version: typeof PLIMSOLL_VERSION === 'string' ? PLIMSOLL_VERSION : 'development',
  localFiles: undefined,
  shellChecker: undefined,
  today: () => new Date().toISOString().slice(0, 10),
  turn,
});
connection.listen();
