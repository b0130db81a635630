// The files of a file system that only the client reaches, as the service wants to see them.
import type { Connection } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { below, folderOf, nameOf } from '../model/paths.js';
import { type Files, FilesError, type FolderEntry } from '../service/files.js';
import { findFilesRequest, readFileRequest } from './protocol.js';
import { pathOf, type Space, uriOf } from './uris.js';

/** Knows nothing: for texts that no file system holds. */
export const noFiles: Files = {
  read: () => Promise.reject(new FilesError('its file system cannot be read from here')),
  list: () => Promise.resolve([]),
  stat: () => Promise.resolve(undefined),
};

/**
 * Reads through the client. What is in its folders below `root` is asked for once: when something came or went, make
 * another one.
 */
export function clientFiles(connection: Connection, space: Space, root: string): Files {
  let tree: Promise<ReadonlyMap<string, ReadonlyMap<string, FolderEntry>>> | undefined;

  async function load(): Promise<ReadonlyMap<string, ReadonlyMap<string, FolderEntry>>> {
    const folders = new Map<string, Map<string, FolderEntry>>([[root, new Map()]]);
    const { uris } = await asked(connection.sendRequest(findFilesRequest, { folder: uriOf(space, root) }));
    for (const uri of uris) {
      let path = pathOf(URI.parse(uri));
      let kind: FolderEntry['kind'] = 'file';
      while (path !== root && below(root, path) !== undefined) {
        const folder = folderOf(path);
        const entries = folders.get(folder) ?? new Map<string, FolderEntry>();
        const isKnown = entries.has(nameOf(path));
        entries.set(nameOf(path), { name: nameOf(path), kind });
        folders.set(folder, entries);
        if (isKnown) break;
        path = folder;
        kind = 'folder';
      }
    }
    return folders;
  }

  const folders = () => {
    tree ??= load();
    return tree;
  };

  return {
    async read(path, limit) {
      const { data } = await asked(connection.sendRequest(readFileRequest, { uri: uriOf(space, path), limit }));
      return Uint8Array.from(atob(data), (unit) => unit.charCodeAt(0)).subarray(0, limit);
    },
    async list(path) {
      return [...((await folders()).get(path)?.values() ?? [])];
    },
    async stat(path) {
      const known = await folders();
      if (known.has(path)) return 'folder';
      return known.get(folderOf(path))?.has(nameOf(path)) === true ? 'file' : undefined;
    },
  };
}

async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw new FilesError(error instanceof Error ? error.message : String(error));
  }
}
