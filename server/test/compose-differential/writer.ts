// What the generator of projects draws from: chance, variables, and what a project has to declare.

import { seeded } from '../languages/yaml/random-yaml.js';
import type { Written } from './yaml-text.js';

export interface Writer {
  below(limit: number): number;
  chance(percent: number): boolean;
  one<T>(...choices: readonly T[]): T;
  /** Between `least` and `most` of the choices, in their order. */
  some<T>(least: number, most: number, ...choices: readonly T[]): readonly T[];
  /** A text that no other call gives: lists that may hold nothing twice stay good in every merge. */
  fresh(start: string): string;
  /** The words, now and then by way of a variable. They may stand within others. */
  words(words: string): string;
  /** A whole value, now and then by way of a variable; in quotes where they are needed for one. */
  value(words: string): string;
  /** A whole text that holds a variable without value, or the words. */
  maybeUnset(words: string): string;
  /** The name of something of the project, which is then declared. */
  use(kind: Declared, name: string): string;
  /** A file that has to be there; the path is from the folder of the project that is being written. */
  file(path: string, text: string): void;
  /** Writes what has its paths in another folder. */
  within<T>(folder: string, write: () => T): T;
  /** Writes an included project, which declares its own things, with names that begin so. */
  apart<T>(prefix: string, write: () => T): T;
  feature(name: string): void;
  readonly variables: Map<string, string>;
  readonly unset: Set<string>;
  /** What is used so far of the project that is being written. */
  used: Used;
  readonly files: Map<string, string>;
  readonly features: Set<string>;
  /** The services that a service may depend on. */
  targets: readonly string[];
}

/** By kind and name, how it is declared; `undefined` where that is still to be done. */
export type Used = Readonly<Record<Declared, Map<string, Written | undefined>>>;
export type Declared = 'networks' | 'volumes' | 'secrets' | 'configs';

export function startWriter(seed: number): Writer {
  const below = seeded(seed);
  const chance = (percent: number) => below(100) < percent;
  const one = <T>(...choices: readonly T[]): T => choices[below(choices.length)] as T;
  let count = 0;
  const variables = new Map<string, string>();
  const unset = new Set<string>();
  const features = new Set<string>();
  const files = new Map<string, string>();
  let [folder, prefix] = ['', ''];

  const set = (text: string): string => {
    const name = `V${++count}`;
    variables.set(name, text);
    return name;
  };
  const none = (): string => `NONE${++count}`;

  /** A text with variables that comes out as the words. */
  const written = (text: string, depth = 0): string => {
    const forms: readonly (readonly [string, () => string])[] = [
      ['${V}', () => `\${${set(text)}}`],
      ['${V:-d}, V set', () => `\${${set(text)}:-other}`],
      ['${V:-d}, V unset', () => `\${${none()}:-${text}}`],
      ['${V:-d}, V empty', () => `\${${set('')}:-${text}}`],
      ['${V-d}, V set', () => `\${${set(text)}-other}`],
      ['${V-d}, V unset', () => `\${${none()}-${text}}`],
      ['${V:?e}', () => `\${${set(text)}:?has to be set}`],
      ['${V?e}', () => `\${${set(text)}?has to be set}`],
      ['${V:+r}', () => `\${${set('any')}:+${text}}`],
      ['${V+r}', () => `\${${set('')}+${text}}`],
      ['${V:+r}, V empty', () => `\${${set('')}:+other}${text}`],
      ['${V+r}, V unset', () => `\${${none()}+other}${text}`],
      ['${V-d}, V empty', () => `\${${set('')}-other}${text}`],
      ['nested default', () => `\${${none()}:-${depth < 2 ? written(text, depth + 1) : text}}`],
      ['nested replacement', () => `\${${set('any')}:+${depth < 2 ? written(text, depth + 1) : text}}`],
    ];
    const [feature, form] = one(...forms);
    features.add(feature);
    return form();
  };

  const writer: Writer = {
    below,
    chance,
    one,
    some: (least, most, ...choices) => {
      const count = Math.min(choices.length, least + below(most - least + 1));
      const left = choices.map((_, index) => index);
      while (left.length > count) left.splice(below(left.length), 1);
      return choices.filter((_, index) => left.includes(index));
    },
    fresh: (start) => `${start}${++count}`,
    words: (text) => (chance(15) ? written(text) : text),
    value: (given) => {
      // Numbers that come from a variable are decimal ones.
      if (!chance(12) || /^0[xo]|\d_/.test(given)) return given;
      const text = given.replace(/^["'](.*)["']$/, '$1');
      const whole = chance(20) ? `$${set(text)}` : written(text);
      if (!whole.startsWith('${')) features.add('$V');
      // `:?has to` is no map: no space follows the colon.
      return chance(40) ? `"${whole}"` : whole;
    },
    maybeUnset: (text) => {
      if (!chance(8)) return text;
      features.add('unset variable');
      const name = none();
      unset.add(name);
      return one(`$${name}`, `\${${name}}`, `a\${${name}}b`, `\${${name}:-}`, `\${${name}:+x}`);
    },
    use: (kind, name) => {
      const own = `${prefix}${name}`;
      if (!writer.used[kind].has(own)) writer.used[kind].set(own, undefined);
      return own;
    },
    file: (path, text) => void files.set(`${folder}${path}`, text),
    within: (inner, write) => {
      const outer = folder;
      folder += inner;
      const result = write();
      folder = outer;
      return result;
    },
    apart: (start, write) => {
      const { used, targets } = writer;
      Object.assign(writer, { used: noneUsed(), targets: [] });
      prefix = start;
      const result = write();
      Object.assign(writer, { used, targets });
      prefix = '';
      return result;
    },
    feature: (name) => void features.add(name),
    variables,
    unset,
    used: noneUsed(),
    files,
    features,
    targets: [],
  };
  return writer;
}

function noneUsed(): Used {
  return { networks: new Map(), volumes: new Map(), secrets: new Map(), configs: new Map() };
}
