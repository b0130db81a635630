// What the command line says of a folder, in its own process: the way of people who read its JSON.
import type { Io } from '../../src/cli/io.js';
import { nodeFiles } from '../../src/cli/node-files.js';
import { run } from '../../src/cli/run.js';

/** Runs `plimsoll lint --format json` with these words. Throws where anything is said beside the report. */
export async function jsonReport(folder: string, ...words: readonly string[]): Promise<unknown> {
  const written: string[] = [];
  const errors: string[] = [];
  const output = { write: (text: string | Uint8Array) => written.push(String(text)), isTerminal: false, columns: 80 };
  const io: Io = {
    cwd: folder,
    env: {},
    version: '0.0.0',
    stdout: output,
    stderr: { ...output, write: (text) => errors.push(String(text)) },
    files: nodeFiles,
    git: () => Promise.resolve({ code: undefined, stdout: '' }),
    shellChecker: () => Promise.reject(new Error('Nobody asks for it.')),
    stdin: () => Promise.resolve(new Uint8Array()),
    now: () => 0,
    today: () => '2026-06-15',
  };
  await run(['lint', '--format', 'json', ...words], io);
  if (errors.length > 0) throw new Error(errors.join(''));
  return JSON.parse(written.join(''));
}
