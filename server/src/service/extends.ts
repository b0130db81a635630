// Takes in the config files that a config file extends.
import { type Config, configOver, emptyConfig } from '../engine/config.js';
import { isHadolintConfig } from '../languages/config/hadolint-file.js';
import { below, folderOf, nameOf, resolveFrom } from '../model/paths.js';
import { quoted } from '../model/quoted.js';
import { type ConfigFile, isConfigName } from './config-files.js';
import { FilesError } from './files.js';

/** Chains of files that extend files are followed so far. */
const maxDepth = 10;
/** So many files make one configuration at most. */
const maxFiles = 50;

export interface Extension {
  /** The config over all that it extends. */
  readonly config: Config;
  /** Every file that was read for it, with the one that extends. */
  readonly files: readonly ConfigFile[];
  /** Every file that was looked for, also where it is not there: the configuration changes with them. */
  readonly wanted: readonly string[];
  /** Why paths were not taken in: by the file that names them, then by the path as it is written. */
  readonly troubles: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export interface ExtendsRequest {
  /** No file outside this folder is read. */
  readonly top: string;
  /** What stands at a path: undefined for nothing. Rejects with a FilesError. */
  readonly stat: (path: string) => Promise<'file' | 'folder' | 'other' | undefined>;
  /** Reads a file for another one. Rejects with a FilesError, also where links lead out of the folder at the top. */
  readonly load: (path: string, from: string) => Promise<ConfigFile>;
}

export async function extended(file: ConfigFile, request: ExtendsRequest): Promise<Extension> {
  const files: ConfigFile[] = [file];
  const wanted: string[] = [];
  const troubles = new Map<string, Map<string, string>>();

  /** `first` is the path in the outermost file that led here. */
  async function takeIn(from: ConfigFile, chain: readonly string[], first?: string): Promise<Config> {
    let config = emptyConfig;
    for (const { path } of from.config.extends) {
      const found = await find(from, path, chain, first ?? path);
      if (typeof found === 'string') addTrouble(from.path, path, found);
      else config = configOver(config, await takeIn(found, [...chain, found.path], first ?? path));
    }
    return configOver(config, from.config);
  }

  function addTrouble(from: string, written: string, message: string): void {
    troubles.set(from, new Map([...(troubles.get(from) ?? []), [written, message]]));
  }

  /** The file that a path names, or why it is not taken in. */
  async function find(
    from: ConfigFile,
    written: string,
    chain: readonly string[],
    first: string,
  ): Promise<ConfigFile | string> {
    const subject = quoted(written);
    const path = resolveFrom(folderOf(from.path), written);
    if (path === undefined) return `${subject} is no relative path: it is not taken in.`;
    if (below(request.top, path) === undefined) return `${subject} leads out of this repository: it is not taken in.`;
    if (chain.includes(path)) {
      // Each file of a circle is told where it closes for that file.
      if (path === file.path) addTrouble(file.path, first, circle(first));
      return circle(written);
    }
    if (isHadolintConfig(path)) return `${subject} is hadolint's, not one of ours: it is not taken in.`;
    if (!isConfigName(nameOf(path)))
      return `${subject} has no name that ends in '.yaml' or '.yml': it is not taken in.`;
    if (chain.length > maxDepth) return `${subject} is more than ${maxDepth} files deep: it is not taken in.`;
    if (files.length >= maxFiles) return `${subject} is one of more than ${maxFiles} files: it is not taken in.`;
    wanted.push(path);
    try {
      if ((await request.stat(path)) !== 'file') return `There is no file ${subject}: nothing is taken in.`;
      const loaded = await request.load(path, from.path);
      if (loaded.limit !== undefined) return `${subject} could not be read: it is not taken in.`;
      files.push(loaded);
      return loaded;
    } catch (error) {
      if (error instanceof FilesError) return `${subject} could not be read: it is not taken in.`;
      throw error;
    }
  }

  return { config: await takeIn(file, [file.path]), files, wanted, troubles };
}

function circle(written: string): string {
  return `${quoted(written)} leads back to this file: a circle is not followed.`;
}
