// Patterns with the meaning of `.gitignore`, matched in bounded time: such files come with the repository and are not trusted.

interface Pattern {
  readonly negated: boolean;
  readonly foldersOnly: boolean;
  readonly segments: readonly (Segment | typeof anyFolders)[];
}

type Segment = readonly Token[];
/** A literal unit stands for itself. */
type Token = typeof anyText | string | ((unit: string) => boolean);

/** `*`: any text within one segment. Longer than one unit, so that it is no literal. */
const anyText = 'any-text';
/** `**`: any number of segments. */
const anyFolders = 'any-folders';

/** A longer pattern fits no path that there can be. */
const longest = 4096;

/** The patterns of one file or list. Paths are relative to the folder that it speaks for. */
export interface Patterns {
  readonly patterns: readonly Pattern[];
}

export function parsePatterns(lines: readonly string[]): Patterns {
  return { patterns: lines.map(parsePattern).filter((pattern) => pattern !== undefined) };
}

/** What the last pattern that fits says of this very path: true takes it out, false (`!`) keeps it, undefined: none fits. */
export function verdict({ patterns }: Patterns, path: string, isFolder: boolean): boolean | undefined {
  const names = path.split('/').map((name) => name.split(''));
  for (let i = patterns.length - 1; i >= 0; i--) {
    const pattern = patterns[i];
    if (pattern === undefined || (pattern.foldersOnly && !isFolder)) continue;
    if (matches(pattern.segments, names, matchesSegment)) return !pattern.negated;
  }
  return undefined;
}

/** Whether the patterns take in a file, by itself or by a folder above it. */
export function selects(patterns: Patterns, path: string): boolean {
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    const folder = verdict(patterns, path.slice(0, slash), true);
    if (folder === true) return verdict(patterns, path, false) !== false;
  }
  return verdict(patterns, path, false) === true;
}

function parsePattern(line: string): Pattern | undefined {
  let text = trimEnd(line);
  if (text === '' || text.startsWith('#') || text.length > longest) return undefined;
  const negated = text.startsWith('!');
  if (negated) text = text.slice(1);
  const foldersOnly = text.endsWith('/');
  if (foldersOnly) text = text.slice(0, -1);
  const anchored = text.includes('/');
  if (text.startsWith('/')) text = text.slice(1);
  if (text === '') return undefined;
  const segments: (Segment | typeof anyFolders)[] = anchored ? [] : [anyFolders];
  for (const part of text.split('/')) {
    if (part === '**') {
      segments.push(anyFolders);
      continue;
    }
    const segment = parseSegment(part);
    if (segment === undefined) return undefined;
    segments.push(segment);
  }
  // A `/**` at the end means what is inside, not the folder itself.
  if (segments.at(-1) === anyFolders) segments.push([anyText]);
  return { negated, foldersOnly, segments };
}

/** Blanks at the end do not count, unless a backslash stands before them. */
function trimEnd(line: string): string {
  let end = line.length;
  if (line[end - 1] === '\r') end--;
  while (end > 0 && line[end - 1] === ' ' && line[end - 2] !== '\\') end--;
  return line.slice(0, end);
}

function parseSegment(text: string): Segment | undefined {
  const tokens: Token[] = [];
  let i = 0;
  while (i < text.length) {
    const unit = text.charAt(i);
    if (unit === '*') {
      if (tokens.at(-1) !== anyText) tokens.push(anyText);
      i++;
    } else if (unit === '?') {
      tokens.push(() => true);
      i++;
    } else if (unit === '[') {
      const set = parseSet(text, i);
      if (set === undefined) return undefined;
      tokens.push(set.token);
      i = set.end;
    } else {
      if (unit === '\\') i++;
      // A lone backslash at the end fits nothing.
      if (i >= text.length) return undefined;
      tokens.push(text.charAt(i));
      i++;
    }
  }
  return tokens;
}

/** A set such as `[a-z]` or `[!0-9]`, which starts at `start`. Undefined where it is not closed: such a pattern fits nothing. */
function parseSet(text: string, start: number): { readonly token: Token; readonly end: number } | undefined {
  let i = start + 1;
  const negated = text[i] === '!' || text[i] === '^';
  if (negated) i++;
  const ranges: (readonly [from: string, to: string])[] = [];
  for (let first = true; first || text[i] !== ']'; first = false) {
    if (text[i] === '\\') i++;
    const from = text[i];
    if (from === undefined) return undefined;
    i++;
    let to = from;
    if (text[i] === '-' && text[i + 1] !== ']' && text[i + 1] !== undefined) {
      i++;
      if (text[i] === '\\') i++;
      to = text.charAt(i);
      i++;
    }
    ranges.push([from, to]);
  }
  const token = (unit: string) => ranges.some(([from, to]) => from <= unit && unit <= to) !== negated;
  return { token, end: i + 1 };
}

function matchesSegment(segment: Segment, name: readonly string[]): boolean {
  const last = segment.at(-1);
  // Settles most of it: nearly every pattern ends in a letter that a path does not end in.
  if (last !== undefined && last !== anyText && !fitsUnit(last, name.at(-1) ?? '')) return false;
  return matches(segment, name, fitsUnit);
}

function fitsUnit(token: Exclude<Token, typeof anyText>, unit: string): boolean {
  return typeof token === 'string' ? token === unit : token(unit);
}

/**
 * Matches a list against a list in which wildcards stand for any number of items. Going back to the last wildcard alone
 * is enough, so that the time is at most the product of both lengths.
 */
function matches<P, T>(
  pattern: readonly (P | typeof anyText | typeof anyFolders)[],
  items: readonly T[],
  fits: (part: P, item: T) => boolean,
): boolean {
  let p = 0;
  let i = 0;
  let wildcard = -1;
  let resume = 0;
  while (i < items.length) {
    const part = pattern[p];
    if (part === anyText || part === anyFolders) {
      wildcard = p++;
      resume = i;
    } else if (part !== undefined && fits(part, items[i] as T)) {
      p++;
      i++;
    } else if (wildcard >= 0) {
      p = wildcard + 1;
      i = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === anyText || pattern[p] === anyFolders) p++;
  return p === pattern.length;
}
