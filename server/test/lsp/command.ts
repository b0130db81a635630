// The command in a temporary folder, as `npm run build` bundles it: no other test writes over it.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../../tools/bundle.js';

export interface BundledCommand {
  /** The file that Node runs. */
  readonly cli: string;
  /** Empty, and removed with everything else. */
  readonly folder: string;
  readonly remove: () => void;
}

export async function bundleCommand(): Promise<BundledCommand> {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'plimsoll-command-')));
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'plimsoll-workspace-')));
  await bundle(base);
  return {
    cli: join(base, 'cli.js'),
    folder,
    remove: () => {
      for (const path of [base, folder]) rmSync(path, { recursive: true, force: true });
    },
  };
}
