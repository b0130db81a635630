// The ShellCheck of this machine, for what is compared with it.
import { spawnSync } from 'node:child_process';
import { findShellCheck } from '../../../tools/programs.js';
import { shellChecker } from '../../src/disk/shell-check.js';
import { ShellChecks } from '../../src/service/shell-checks.js';

export function shellCheckVersion(): string {
  const found = findShellCheck();
  if ('missing' in found) return '';
  return /^version: (\S+)$/m.exec(spawnSync(found.command, ['--version'], { encoding: 'utf8' }).stdout)?.[1] ?? '';
}

/** What it writes about a script that it is given as the product gives it. */
export async function askShellCheck(script: string): Promise<unknown> {
  const real = shellChecker('shellcheck', undefined);
  let answer: unknown;
  const checks = new ShellChecks({
    ...real,
    async run(words, input, signal) {
      const given = await real.run(words, input, signal);
      answer = JSON.parse(given.stdout);
      return given;
    },
  });
  await checks.ask([script]);
  if (checks.trouble !== undefined) throw new Error(checks.trouble);
  return answer;
}
