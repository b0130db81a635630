// What a branch changed, by the word of git. The one place where a program is started, and only for `--changed-since`.
import type { Io } from './io.js';
import { UsageError } from './usage-error.js';

/**
 * The absolute paths of files that differ from the point where the branch left `ref`: in commits, in the working tree,
 * and new ones that nothing ignores. Deleted files are left out.
 * @throws UsageError where git cannot tell.
 */
export async function changedSince(ref: string, { cwd, git }: Io): Promise<ReadonlySet<string>> {
  // Nothing of this repeats what stands there, but git itself tells a commit from a flag only when it is asked to.
  if (ref.startsWith('-')) throw new UsageError(`'${ref}' is no commit.`);
  const prefix = await asked(['rev-parse', '--show-prefix']);
  if (prefix === undefined) throw new UsageError("'--changed-since' works in a git repository only, and this is none.");
  const commit = await asked(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  if (commit === undefined) {
    throw new UsageError(
      `git knows no commit '${ref}'. In CI it may have to be fetched first: git fetch origin ${ref}`,
    );
  }
  const base = await asked(['merge-base', commit.trim(), 'HEAD']);
  if (base === undefined) {
    throw new UsageError(
      `git knows no commit that '${ref}' and this branch have in common. In CI the history may be too short: fetch all of it.`,
    );
  }
  const root = rootOf(cwd, prefix.replace(/\r?\n$/, ''));
  const tracked = await asked([
    'diff',
    '--name-only',
    '--no-renames',
    '--diff-filter=d',
    '--no-ext-diff',
    '--no-textconv',
    '--ignore-submodules=all',
    '--no-relative',
    '-z',
    base.trim(),
    '--',
  ]);
  const untracked = await asked(['ls-files', '--others', '--exclude-standard', '--full-name', '-z', '--', ':/']);
  if (tracked === undefined || untracked === undefined) throw new UsageError('git could not tell what has changed.');
  const names = `${tracked}${untracked}`.split('\0').filter((name) => name !== '');
  return new Set(names.map((name) => `${root === '/' ? '' : root}/${name}`));

  /** What git answers; undefined where it fails. */
  async function asked(words: readonly string[]): Promise<string | undefined> {
    const { code, stdout } = await git(words);
    if (code === undefined) throw new UsageError("'--changed-since' needs git, which is not to be found.");
    return code === 0 ? stdout : undefined;
  }
}

/** The top of the repository, by the name that the user has for it: git itself follows links. */
function rootOf(cwd: string, prefix: string): string {
  const inside = prefix.replace(/\/$/, '');
  if (inside === '') return cwd;
  if (cwd.endsWith(`/${inside}`)) return cwd.slice(0, -inside.length - 1) || '/';
  throw new UsageError("The working directory was reached through a link: '--changed-since' works in the real one.");
}
