// Which files are patches of kustomize: objects that others complete.

import { folderOf, join, resolveFrom } from '../model/paths.js';
import { decode, maximumBytes } from './decode.js';
import { type Files, FilesError } from './files.js';
import { remembered } from './remembered.js';

/** What a kustomization is called; the first one that is there counts. */
export const kustomizationNames: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

export interface Kustomize {
  /** Whether a kustomization in the folder of a file, or in one above it, applies the file as a patch. */
  isPatch(path: string): Promise<boolean>;
}

export interface KustomizeRequest {
  readonly files: Files;
  /** The top of the search from a folder. */
  readonly ceiling: (folder: string) => Promise<string>;
}

export function createKustomize({ files, ceiling }: KustomizeRequest): Kustomize {
  const known = new Map<string, Promise<ReadonlySet<string>>>();

  /** The patches that the kustomization of a folder names. One that cannot be read names none. */
  async function patchesOf(folder: string): Promise<ReadonlySet<string>> {
    try {
      const names = new Set((await files.list(folder)).flatMap(({ name, kind }) => (kind === 'file' ? name : [])));
      const name = kustomizationNames.find((one) => names.has(one));
      if (name === undefined) return new Set();
      const { patchPaths } = await import('../languages/kubernetes/kustomization.js');
      const bytes = await files.read(join(folder, name), maximumBytes + 1, [folder]);
      const { text, limit } = decode(bytes);
      return new Set(limit === undefined ? patchPaths(text).flatMap((path) => resolveFrom(folder, path) ?? []) : []);
    } catch (error) {
      if (error instanceof FilesError) return new Set();
      throw error;
    }
  }

  return {
    async isPatch(path) {
      const top = await ceiling(folderOf(path));
      for (let folder = folderOf(path); ; folder = folderOf(folder)) {
        if ((await remembered(known, folder, patchesOf)).has(path)) return true;
        if (folder === top || folderOf(folder) === folder) return false;
      }
    },
  };
}
