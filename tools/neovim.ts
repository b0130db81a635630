// Neovim, which one of the suites drives.
import { spawnSync } from 'node:child_process';

/** The oldest version that asks for diagnostics. */
const oldest = [0, 10] as const;

/** The command that starts Neovim, or why there is none. */
export function findNeovim(): { readonly command: string } | { readonly missing: string } {
  const command = 'nvim';
  const { stdout, error } = spawnSync(command, ['--version'], { encoding: 'utf8' });
  const [, major, minor] = /^NVIM v(\d+)\.(\d+)/.exec(error === undefined ? stdout : '') ?? [];
  if (major === undefined) return { missing: `'${command}' is not installed` };
  const isOld = Number(major) === oldest[0] && Number(minor) < oldest[1];
  return isOld ? { missing: `'${command}' is older than ${oldest.join('.')}` } : { command };
}
