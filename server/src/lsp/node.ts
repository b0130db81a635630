// The door for Node: over IPC where an editor starts the server, over standard input and output else.
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { diskFiles } from '../disk/disk-files.js';
import { shellChecker } from '../disk/shell-check.js';
import { startServer } from './server.js';

declare const PLIMSOLL_VERSION: string | undefined;

/** Serves the client that the arguments of the process name (`--stdio`, `--node-ipc`), until it says goodbye. */
export function serve(): void {
  const connection = createConnection(ProposedFeatures.all);
  startServer({
    connection,
    version: typeof PLIMSOLL_VERSION === 'string' ? PLIMSOLL_VERSION : 'development',
    localFiles: diskFiles,
    // A relative path would lead into the working directory, which may be anybody's.
    shellChecker: (path) => shellChecker(path, undefined),
    today: () => new Date().toISOString().slice(0, 10),
    turn: () => new Promise((resolve) => setImmediate(resolve)),
  });
  connection.listen();
}
