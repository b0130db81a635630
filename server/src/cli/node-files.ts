// What the command line does with files beyond reading them.
import { constants } from 'node:fs';
import { access, chmod, mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { diskFiles, reached, withSlashes } from '../disk/disk-files.js';
import { folderOf, join, nameOf } from '../model/paths.js';
import { FilesError } from '../service/files.js';
import type { LocalFiles } from './io.js';

export const nodeFiles: LocalFiles = {
  ...diskFiles,

  resolve: (path) => reached(async () => withSlashes(await realpath(path))),

  replace: (path, old, bytes) =>
    reached(async () => {
      // The link stays a link: what it leads to is replaced.
      const target = withSlashes(await realpath(path));
      await access(target, constants.W_OK);
      await putInPlace(target, bytes, async () => {
        const now = await nodeFiles.read(target, old.length + 1);
        if (now.length !== old.length || now.some((byte, index) => byte !== old[index])) {
          throw new FilesError('it was changed by somebody else meanwhile; not written');
        }
      });
    }),

  overwrite: (path, pieces) =>
    reached(async () => {
      const kind = await nodeFiles.stat(path);
      if (kind === 'folder') throw new FilesError('it is a folder');
      if (kind === 'other') return writeFile(path, pieces);
      if (kind === undefined) {
        await makeFolder(folderOf(path));
        return putInPlace(path, pieces);
      }
      // A link stays a link, as with any program that writes to it.
      const target = withSlashes(await realpath(path));
      await access(target, constants.W_OK);
      return putInPlace(target, pieces);
    }),

  create: (path, text) => reached(() => writeFile(path, text, { flag: 'wx' })),
};

/** Step by step: the recursive way of Node never ends where the system refuses a folder as it does in `/proc`. */
async function makeFolder(path: string): Promise<void> {
  const missing: string[] = [];
  let folder = path;
  for (; (await nodeFiles.stat(folder)) === undefined && folder !== folderOf(folder); folder = folderOf(folder)) {
    missing.unshift(folder);
  }
  if ((await nodeFiles.stat(folder)) !== 'folder') throw new FilesError('a part of the path is no folder');
  for (const one of missing) {
    await mkdir(one).catch(async (error: unknown) => {
      // Somebody else may have made it meanwhile.
      if ((await nodeFiles.stat(one)) !== 'folder') throw error;
    });
  }
}

/** Writes a file in one step: another process sees the old one or the new one. `check` may refuse at the last moment. */
async function putInPlace(
  path: string,
  contents: Uint8Array | readonly Uint8Array[],
  check?: () => Promise<void>,
): Promise<void> {
  const temporary = await temporaryBeside(path);
  try {
    await writeFile(temporary, contents, { flag: 'wx' });
    if ((await nodeFiles.stat(path)) !== undefined) await chmod(temporary, (await stat(path)).mode & 0o7777);
    await check?.();
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A name that nobody else has. */
async function temporaryBeside(path: string): Promise<string> {
  // Loaded here, because most runs write nothing, and it takes a tenth of the start.
  const { randomBytes } = await import('node:crypto');
  return join(folderOf(path), `.${nameOf(path)}.${randomBytes(6).toString('hex')}.tmp`);
}
