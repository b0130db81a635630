// What a config file is called, and what is read from one.
import type { Config } from '../engine/config.js';
import { hadolintNames } from '../languages/config/hadolint-file.js';
import { nameOf } from '../model/paths.js';

/** What the config file of a folder may be called. */
export const configNames: readonly string[] = ['.plimsoll.yaml', '.plimsoll.yml'];

/** Whether a file says how others are judged: our own config files, and hadolint's. */
export function speaksForOthers(path: string): boolean {
  const name = nameOf(path);
  return configNames.includes(name) || hadolintNames.includes(name);
}

/** Whether a file of this name may be taken in by `extends`. */
export function isConfigName(name: string): boolean {
  return /\.ya?ml$/i.test(name);
}

export interface ConfigFile {
  readonly path: string;
  readonly text: string;
  readonly config: Config;
  /** Why its text says nothing; undefined where it was read. */
  readonly limit: string | undefined;
}
