// `--fix`: what is safe is written to the files, and nowhere else.

import { below, folderOf } from '../model/paths.js';
import { encode } from '../service/decode.js';
import { FilesError } from '../service/files.js';
import { applySafeFixes } from '../service/fix.js';
import type { Linted } from '../service/lint-text.js';
import type { LintedFile } from '../service/workspace.js';
import type { Io } from './io.js';

export interface Fixed {
  readonly linted: Linted;
  /** How many fixes were made. */
  readonly applied: number;
  /** The bytes of the fixed text; undefined where nothing was fixed. */
  readonly bytes: Uint8Array | undefined;
  /** Why it could not be written, and the file is as it was; undefined where it was. */
  readonly trouble: string | undefined;
}

/** Where fixes are written: `named` are the paths that the user named. Undefined: nowhere, the bytes are handed out. */
export interface FixTarget {
  readonly io: Io;
  readonly named: readonly string[];
}

/** Applies the safe fixes to a file. What could not be written stays as it was. */
export async function applyFixes(file: LintedFile, target: FixTarget | undefined): Promise<Fixed> {
  const { applied, linted } = applySafeFixes(file, file.relint);
  if (applied === 0) return { linted: file, applied, bytes: undefined, trouble: undefined };
  const old = encode(file.file.text, file.encoding);
  const bytes = encode(linted.file.text, file.encoding);
  const trouble = target === undefined ? undefined : await replace(file.file.source.id, old, bytes, target);
  return trouble === undefined
    ? { linted, applied, bytes, trouble }
    : { linted: file, applied: 0, bytes: undefined, trouble };
}

/** Gives the reason where it did not work. */
async function replace(
  path: string,
  old: Uint8Array,
  bytes: Uint8Array,
  { io: { cwd, files }, named }: FixTarget,
): Promise<string | undefined> {
  try {
    const target = await files.resolve(path);
    const holding = [cwd, ...named].filter((root) => root !== path && below(root, path) !== undefined);
    const roots = await Promise.all((holding.length === 0 ? [folderOf(path)] : holding).map(files.resolve));
    if (!roots.some((root) => below(root, target) !== undefined))
      return 'it is a link that leads elsewhere; not written';
    await files.replace(path, old, bytes);
    return undefined;
  } catch (error) {
    if (error instanceof FilesError) return `the fixed text could not be written: ${error.message}`;
    throw error;
  }
}
