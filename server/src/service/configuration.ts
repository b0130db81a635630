// Finds the configuration of a folder: the nearest `.plimsoll.yaml` wins alone.
import { type Config, emptyConfig } from '../engine/config.js';
import { hadolintNames, isHadolintConfig } from '../languages/config/hadolint-file.js';
import { below, folderOf, join } from '../model/paths.js';
import { type ConfigFile, configNames } from './config-files.js';
import { decode, maximumBytes } from './decode.js';
import { type ExtendsRequest, extended } from './extends.js';
import type { FileChoice } from './file-choice.js';
import { type Files, FilesError } from './files.js';
import { remembered } from './remembered.js';

export interface FolderConfig {
  /** With what it extends. */
  readonly config: Config;
  /** Where it was found; undefined for the defaults. */
  readonly path: string | undefined;
  /** What its patterns are relative to, also those of the files that it extends. */
  readonly base: string;
  /** Its own file, and those that it extends. */
  readonly files: readonly ConfigFile[];
  /** The files that it names in `extends`, also where they are not there. */
  readonly wanted: readonly string[];
}

export interface Configurations {
  /** The configuration of the files in a folder. Rejects with a FilesError where a config file cannot be read. */
  of(folder: string): Promise<FolderConfig>;
  /**
   * The `.hadolint.yaml` that speaks for the Dockerfiles of a folder: the nearest one, searched for as our own file is;
   * none where one file was chosen for everything. Rejects with a FilesError where it cannot be read.
   */
  hadolintOf(folder: string): Promise<ConfigFile | undefined>;
  /** Why paths that the text of a config file extends are not taken in, by the path as it is written. */
  unextended(path: string, text: string): Promise<ReadonlyMap<string, string>>;
  /** The top of the search: the folder with `.git` above this one, else the root, else the folder itself. */
  ceiling(folder: string): Promise<string>;
}

export interface ConfigurationsRequest {
  readonly files: Files;
  readonly choice: FileChoice;
  /** The working directory, or the folder of the workspace. */
  readonly root: string;
  /** The path is what the places of the config name. */
  readonly parse: (text: string, path: string) => Promise<Config>;
}

export function createConfigurations({ files, choice, root, parse }: ConfigurationsRequest): Configurations {
  const configs = new Map<string, Promise<FolderConfig>>();
  const hadolints = new Map<string, Promise<ConfigFile | undefined>>();
  const repositories = new Map<string, Promise<string | undefined>>();

  async function load(path: string, within?: readonly string[]): Promise<ConfigFile> {
    let bytes: Uint8Array;
    try {
      bytes = await files.read(path, maximumBytes + 1, within);
    } catch (error) {
      if (error instanceof FilesError) throw new FilesError(error.message, path);
      throw error;
    }
    const { text, limit } = decode(bytes);
    return { path, text, config: limit === undefined ? await parse(text, path) : emptyConfig, limit };
  }

  function extendsRequest(top: string): ExtendsRequest {
    return { top, stat: (path) => files.stat(path), load: (path, from) => load(path, [top, folderOf(from)]) };
  }

  async function open(path: string, top: string, within?: readonly string[]): Promise<FolderConfig> {
    const { config, files: used, wanted } = await extended(await load(path, within), extendsRequest(top));
    return { config, path, base: folderOf(path), files: used, wanted };
  }

  async function search(folder: string, top: string): Promise<FolderConfig> {
    for (const name of configNames) {
      const path = join(folder, name);
      if ((await files.stat(path)) === 'file') return open(path, top, [top, folder]);
    }
    if (folder === top || folderOf(folder) === folder) return none(folder);
    return remembered(configs, folderOf(folder), (above) => search(above, top));
  }

  async function searchHadolint(folder: string, top: string): Promise<ConfigFile | undefined> {
    for (const name of hadolintNames) {
      const path = join(folder, name);
      if ((await files.stat(path)) === 'file') return load(path, [top, folder]);
    }
    if (folder === top || folderOf(folder) === folder) return undefined;
    return remembered(hadolints, folderOf(folder), (above) => searchHadolint(above, top));
  }

  async function findHadolint(folder: string): Promise<ConfigFile | undefined> {
    if (choice.from === 'nearest') return searchHadolint(folder, await ceiling(folder));
    return choice.from === 'file' && isHadolintConfig(choice.path) ? load(choice.path) : undefined;
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
    if (choice.from === 'none' || (choice.from === 'file' && isHadolintConfig(choice.path))) return none(root);
    if (choice.from === 'file') return open(choice.path, await ceiling(folderOf(choice.path)));
    return search(folder, await ceiling(folder));
  }

  return {
    of: (folder) => remembered(configs, choice.from === 'nearest' ? folder : root, find),
    hadolintOf: (folder) => remembered(hadolints, choice.from === 'nearest' ? folder : root, findHadolint),
    async unextended(path, text) {
      const file = { path, text, config: await parse(text, path), limit: undefined };
      if (file.config.extends.length === 0) return new Map();
      const { troubles } = await extended(file, extendsRequest(await ceiling(folderOf(path))));
      return troubles.get(path) ?? new Map();
    },
    ceiling,
  };
}

function none(base: string): FolderConfig {
  return { config: emptyConfig, path: undefined, base, files: [], wanted: [] };
}
