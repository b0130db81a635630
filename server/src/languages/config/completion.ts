// What may be written at a place of a config file. Works on lines: what is being typed is seldom valid YAML.
import type { Rule } from '../../engine/rule.js';
import { profiles, severities } from '../../engine/settings.js';
import { lineStartAt } from '../../text/line-start.js';
import type { Span } from '../../text/span.js';

export interface ConfigCompletion {
  readonly text: string;
  readonly kind: 'key' | 'value';
  readonly description?: string;
  readonly rule?: Rule;
}

export interface ConfigCompletions {
  /** What is there already, to be replaced. */
  readonly span: Span;
  readonly items: readonly ConfigCompletion[];
}

type Keys = { readonly [key: string]: string };

const topKeys: Keys = {
  extends: 'Config files that fill what this one does not say.',
  profile: 'Which rules run: recommended, strict or all.',
  rules: 'Severities and options of single rules.',
  trustedRegistries: 'Where images may come from.',
  kubernetesVersion: 'The version that manifests are judged for.',
  composeEnvFiles: 'Where Compose gets variables from, in place of .env.',
  dockerfileTargets: 'Which stage of a Dockerfile is built, where it is not the last one.',
  include: 'Only these files are linted.',
  exclude: 'These files are not linted.',
  overrides: 'Settings of rules for some of the files.',
  ignores: 'Findings that are no fault, each with a reason.',
};

const overrideKeys: Keys = {
  files: 'Patterns as in .gitignore.',
  rules: 'Severities and options of rules in these files.',
};

const ignoreKeys: Keys = {
  rule: 'The rule, or a list of them.',
  files: 'Patterns as in .gitignore; all files where it is left out.',
  resource: 'A name, kind/name or namespace/kind/name, with * for any text.',
  reason: 'Why it is no fault.',
  until: 'The last day on which it counts, such as 2026-12-31.',
};

export function configCompletions(text: string, offset: number, rules: readonly Rule[]): ConfigCompletions {
  const lineStart = lineStartAt(text, offset);
  const line = text.slice(lineStart, offset);
  let start = offset;
  while (start > lineStart && /[\w-]/.test(text.charAt(start - 1))) start--;
  const span = { start, end: offset + (/^[\w-]*/.exec(text.slice(offset))?.[0].length ?? 0) };
  return { span, items: itemsAt(text, lineStart, line, rules) };
}

function itemsAt(text: string, lineStart: number, line: string, rules: readonly Rule[]): readonly ConfigCompletion[] {
  const match = /^( *)(- )?(?:([\w-]+): +)?(- )?[\w-]*$/.exec(line);
  if (match === null) return [];
  const [, indentation = '', dash = '', key, innerDash] = match;
  const path = keysAbove(text, lineStart, indentation.length + (dash === '' ? 0 : 1));
  if (key !== undefined) return valuesOf([...path, key], rules);
  const isItem = dash !== '' || innerDash !== undefined;
  const [top] = path;
  if (path.length === 0 && !isItem) return keys(Object.entries(topKeys), text);
  if (top === 'trustedRegistries' && isItem) {
    return [{ text: 'default', kind: 'value', description: 'The built-in list.' }];
  }
  if (path.length === 1 && (top === 'overrides' || top === 'ignores')) {
    const all = Object.entries(top === 'overrides' ? overrideKeys : ignoreKeys);
    return all.map(([each, description]) => ({ text: each, kind: 'key', description }));
  }
  if (top === 'ignores' && path[1] === 'rule' && isItem) return rules.map(ruleName);
  return isItem ? [] : ruleKeys(path, text, rules);
}

function ruleName(rule: Rule): ConfigCompletion {
  return { text: rule.meta.id, kind: 'value', rule };
}

/** What may stand below `rules`, at the top or in an override. */
function ruleKeys(path: readonly string[], text: string, rules: readonly Rule[]): readonly ConfigCompletion[] {
  const [word, rule] = path[0] === 'overrides' ? path.slice(1) : path;
  if (word !== 'rules') return [];
  if (rule === undefined) {
    const taken =
      path.length > 1 ? new Set<string>() : new Set([...text.matchAll(/^ +([\w-]+):/gm)].map(([, id]) => id));
    return rules
      .filter(({ meta }) => !taken.has(meta.id))
      .map((each) => ({ text: each.meta.id, kind: 'key', rule: each }));
  }
  const options = rules.find(({ meta }) => meta.id === rule)?.meta.options ?? {};
  return [
    { text: 'severity', kind: 'key', description: 'How loud the rule is.' },
    ...Object.entries(options).map(([name, { description }]) => ({ text: name, kind: 'key' as const, description })),
  ];
}

function keys(all: readonly (readonly [string, string])[], text: string): readonly ConfigCompletion[] {
  return all
    .filter(([key]) => !new RegExp(`^${key}:`, 'm').test(text))
    .map(([key, description]) => ({ text: key, kind: 'key', description }));
}

function valuesOf(path: readonly string[], rules: readonly Rule[]): readonly ConfigCompletion[] {
  const [top, second] = path;
  if (top === 'ignores' && second === 'rule') return rules.map(ruleName);
  const [word, , option, more] = top === 'overrides' ? path.slice(1) : path;
  const isLevel =
    word === 'rules' && more === undefined && (option === 'severity' || (option === undefined && path.length > 1));
  const words = top === 'profile' && path.length === 1 ? profiles : isLevel ? severities : [];
  return words.map((text) => ({ text, kind: 'value' }));
}

/** The keys that a line of this indentation (behind a dash: one more) stands below, from the outside in. */
function keysAbove(text: string, lineStart: number, indentation: number): readonly string[] {
  const path: string[] = [];
  let below = indentation;
  for (let end = lineStart - 1; end > 0 && below > 0; ) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const [, indentation, dash = '', key] = /^( *)(- +)?([\w-]+):/.exec(text.slice(start, end)) ?? [];
    if (key !== undefined && indentation !== undefined) {
      // A key behind a dash stands as deep as those below it; what holds the list may stand right above the dash.
      const isAbove = indentation.length + dash.length < below;
      if (isAbove) path.unshift(key);
      if (dash !== '') below = Math.min(below, indentation.length + 1);
      else if (isAbove) below = indentation.length;
    }
    end = start - 1;
  }
  return path;
}
