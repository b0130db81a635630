// Holds the regular expressions of the sources against the house rule: none may run away.
import type { Collected, Regex } from './collect.js';
import type { Judge } from './judge.js';

/** A regular expression that stays although it was refused. */
export interface Allowed {
  readonly file: string;
  /** As it is written: `/a+$/`, or the whole `new RegExp(…)`. */
  readonly code: string;
  /** Why it cannot hurt: what bounds the text that it is given. */
  readonly reason: string;
}

/** What is wrong, one sentence each. */
export function review({ regexes, computed }: Collected, judge: Judge, allowed: readonly Allowed[]): readonly string[] {
  const faults: string[] = [];
  const used = new Set<Allowed>();
  const isAllowed = (file: string, code: string): boolean => {
    const entries = allowed.filter((entry) => entry.file === file && entry.code === code);
    for (const entry of entries) used.add(entry);
    return entries.length > 0;
  };
  for (const regex of regexes) {
    const { status, why } = judge(regex);
    const { file, line } = regex;
    const code = written(regex);
    if (status === 'safe' || isAllowed(file, code)) continue;
    const fault = status === 'unknown' ? 'could not be judged' : `takes ${status} time`;
    faults.push(`${file}:${line}: ${code} ${fault}: ${why}`);
  }
  for (const { file, line, code } of computed) {
    if (isAllowed(file, code)) continue;
    faults.push(`${file}:${line}: ${code} is put together while the program runs: nothing can judge it.`);
  }
  for (const entry of allowed) {
    const { file, code, reason } = entry;
    if (reason.trim().length < 10) faults.push(`The entry for ${code} of ${file} gives no reason.`);
    if (!used.has(entry)) faults.push(`The entry for ${code} of ${file} is of no use any more.`);
  }
  return faults;
}

function written({ source, flags }: Pick<Regex, 'source' | 'flags'>): string {
  return `/${source}/${flags}`;
}
