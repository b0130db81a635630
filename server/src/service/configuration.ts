// Finds the configuration of a folder: the nearest `.plimsoll.yaml` wins alone.
import { type Config, emptyConfig } from '../engine/config.js';
import { decode, maximumBytes } from './decode.js';
import { type Files, FilesError } from './files.js';
import { below, folderOf, join } from './paths.js';
import { remembered } from './remembered.js';

/** What a config file may be called. */
export const configNames: readonly string[] = ['.plimsoll.yaml', '.plimsoll.yml'];

/** `nearest`: searched for from each file upwards. `none`: the defaults. `file`: this one, whatever else is there. */
export type ConfigChoice = { readonly from: 'nearest' | 'none' } | { readonly from: 'file'; readonly path: string };

export interface FolderConfig {
  readonly config: Config;
  /** Where it was found; undefined for the defaults. */
  readonly path: string | undefined;
  /** What its patterns are relative to. */
  readonly base: string;
}

export interface Configurations {
  /** The configuration of the files in a folder. Rejects with a FilesError where a config file cannot be read. */
  of(folder: string): Promise<FolderConfig>;
  /** The top of the search: the folder with `.git` above this one, else the root, else the folder itself. */
  ceiling(folder: string): Promise<string>;
}

export interface ConfigurationsRequest {
  readonly files: Files;
  readonly choice: ConfigChoice;
  /** The working directory, or the folder of the workspace. */
  readonly root: string;
  readonly parse: (text: string) => Promise<Config>;
}

export function createConfigurations({ files, choice, root, parse }: ConfigurationsRequest): Configurations {
  const configs = new Map<string, Promise<FolderConfig>>();
  const repositories = new Map<string, Promise<string | undefined>>();

  async function load(path: string, base: string, within?: string): Promise<FolderConfig> {
    let bytes: Uint8Array;
    try {
      bytes = await files.read(path, maximumBytes + 1, within);
    } catch (error) {
      if (error instanceof FilesError) throw new FilesError(error.message, path);
      throw error;
    }
    const { text, limit } = decode(bytes);
    return { config: limit === undefined ? await parse(text) : emptyConfig, path, base };
  }

  async function search(folder: string, top: string): Promise<FolderConfig> {
    for (const name of configNames) {
      const path = join(folder, name);
      if ((await files.stat(path)) === 'file') return load(path, folder, top);
    }
    if (folder === top || folderOf(folder) === folder) return { config: emptyConfig, path: undefined, base: folder };
    return remembered(configs, folderOf(folder), (above) => search(above, top));
  }

  async function repository(folder: string): Promise<string | undefined> {
    if ((await files.stat(join(folder, '.git'))) !== undefined) return folder;
    const above = folderOf(folder);
    return above === folder ? undefined : remembered(repositories, above, repository);
  }

  async function ceiling(folder: string): Promise<string> {
    const found = await remembered(repositories, folder, repository);
    return found ?? (below(root, folder) === undefined ? folder : root);
  }

  async function find(folder: string): Promise<FolderConfig> {
    if (choice.from === 'none') return { config: emptyConfig, path: undefined, base: root };
    if (choice.from === 'file') return load(choice.path, folderOf(choice.path));
    return search(folder, await ceiling(folder));
  }

  return {
    of: (folder) => remembered(configs, choice.from === 'nearest' ? folder : root, find),
    ceiling,
  };
}
