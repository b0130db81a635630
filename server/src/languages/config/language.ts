// Plimsoll's own configuration file as a file to lint.
import { type Config, emptyConfig } from '../../engine/config.js';
import type { ReadFile, ReadRequest } from '../../engine/language.js';
import type { Rule } from '../../engine/rule.js';
import { finishYamlFile, readYamlFile, type YamlFile } from '../yaml/file.js';
import { type ConfigReading, readConfig } from './config.js';

/** Reads a config file so that rules can speak of it. `rules` are all rules there are. */
export function readConfigFile(request: ReadRequest, rules: readonly Rule[]): ReadFile {
  const file = readYamlFile(request);
  return finishYamlFile(file, { kind: 'config', subjects: {}, problems: contents(file, rules).problems });
}

/** The configuration in a text; what is not understood there is left out. */
export function parseConfig(text: string, rules: readonly Rule[]): Config {
  const request: ReadRequest = { file: '', text, mode: 'open', kubernetesMinor: 0 };
  return contents(readYamlFile(request), rules).config;
}

/** Only the first document counts: a config file is one. */
function contents(file: YamlFile, rules: readonly Rule[]): ConfigReading {
  const document = file.documents[0];
  return document === undefined ? { config: emptyConfig, problems: [] } : readConfig(document.root, rules);
}
