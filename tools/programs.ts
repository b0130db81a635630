// Programs that suites of ours drive, and that a machine may lack.
import { spawnSync } from 'node:child_process';

export type Program = { readonly command: string } | { readonly missing: string };

/** Neovim, as old as it may be to ask for diagnostics. */
export function findNeovim(): Program {
  return find('nvim', /^NVIM v(\d+)\.(\d+)/, [0, 10]);
}

/** Emacs, as old as it may be to have Eglot. */
export function findEmacs(): Program {
  return find('emacs', /^GNU Emacs (\d+)\.(\d+)/, [29, 0]);
}

/** ShellCheck, as old as it may be to write `json1`. */
export function findShellCheck(): Program {
  return find('shellcheck', /^version: (\d+)\.(\d+)/m, [0, 7]);
}

export function findPreCommit(): Program {
  return find('pre-commit', /^pre-commit (\d+)\.(\d+)/, [0, 0]);
}

/**
 * Docker Compose as Debian 13 has it, which is the one that what we know of it is tested with: it is 2.26.1 with
 * compose-go 2.4.8. Others load other projects, and print other forms. It is a program of its own, or a plug-in of
 * Docker.
 */
export function findDockerCompose():
  | { readonly command: string; readonly arguments: readonly string[] }
  | { readonly missing: string } {
  const versions = [['docker-compose'], ['docker', 'compose']].map(([command = '', ...given]) => {
    const { stdout, error } = spawnSync(command, [...given, 'version', '--short'], { encoding: 'utf8' });
    return { command, arguments: given, version: error === undefined ? stdout.trim().replace(/^v/, '') : '' };
  });
  const fitting = versions.find(({ version }) => /^2\.26\.1-/.test(version));
  if (fitting !== undefined) return { command: fitting.command, arguments: fitting.arguments };
  const other = versions.find(({ version }) => version !== '');
  return {
    missing: `docker-compose ${other === undefined ? 'is not installed' : `is ${other.version}, not 2.26.1 of Debian`}`,
  };
}

/** The command that starts a program, or why there is none. `version` has the major and the minor number. */
function find(command: string, version: RegExp, [major, minor]: readonly [number, number]): Program {
  const { stdout, error } = spawnSync(command, ['--version'], { encoding: 'utf8' });
  const found = version.exec(error === undefined ? stdout : '');
  if (found === null) return { missing: `'${command}' is not installed` };
  const [own, ownMinor] = [Number(found[1]), Number(found[2])];
  const isOld = own < major || (own === major && ownMinor < minor);
  return isOld ? { missing: `'${command}' is older than ${major}.${minor}` } : { command };
}
