// Walks folders for the files that may be worth a look: by name only, in the order of their paths.

import { below, folderOf, join } from '../model/paths.js';
import { speaksForOthers } from './config-files.js';
import type { Configurations, FolderConfig } from './configuration.js';
import { type Files, FilesError } from './files.js';
import { type Patterns, parsePatterns, selects, verdict } from './gitignore.js';

export interface Discovered {
  readonly path: string;
  /** Named by the user, not met on the way: it is read whatever its name is and whatever patterns say. */
  readonly named: boolean;
}

/** Something that could not be read. */
export interface Unreadable {
  readonly path: string;
  readonly message: string;
}

export interface Discovery {
  readonly found: readonly Discovered[];
  /** Named files that the configuration leaves out, where that counts for them. */
  readonly excluded: readonly string[];
  readonly unreadable: readonly Unreadable[];
}

/** Never walked into, unless a `!` pattern of a `.gitignore` or of `exclude` brings one back. */
const vendored: Patterns = parsePatterns([
  '.git',
  '.hg',
  '.svn',
  'node_modules/',
  'bower_components/',
  'jspm_packages/',
  'vendor/',
  '.venv/',
  '.tox/',
  '.terraform/',
]);

/** Of a longer `.gitignore`, the lines behind this do not count: it is matched against every path. */
const gitignoreBytes = 256 * 1024;

/** Reading a pipe that nobody writes to would never end. */
const notRegular = "it is no regular file; what a program writes can be linted with '--stdin-filename'";

interface Layer {
  readonly base: string;
  readonly patterns: Patterns;
}

/** A folder to be walked, with the patterns of those above it. */
interface Folder {
  readonly path: string;
  readonly layers: readonly Layer[];
}

/** So many folders are read at a time. */
const atOnce = 16;

/**
 * `paths` are files and folders that the user named; a path that is there twice is found once. With `forceExclude` a file
 * is left out though it is named: what names it is a program that knows nothing of the configuration.
 */
export async function discover(
  files: Files,
  paths: readonly string[],
  configurations: Configurations,
  forceExclude = false,
): Promise<Discovery> {
  const excluded: string[] = [];
  const found = new Map<string, Discovered>();
  const unreadable = new Map<string, Unreadable>();
  /** By configuration: that of the root speaks for every folder, and may have thousands of patterns. */
  const scopes = new Map<FolderConfig, Scope>();

  async function attempt<T>(path: string, action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof FilesError)) throw error;
      const at = error.path ?? path;
      unreadable.set(at, { path: at, message: error.message });
      return undefined;
    }
  }

  /** The patterns of the folder itself; those of the folders above it are in `above`. */
  async function gitignoreOf(folder: string, top: string): Promise<Layer | undefined> {
    const path = join(folder, '.gitignore');
    return attempt(path, async () => {
      if ((await files.stat(path)) !== 'file') return undefined;
      const bytes = await files.read(path, gitignoreBytes + 1, [top, folder]);
      const lines = new TextDecoder().decode(bytes).split('\n');
      // Half a pattern is another pattern.
      if (bytes.length > gitignoreBytes) lines.pop();
      return { base: folder, patterns: parsePatterns(lines) };
    });
  }

  function scopeFor(found: FolderConfig): Scope {
    const scope = scopes.get(found) ?? scopeOf(found);
    scopes.set(found, scope);
    return scope;
  }

  async function walk(start: string): Promise<void> {
    const top = await attempt(start, () => configurations.ceiling(start));
    if (top === undefined) return;
    const above: Layer[] = [{ base: top, patterns: vendored }];
    for (const folder of foldersBetween(top, start)) {
      const layer = await gitignoreOf(folder, top);
      if (layer !== undefined) above.push(layer);
    }
    // Folder by folder, most of the time would be spent waiting for the disk.
    for (let waiting: readonly Folder[] = [{ path: start, layers: above }]; waiting.length > 0; ) {
      const below: Folder[] = [];
      for (let i = 0; i < waiting.length; i += atOnce) {
        const inside = await Promise.all(waiting.slice(i, i + atOnce).map((folder) => visit(folder, top)));
        below.push(...inside.flat());
      }
      waiting = below;
    }
  }

  /** Takes the files of a folder in; returns the folders in it. */
  async function visit(folder: Folder, top: string): Promise<readonly Folder[]> {
    const entries = await attempt(folder.path, () => files.list(folder.path));
    if (entries === undefined) return [];
    const own = entries.some(({ name }) => name === '.gitignore') ? await gitignoreOf(folder.path, top) : undefined;
    const layers = own === undefined ? folder.layers : [...folder.layers, own];
    const config = await attempt(folder.path, () => configurations.of(folder.path));
    const scope = config === undefined ? undefined : scopeFor(config);
    const inside: Folder[] = [];
    for (const { name, kind } of entries) {
      const path = join(folder.path, name);
      // Links are not followed: what they lead to is walked in its own place, or lies outside.
      if (kind === 'folder') {
        if (!isIgnored(path, true, layers, scope)) inside.push({ path, layers });
      } else if (kind === 'file' && mayMatter(name)) {
        if (isIgnored(path, false, layers, scope) || !isIncluded(path, scope)) continue;
        if (!found.has(path)) found.set(path, { path, named: false });
      }
    }
    return inside;
  }

  async function isExcluded(path: string): Promise<boolean> {
    const config = await attempt(path, () => configurations.of(folderOf(path)));
    return config !== undefined && leavesOut(config, path);
  }

  for (const path of paths) {
    const kind = await attempt(path, () => files.stat(path));
    if (kind === 'folder') await walk(path);
    else if (kind === 'other') unreadable.set(path, { path, message: notRegular });
    else if (kind !== undefined && forceExclude && (await isExcluded(path))) excluded.push(path);
    else if (kind !== undefined) found.set(path, { path, named: true });
    else if (!unreadable.has(path)) unreadable.set(path, { path, message: 'no such file or folder' });
  }
  return { found: sorted(found), excluded, unreadable: sorted(unreadable) };
}

/** Whether a file of this name is worth opening; its contents decide. */
export function mayMatter(name: string): boolean {
  return /\.ya?ml$|dockerfile|containerfile/i.test(name);
}

/** Whether a configuration leaves out a file, whoever names it. */
export function leavesOut(found: FolderConfig, path: string): boolean {
  const relative = below(found.base, path);
  if (relative === undefined) return false;
  const scope = scopeOf(found);
  return selects(scope.exclude, relative) || !isIncluded(path, scope);
}

interface Scope {
  readonly base: string;
  readonly include: Patterns | undefined;
  readonly exclude: Patterns;
}

function scopeOf({ config, base }: FolderConfig): Scope {
  return {
    base,
    include: config.include === undefined ? undefined : parsePatterns(config.include),
    exclude: parsePatterns(config.exclude ?? []),
  };
}

/** The config file has the last word, then the nearest `.gitignore`, then those above it. */
function isIgnored(path: string, isFolder: boolean, layers: readonly Layer[], scope: Scope | undefined): boolean {
  const inScope = scope === undefined ? undefined : below(scope.base, path);
  if (scope !== undefined && inScope !== undefined) {
    const excluded = verdict(scope.exclude, inScope, isFolder);
    if (excluded !== undefined) return excluded;
  }
  for (let i = layers.length - 1; i >= 0; i--) {
    const layer = layers[i];
    const relative = layer === undefined ? undefined : below(layer.base, path);
    if (layer === undefined || relative === undefined) continue;
    const ignored = verdict(layer.patterns, relative, isFolder);
    if (ignored !== undefined) return ignored;
  }
  return false;
}

function isIncluded(path: string, scope: Scope | undefined): boolean {
  if (scope?.include === undefined || speaksForOthers(path)) return true;
  const relative = below(scope.base, path);
  return relative === undefined || selects(scope.include, relative);
}

/** The folders from `top` down to the one above `folder`. */
function foldersBetween(top: string, folder: string): readonly string[] {
  const folders: string[] = [];
  for (let at = folder; at !== top && folderOf(at) !== at; ) {
    at = folderOf(at);
    folders.unshift(at);
  }
  return folders;
}

function sorted<T extends { readonly path: string }>(byPath: ReadonlyMap<string, T>): readonly T[] {
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
