// Emacs, which one of the suites drives.
import { spawnSync } from 'node:child_process';

/** The oldest version that has Eglot. */
const oldest = 29;

/** The command that starts Emacs, or why there is none. */
export function findEmacs(): { readonly command: string } | { readonly missing: string } {
  const command = 'emacs';
  const { stdout, error } = spawnSync(command, ['--version'], { encoding: 'utf8' });
  const [, major] = /^GNU Emacs (\d+)/.exec(error === undefined ? stdout : '') ?? [];
  if (major === undefined) return { missing: `'${command}' is not installed` };
  return Number(major) < oldest ? { missing: `'${command}' is older than ${oldest}` } : { command };
}
