// What a RUN takes away again, and what never gets into its layer: removed files, and mounts.
import type { ShellCommand, ShellWord } from '../shell-command.js';
import type { Instruction } from './instruction.js';

const targetNames: ReadonlySet<string> = new Set(['target', 'dst', 'destination']);

/** Whether a mount of a RUN takes, or may take, what is written to one of these folders. See {@link covers}. */
export function isMounted({ flags }: Instruction, folders: readonly string[]): boolean {
  return flags.some(({ name, options }) => {
    if (name !== 'mount') return false;
    const type = options.find((option) => option.name === 'type')?.value;
    if (type?.kind === 'known' && (type.value === 'secret' || type.value === 'ssh')) return false;
    const target = options.find((option) => targetNames.has(option.name))?.value;
    if (target?.kind !== 'known') return target?.kind === 'unknown';
    return folders.some((folder) => covers(target.value, folder));
  });
}

/** Whether a command of an instruction removes, or may remove, one of these folders or what is in it. */
export function removes(command: ShellCommand, instruction: Instruction, folders: readonly string[]): boolean {
  const { name, words } = command;
  if (name === undefined) return false;
  // A program or function of the user's own that says what it is for.
  if (/clean/i.test(name)) return true;
  if (name === 'rm') {
    const paths = words.slice(1).flatMap((word) => pathsOf(word, instruction));
    return paths.some((path) => path === undefined || folders.some((folder) => covers(path, folder)));
  }
  if (name !== 'find' || !words.some(({ text }) => text === '-delete' || text === '-exec')) return false;
  // What `find` removes below a folder that is further up may be anything.
  return words.some(({ text, raw }) => folders.some((folder) => holds(folder, text ?? raw)));
}

/** By path, without what stands for its contents: the index of the last command in an instruction that removes it. */
export function removedPaths(instruction: Instruction): ReadonlyMap<string, number> {
  const paths = new Map<string, number>();
  for (const [index, { name, words }] of instruction.commands.entries()) {
    if (name !== 'rm') continue;
    for (const word of words.slice(1)) {
      for (const path of pathsOf(word, instruction)) {
        if (path !== undefined) paths.set(path.replace(/\/\**$/, ''), index);
      }
    }
  }
  return paths;
}

/** When a folder, or one that it is in, was removed for the last time; below zero where it never was. */
export function lastRemovalOf(folder: string, paths: ReadonlyMap<string, number>): number {
  let last = -1;
  let path = folder.replace(/\/$/, '');
  while (path !== '') {
    last = Math.max(last, paths.get(path) ?? -1);
    path = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  }
  return last;
}

/** The paths that a word of `rm` stands for; undefined for one that cannot be told. */
function pathsOf({ text, raw, substitutions }: ShellWord, instruction: Instruction): readonly (string | undefined)[] {
  if (text !== undefined) return text.startsWith('-') ? [] : withoutBraces(text);
  if (substitutions.length > 0) {
    // `$(yarn cache dir)`
    return substitutions.some(({ commands }) => commands.some(({ words }) => words[1]?.text === 'cache'))
      ? [undefined]
      : [];
  }
  const variable = /^"?\$\{?(\w+)\}?"?$/.exec(raw)?.[1];
  if (variable === undefined) return withoutBraces(raw.replace(/["']/g, ''));
  const value = instruction.environment(variable);
  // One that nobody declares is set by the script itself.
  if (value.kind !== 'known') return value.kind === 'unknown' ? [undefined] : [];
  return value.value.split(/\s+/);
}

/** `/var/{cache,log}/*` is two paths. Only the first braces count. */
function withoutBraces(path: string): readonly string[] {
  const open = path.search(/(?<!\$)\{/);
  const close = path.indexOf('}', open);
  if (open < 0 || close < 0) return [path];
  const choices = path.slice(open + 1, close).split(',');
  return choices.map((choice) => path.slice(0, open) + choice + path.slice(close + 1));
}

/**
 * Whether a path, maybe with wildcards, names a folder, one that it is in, or all that is in it. In front of the path
 * there may stand that of another root; a folder that begins with `~` may be in any home.
 */
function covers(path: string, folder: string): boolean {
  const parts = partsOf(path);
  const wanted = partsOf(folder);
  if (parts[0] === 'root' && parts.length === 1) return wanted[0] === '~';
  if (wanted[0] === '~') wanted.shift();
  const from = parts.indexOf(wanted[0] ?? '');
  if (from < 0) return false;
  const own = parts.slice(from);
  if (!own.slice(0, wanted.length).every((part, index) => matches(part, wanted[index] ?? ''))) return false;
  const next = own[wanted.length];
  return next === undefined || wildcardAt(next) >= 0;
}

/** Whether a path without wildcards is a folder, or lies in it. */
function holds(folder: string, path: string): boolean {
  return partsOf(path).length >= partsOf(folder).length && covers(`${path}/*`, folder);
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

function matches(part: string, name: string): boolean {
  const wildcard = wildcardAt(part);
  return wildcard < 0 ? part === name : name.startsWith(part.slice(0, wildcard));
}

function wildcardAt(part: string): number {
  return part.search(/[*?[$]/);
}
