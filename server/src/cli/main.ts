// The `plimsoll` command: hands the process to run().

import { withSlashes } from '../disk/disk-files.js';
import type { Output } from './io.js';
import { nodeFiles } from './node-files.js';
import { run } from './run.js';

/** Written in by the bundler. */
declare const PLIMSOLL_VERSION: string | undefined;

function outputOf(stream: NodeJS.WriteStream): Output {
  let open = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    open = false;
    // Whoever read it has gone, as `head` does: nothing is wrong, and the exit code still speaks of the findings.
    if (error.code === 'EPIPE') return;
    process.exitCode = 2;
    if (stream === process.stdout) {
      process.stderr.write(`plimsoll: the output could not be written: ${error.message}\n`);
    }
  });
  return {
    write(text) {
      if (open) stream.write(text);
    },
    isTerminal: stream.isTTY === true,
    columns: stream.isTTY ? stream.columns : undefined,
  };
}

const start = process.hrtime.bigint();

run(process.argv.slice(2), {
  cwd: withSlashes(process.cwd()),
  env: process.env,
  version: typeof PLIMSOLL_VERSION === 'string' ? PLIMSOLL_VERSION : 'unbuilt',
  stdout: outputOf(process.stdout),
  stderr: outputOf(process.stderr),
  files: nodeFiles,
  // Loaded where it is asked for: most runs start no program.
  git: async (words) => (await import('./git.js')).runGit(process.cwd(), words),
  shellChecker: async (name) => (await import('../disk/shell-check.js')).shellChecker(name, process.cwd()),
  stdin: async (limit) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= limit) break;
    }
    return Buffer.concat(chunks).subarray(0, limit);
  },
  today: () => new Date().toISOString().slice(0, 10),
  now: () => Number(process.hrtime.bigint() - start) / 1e6,
}).then((code) => {
  process.exitCode = Math.max(code, Number(process.exitCode ?? 0));
});
