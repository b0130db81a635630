// Which sources of COPY and ADD a `.dockerignore` keeps out of the build, and by which of its lines.
import type { FileLink } from '../engine/language.js';
import type { Instruction } from '../model/dockerfile/instruction.js';
import { folderOf, join } from '../model/paths.js';
import type { FileId } from '../text/span.js';
import { decode } from './decode.js';
import { type Files, FilesError } from './files.js';
import { type Patterns, parsePatterns, selects } from './gitignore.js';
import type { Linted } from './lint-text.js';

/** More lines, or more bytes, are not looked at. */
const maxLines = 1000;
const maxBytes = 256 * 1024;

/**
 * Links from the sources to the lines. What a Dockerfile is built with beside itself nobody knows: the folder that it is
 * in stands for that. `within`: see {@link Files.read}.
 */
export async function ignoredSources(
  linted: Linted,
  path: FileId,
  { files, within }: { readonly files: Files; readonly within: readonly string[] },
): Promise<readonly FileLink[]> {
  const [dockerfile] = linted.file.subjects.dockerfile ?? [];
  const sources = (dockerfile?.instructions ?? []).flatMap(localSources);
  if (sources.length === 0) return [];
  // A list of its own counts alone.
  for (const name of [`${path}.dockerignore`, join(folderOf(path), '.dockerignore')]) {
    const text = await read(files, name, within);
    if (text === undefined) continue;
    const lines = readLines(text);
    return sources.flatMap(({ at, source }) => {
      const line = ignoringLine(lines, source);
      return line === undefined ? [] : [{ at, path: name, line }];
    });
  }
  return [];
}

interface Source {
  readonly at: FileLink['at'];
  /** From the folder of the build, with `/` between its parts and none around it. */
  readonly source: string;
}

function localSources({ keyword, flags, arguments: words, heredocs }: Instruction): readonly Source[] {
  if (keyword !== 'COPY' && keyword !== 'ADD') return [];
  if (heredocs.length > 0 || flags.some(({ name }) => name === 'from')) return [];
  return words.slice(0, -1).flatMap((word) => {
    if (word.kind !== 'known' || /[*?[\\]|^\w[\w+.-]*:\/\/|^git@/.test(word.value)) return [];
    const parts = word.value.split('/').filter((part) => part !== '' && part !== '.');
    return parts.length === 0 || parts.includes('..') ? [] : [{ at: word.at, source: parts.join('/') }];
  });
}

interface IgnoreLine {
  readonly line: number;
  readonly negated: boolean;
  readonly patterns: Patterns;
}

/** All patterns count from the folder of the build, unlike those of Git. */
function readLines(text: string): readonly IgnoreLine[] {
  return text.split('\n', maxLines).flatMap((raw, line) => {
    const trimmed = raw.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return [];
    const negated = trimmed.startsWith('!');
    const parts = trimmed
      .slice(negated ? 1 : 0)
      .trim()
      .split('/')
      .filter((part) => part !== '' && part !== '.');
    return parts.length === 0 ? [] : [{ line, negated, patterns: parsePatterns([`/${parts.join('/')}`]) }];
  });
}

/** The last line that fits decides; undefined where it lets the source in, or none fits. */
function ignoringLine(lines: readonly IgnoreLine[], source: string): number | undefined {
  const last = lines.findLast(({ patterns }) => selects(patterns, source));
  return last === undefined || last.negated ? undefined : last.line;
}

async function read(files: Files, path: string, within: readonly string[]): Promise<string | undefined> {
  try {
    if ((await files.stat(path)) !== 'file') return undefined;
    const decoded = decode(await files.read(path, maxBytes, within));
    return 'text' in decoded ? decoded.text : undefined;
  } catch (error) {
    if (error instanceof FilesError) return undefined;
    throw error;
  }
}
