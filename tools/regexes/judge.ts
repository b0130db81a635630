// Judges regular expressions by `recheck`: whether some text makes one take exponential or polynomial time.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Parameters as Limits } from 'recheck';
import { root } from '../project.js';
import type { Regex } from './collect.js';

export interface Verdict {
  readonly status: 'safe' | 'exponential' | 'polynomial' | 'unknown';
  /** A text that shows it, and how the time grows with its length. */
  readonly why: string;
}

/** Takes the source and the flags. */
export type Judge = (regex: Pick<Regex, 'source' | 'flags'>) => Verdict;

// Its JavaScript alone: the front of the package would look for a JVM and a binary.
const { checkSync }: Pick<typeof import('recheck'), 'checkSync'> = createRequire(import.meta.url)(
  'recheck/lib/browser.js',
);

/** No limit is a time, so that the verdict is the same on every machine. */
const limits: Limits = {
  timeout: null,
  attackTimeout: null,
  incubationTimeout: null,
  // What takes long to prove is searched for attacks instead; less than the defaults finds the same here, sooner.
  maxNFASize: 3000,
  attackLimit: 2_000_000,
  maxIteration: 3,
};

export const judge: Judge = ({ source, flags }) => {
  const result = checkSync(source, flags, limits);
  if (result.status === 'safe') return { status: 'safe', why: '' };
  if (result.status === 'unknown') return { status: 'unknown', why: result.error.kind };
  const { complexity, attack } = result;
  // How often it found to be enough depends on the limits.
  const text = attack.pattern.replaceAll(/\.repeat\(\d+\)/g, '.repeat(n)');
  return { status: complexity.type, why: `${complexity.summary} for ${text}` };
};

const cacheFile = join(root, 'node_modules', '.cache', 'plimsoll', 'regexes.json');

/** A judge that remembers: most of the time it takes is spent on a few expressions that seldom change. */
export function remembering(inner: Judge): { readonly judge: Judge; readonly save: () => void } {
  const known = readCache();
  const used: { [key: string]: Verdict } = {};
  return {
    judge(regex) {
      const key = `${regex.flags}/${regex.source}`;
      const verdict = (Object.hasOwn(known, key) ? known[key] : undefined) ?? inner(regex);
      used[key] = verdict;
      return verdict;
    },
    save() {
      mkdirSync(dirname(cacheFile), { recursive: true });
      writeFileSync(cacheFile, JSON.stringify({ checker: checkerName(), verdicts: used }));
    },
  };
}

function readCache(): { readonly [key: string]: Verdict } {
  try {
    const { checker, verdicts } = JSON.parse(readFileSync(cacheFile, 'utf8'));
    return checker === checkerName() ? verdicts : {};
  } catch {
    // None yet, or one that was cut off while it was written.
    return {};
  }
}

/** Verdicts of another version or with other limits are none. */
function checkerName(): string {
  const manifest: { readonly version: string } = createRequire(import.meta.url)('recheck/package.json');
  return `${manifest.version} ${JSON.stringify(limits)}`;
}
