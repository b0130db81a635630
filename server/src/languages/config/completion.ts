// What may be written at a place of a config file. Works on lines: what is being typed is seldom valid YAML.
import type { Rule } from '../../engine/rule.js';
import { profiles, severities } from '../../engine/settings.js';
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

const topKeys: { readonly [key: string]: string } = {
  profile: 'Which rules run: recommended, strict or all.',
  rules: 'Severities and options of single rules.',
  trustedRegistries: 'Where images may come from.',
  kubernetesVersion: 'The version that manifests are judged for.',
  include: 'Only these files are linted.',
  exclude: 'These files are not linted.',
};

export function configCompletions(text: string, offset: number, rules: readonly Rule[]): ConfigCompletions {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(lineStart, offset);
  const typed = /[\w-]*$/.exec(line)?.[0] ?? '';
  const span = { start: offset - typed.length, end: offset + (/^[\w-]*/.exec(text.slice(offset))?.[0].length ?? 0) };
  return { span, items: itemsAt(text, lineStart, line, rules) };
}

function itemsAt(text: string, lineStart: number, line: string, rules: readonly Rule[]): readonly ConfigCompletion[] {
  const match = /^( *)(?:(- )?([\w-]+): +)?(- )?[\w-]*$/.exec(line);
  if (match === null) return [];
  const [, indentation = '', , key, dash] = match;
  const path = keysAbove(text, lineStart, indentation.length);
  if (key !== undefined) return valuesOf([...path, key]);
  const [top, rule] = path;
  if (path.length === 0 && dash === undefined) return keys(Object.entries(topKeys), text);
  if (top === 'trustedRegistries' && dash !== undefined) {
    return [{ text: 'default', kind: 'value', description: 'The built-in list.' }];
  }
  if (top !== 'rules' || dash !== undefined) return [];
  if (rule === undefined) {
    return rules
      .filter(({ meta }) => !new RegExp(`^ +${meta.id}:`, 'm').test(text))
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

function valuesOf(path: readonly string[]): readonly ConfigCompletion[] {
  const [top, , option] = path;
  const words =
    top === 'profile' && path.length === 1
      ? profiles
      : top === 'rules' && (path.length === 2 || option === 'severity')
        ? severities
        : [];
  return words.map((word) => ({ text: word, kind: 'value' }));
}

/** The keys that a line of this indentation stands below, from the outside in. */
function keysAbove(text: string, lineStart: number, indentation: number): readonly string[] {
  const path: string[] = [];
  let below = indentation;
  for (let end = lineStart - 1; end > 0 && below > 0; ) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const match = /^( *)([\w-]+):/.exec(text.slice(start, end));
    const depth = match?.[1]?.length;
    if (match?.[2] !== undefined && depth !== undefined && depth < below) {
      path.unshift(match[2]);
      below = depth;
    }
    end = start - 1;
  }
  return path;
}
