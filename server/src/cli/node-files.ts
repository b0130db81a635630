// What the command line does with files beyond reading them.
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { diskFiles, reached, withSlashes } from '../disk/disk-files.js';
import { FilesError } from '../service/files.js';
import { folderOf, join, nameOf } from '../service/paths.js';
import type { LocalFiles } from './io.js';

export const nodeFiles: LocalFiles = {
  ...diskFiles,

  resolve: (path) => reached(async () => withSlashes(await realpath(path))),

  replace: (path, old, bytes) =>
    reached(async () => {
      // The link stays a link: what it leads to is replaced.
      const target = withSlashes(await realpath(path));
      await access(target, constants.W_OK);
      const { mode } = await stat(target);
      const temporary = join(folderOf(target), `.${nameOf(target)}.${randomBytes(6).toString('hex')}.tmp`);
      try {
        await writeFile(temporary, bytes, { flag: 'wx' });
        await chmod(temporary, mode & 0o7777);
        const now = await nodeFiles.read(target, old.length + 1);
        if (now.length !== old.length || now.some((byte, index) => byte !== old[index])) {
          throw new FilesError('it was changed by somebody else meanwhile; not written');
        }
        await rename(temporary, target);
      } finally {
        await rm(temporary, { force: true });
      }
    }),

  create: (path, text) => reached(() => writeFile(path, text, { flag: 'wx' })),
};
