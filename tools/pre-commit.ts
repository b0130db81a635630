// pre-commit, which runs our hooks in one of the suites.
import { spawnSync } from 'node:child_process';

/** The command that starts pre-commit, or why there is none. */
export function findPreCommit(): { readonly command: string } | { readonly missing: string } {
  const command = 'pre-commit';
  const { stdout, error } = spawnSync(command, ['--version'], { encoding: 'utf8' });
  const isThere = error === undefined && /^pre-commit \d/.test(stdout);
  return isThere ? { command } : { missing: `'${command}' is not installed` };
}
