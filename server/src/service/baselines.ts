// Finds the baseline of a folder: the nearest one wins alone, like the config file.

import { folderOf, join } from '../model/paths.js';
import { type Baseline, baselineName, parseBaseline } from './baseline.js';
import { decode } from './decode.js';
import type { FileChoice } from './file-choice.js';
import { type Files, FilesError } from './files.js';
import { remembered } from './remembered.js';

/** A larger baseline is refused: it is read before anything is told. In bytes. */
const largest = 32 * 1024 * 1024;

export interface Baselines {
  /** The baseline of the files in a folder. Rejects with a FilesError where it cannot be read. */
  of(folder: string): Promise<Baseline | undefined>;
}

export interface BaselinesRequest {
  readonly files: Files;
  readonly choice: FileChoice;
  /** The top of the search from a folder. */
  readonly ceiling: (folder: string) => Promise<string>;
}

export function createBaselines({ files, choice, ceiling }: BaselinesRequest): Baselines {
  const known = new Map<string, Promise<Baseline | undefined>>();

  async function load(path: string, within?: readonly string[]): Promise<Baseline> {
    try {
      const bytes = await files.read(path, largest + 1, within);
      const { text, limit } = decode(bytes, largest);
      if (limit !== undefined) throw new FilesError(`it is no text, or larger than ${largest / 1024 / 1024} MB`);
      return { path, bytes, files: parseBaseline(text, folderOf(path)) };
    } catch (error) {
      if (error instanceof FilesError) throw new FilesError(`the baseline could not be read: ${error.message}`, path);
      throw error;
    }
  }

  async function search(folder: string, top: string): Promise<Baseline | undefined> {
    const path = join(folder, baselineName);
    if ((await files.stat(path)) === 'file') return load(path, [top, folder]);
    if (folder === top || folderOf(folder) === folder) return undefined;
    return remembered(known, folderOf(folder), (above) => search(above, top));
  }

  return {
    async of(folder) {
      if (choice.from === 'none') return undefined;
      if (choice.from === 'file') return remembered(known, choice.path, load);
      return remembered(known, folder, async () => search(folder, await ceiling(folder)));
    },
  };
}
