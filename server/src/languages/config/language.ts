// Configuration files as files to lint: Plimsoll's own, and hadolint's.
import { type Config, emptyConfig } from '../../engine/config.js';
import type { ConfigSurroundings, ReadFile, ReadRequest } from '../../engine/language.js';
import type { Rule } from '../../engine/rule.js';
import type { Problem } from '../../model/source-file.js';
import { firstCharacter } from '../../text/first-character.js';
import type { FileId } from '../../text/span.js';
import type { YamlDocument } from '../yaml/document.js';
import { finishYamlFile, readYamlFile, type YamlFile } from '../yaml/file.js';
import { type ConfigReading, readConfig } from './config.js';
import { readHadolint } from './hadolint.js';
import { isHadolintConfig } from './hadolint-file.js';

/** Reads a config file so that rules can speak of it. `rules` are all rules there are. */
export function readConfigFile(request: ReadRequest, rules: readonly Rule[]): ReadFile {
  const file = readYamlFile(request);
  return finishYamlFile(file, {
    kind: 'config',
    subjects: {},
    problems: contents(file, rules, request.file, request.config).problems,
  });
}

/**
 * The configuration in a text; what is not understood there is left out. `file` is what its places name; its name tells
 * whose configuration it is.
 */
export function parseConfig(text: string, rules: readonly Rule[], file: FileId = '', today?: string): Config {
  const request: ReadRequest = { file, text, mode: 'open', kubernetesMinor: 0 };
  return contents(readYamlFile(request), rules, file, { today }).config;
}

/** Only the first document that says something counts: a config file is one. */
function contents(
  file: YamlFile,
  rules: readonly Rule[],
  id: FileId,
  surroundings: ConfigSurroundings = {},
): ConfigReading {
  const [first, second] = file.documents.filter((document) => document.tree.root !== undefined);
  if (first === undefined) return { config: emptyConfig, problems: [] };
  const { config, problems } = isHadolintConfig(id)
    ? readHadolint(first.root, rules)
    : readConfig(first.root, rules, surroundings);
  const own = problems.filter((problem) => !isEcho(problem, first));
  return { config, problems: second === undefined ? own : [...own, secondDocument(second)] };
}

/** Whether a problem reaches to where the document can no longer be read: what is read from there on was never meant. */
function isEcho({ at }: Problem, { tree, base }: YamlDocument): boolean {
  const error = tree.errors[0];
  return error !== undefined && at.span.end >= error.span.start + base;
}

function secondDocument(document: YamlDocument): Problem {
  const { text, root } = document.tree;
  const marker = text.startsWith('---') ? { start: 0, end: 3 } : undefined;
  const at = document.place(marker ?? firstCharacter(text, root?.span ?? { start: 0, end: 0 }));
  const message = 'A second document begins here: only the first one counts.';
  return { kind: 'config', at, message };
}
