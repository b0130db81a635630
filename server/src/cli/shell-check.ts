// What `--shellcheck` asks for. It is never read from a file: what a repository holds starts no program.
import { ShellChecks } from '../service/shell-checks.js';
import { type Arguments, lastValue } from './args.js';
import type { Io } from './io.js';
import type { ReportError } from './report.js';

/** The name or path of the program; undefined: nobody asks for it. */
export function shellCheckNamed(args: Arguments): string | undefined {
  const value = lastValue(args, 'shellcheck');
  return value === '' ? 'shellcheck' : value;
}

export async function shellChecksOf(name: string | undefined, io: Io): Promise<ShellChecks | undefined> {
  return name === undefined ? undefined : new ShellChecks(await io.shellChecker(name));
}

/** Whoever asked for it must not take silence for praise. */
export function troubleOf(checks: ShellChecks | undefined): readonly ReportError[] {
  return checks?.trouble === undefined
    ? []
    : [{ file: checks.name, message: `${checks.trouble}; not all scripts were checked` }];
}
