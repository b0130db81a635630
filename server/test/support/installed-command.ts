// The command as if it were installed: `plimsoll` in a folder of the path, beside stand-ins for other programs.
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { bundle } from '../../../tools/bundle.js';

export interface InstalledCommand {
  /** A folder for all that a test needs. */
  readonly base: string;
  /** The file that runs it. */
  readonly command: string;
  /** With it on the path. */
  readonly env: NodeJS.ProcessEnv;
  /** Puts a shell script in the place of another program. */
  readonly standIn: (name: string, script: string) => void;
  readonly remove: () => void;
}

export async function installCommand(): Promise<InstalledCommand> {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'plimsoll-installed-')));
  const bin = join(base, 'bin');
  mkdirSync(bin);
  await bundle(join(base, 'dist'));
  const standIn = (name: string, script: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  standIn('plimsoll', `exec '${process.execPath}' '${join(base, 'dist', 'cli.js')}' "$@"`);
  return {
    base,
    command: join(bin, 'plimsoll'),
    env: { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) },
    standIn,
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
}
