// The file system, as the service wants to see it.
import type { Dirent } from 'node:fs';
import { type FileHandle, open, readdir, realpath, stat } from 'node:fs/promises';
import { below } from '../model/paths.js';
import { type EntryKind, type Files, FilesError } from '../service/files.js';

const reasons: { readonly [code: string]: string } = {
  EACCES: 'permission denied',
  EEXIST: 'the file exists already',
  EISDIR: 'it is a folder',
  ELOOP: 'a link that leads to itself',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no such file or folder',
  ENOSPC: 'no space left on the disk',
  ENOTDIR: 'a part of the path is no folder',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
};

export const diskFiles: Files = {
  read: (path, limit, within) =>
    reached(async () => {
      if (within !== undefined && (await leadsOut(path, within))) {
        throw new FilesError('it is a link that leads elsewhere; not read');
      }
      const handle = await open(path, 'r');
      try {
        return await readUpTo(handle, limit);
      } finally {
        await handle.close();
      }
    }),

  list: (path) =>
    reached(async () =>
      (await readdir(path, { withFileTypes: true })).map((entry) => ({ name: entry.name, kind: kindOf(entry) })),
    ),

  stat: (path) =>
    reached(async () => {
      try {
        const found = await stat(path);
        return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'other';
      } catch (error) {
        if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
        throw error;
      }
    }),
};

/** Whether a path leads out of all of these folders, its links followed. */
async function leadsOut(path: string, folders: readonly string[]): Promise<boolean> {
  const [target = '', ...inside] = (await Promise.all([path, ...folders].map((one) => realpath(one)))).map(withSlashes);
  return inside.every((one) => below(one, target) === undefined);
}

/** A path with `/` between its parts, on every system. */
export function withSlashes(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

/** Pipes tell no size, so that this reads until the end or the limit. */
async function readUpTo(source: { read: FileHandle['read'] }, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < limit) {
    const chunk = new Uint8Array(Math.min(limit - length, 64 * 1024));
    const { bytesRead } = await source.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) break;
    chunks.push(chunk.subarray(0, bytesRead));
    length += bytesRead;
  }
  return Buffer.concat(chunks, length);
}

/** Runs an action on files; what the system says against it becomes a FilesError. */
export async function reached<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof FilesError) throw error;
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new FilesError(reasons[code] ?? `it cannot be reached (${code})`);
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function kindOf(entry: Dirent): EntryKind {
  if (entry.isSymbolicLink()) return 'link';
  return entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other';
}
