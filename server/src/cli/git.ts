// Starts git, so that nothing of the repository is executed and nothing is fetched.
import { execFile } from 'node:child_process';
import type { GitAnswer } from './io.js';

/** Of a repository with more changed files the answer is refused. In bytes. */
const longest = 64 * 1024 * 1024;

const settings: readonly string[] = [
  // Programs that a repository can name, but for filters, which stand in the configuration of the user.
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'diff.external=',
  'core.quotePath=false',
];

export function runGit(cwd: string, words: readonly string[]): Promise<GitAnswer> {
  const env = {
    ...process.env,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    // A clone without all objects would fetch them.
    GIT_NO_LAZY_FETCH: '1',
    LC_ALL: 'C',
  };
  const flags = settings.flatMap((setting) => ['-c', setting]);
  return new Promise((resolve) => {
    execFile('git', [...flags, ...words], { cwd, env, maxBuffer: longest, windowsHide: true }, (error, stdout) => {
      if (error === null) resolve({ code: 0, stdout });
      else
        resolve({
          code: error.code === 'ENOENT' ? undefined : typeof error.code === 'number' ? error.code : 1,
          stdout,
        });
    });
  });
}
