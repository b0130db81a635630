// Reads `.plimsoll.yaml`. What is not understood is a problem on its token; the rest of the file still counts.
import { type Config, defaultTrustedRegistries, kubernetesMinorOf } from '../../engine/config.js';
import type { Option, OptionValue, Profile, Rule, Severity } from '../../engine/rule.js';
import type { RuleSetting } from '../../engine/settings.js';
import { type Fix, replaceText } from '../../model/change.js';
import { quoted } from '../../model/quoted.js';
import type { Problem } from '../../model/source-file.js';
import { closest } from '../../text/closest.js';
import type { Place } from '../../text/span.js';
import { entries, items, placeOf, type YamlValue } from '../yaml/document.js';
import { isNull } from '../yaml/node.js';
import { plainBoolean, plainInteger } from '../yaml/scalar.js';

export const profiles: readonly Profile[] = ['recommended', 'strict', 'all'];
export const severities: readonly (Severity | 'off')[] = ['off', 'hint', 'info', 'warning', 'error'];

/** Of a longer list, what follows does not count: its patterns are matched against every path. In UTF-16 units. */
const maxListLength = 256 * 1024;

export interface ConfigReading {
  readonly config: Config;
  readonly problems: readonly Problem[];
}

/** Reads the contents of a config file. `rules` are all rules there are. */
export function readConfig(root: YamlValue, rules: readonly Rule[]): ConfigReading {
  const problems: Problem[] = [];
  if (isNull(root.node)) return { config: { rules: new Map() }, problems };
  const reader = new Reader(new Map(rules.map((rule) => [rule.meta.id, rule])), problems);
  return { config: reader.config(root), problems };
}

type Readers = { readonly [key: string]: (value: YamlValue, key: string) => void };

class Reader {
  readonly #rules: ReadonlyMap<string, Rule>;
  readonly #problems: Problem[];

  constructor(rules: ReadonlyMap<string, Rule>, problems: Problem[]) {
    this.#rules = rules;
    this.#problems = problems;
  }

  config(root: YamlValue): Config {
    const config: { -readonly [key in keyof Config]: Config[key] } = { rules: new Map() };
    this.#map(root, 'The configuration', 'key', {
      profile: (value, key) => {
        config.profile = this.#word(value, key, profiles);
      },
      rules: (value) => {
        config.rules = this.#ruleSettings(value);
      },
      trustedRegistries: (value, key) => {
        config.trustedRegistries = this.#strings(value, key)?.flatMap((text) =>
          text === 'default' ? defaultTrustedRegistries : [text],
        );
      },
      kubernetesVersion: (value, key) => {
        config.kubernetesMinor = this.#kubernetesVersion(value, key);
      },
      include: (value, key) => {
        config.include = this.#strings(value, key);
      },
      exclude: (value, key) => {
        config.exclude = this.#strings(value, key);
      },
    });
    return config;
  }

  #ruleSettings(value: YamlValue): ReadonlyMap<string, RuleSetting> {
    const settings = new Map<string, RuleSetting>();
    const readers: { [id: string]: (value: YamlValue) => void } = {};
    for (const [id, rule] of this.#rules) {
      readers[id] = (written) => {
        const setting = this.#ruleSetting(written, id, rule);
        if (setting !== undefined) settings.set(id, setting);
      };
    }
    this.#map(value, "'rules'", 'rule', readers);
    return settings;
  }

  #ruleSetting(value: YamlValue, id: string, rule: Rule): RuleSetting | undefined {
    if (value.node?.kind !== 'map') {
      const severity = this.#word(value, id, severities);
      return severity === undefined ? undefined : { severity, options: {} };
    }
    let severity: Severity | 'off' | undefined;
    const options: { [name: string]: OptionValue } = {};
    const readers: { [key: string]: (value: YamlValue, key: string) => void } = {
      severity: (word, key) => {
        severity = this.#word(word, key, severities);
      },
    };
    for (const [name, option] of Object.entries(rule.meta.options ?? {})) {
      readers[name] = (written) => {
        const read = this.#option(written, name, option);
        if (read !== undefined) options[name] = read;
      };
    }
    this.#map(value, `'${id}'`, 'option', readers);
    return { severity, options };
  }

  #option(value: YamlValue, name: string, option: Option): OptionValue | undefined {
    if (Array.isArray(option.default)) return this.#strings(value, name);
    const node = value.node;
    const scalar = node?.kind === 'scalar' ? node : undefined;
    const read =
      scalar === undefined
        ? undefined
        : typeof option.default === 'boolean'
          ? plainBoolean(scalar)
          : typeof option.default === 'number'
            ? plainInteger(scalar)
            : scalar.value;
    if (read === undefined) this.#mustBe(value, name, `a ${typeof option.default}`);
    return read;
  }

  #kubernetesVersion(value: YamlValue, key: string): number | undefined {
    const node = value.node;
    const minor = node?.kind === 'scalar' ? kubernetesMinorOf(node.value) : undefined;
    if (minor === undefined) this.#mustBe(value, key, "a Kubernetes version such as '1.31'");
    return minor;
  }

  #strings(value: YamlValue, key: string): readonly string[] | undefined {
    if (value.node?.kind !== 'sequence') {
      this.#mustBe(value, key, 'a list of texts');
      return undefined;
    }
    const texts: string[] = [];
    let length = 0;
    for (const item of items(value)) {
      length += item.span.end - item.span.start;
      if (length > maxListLength) {
        this.#problem(placeOf(item), `${quoted(key)} is longer than 256 KB: what follows from here has no effect.`);
        break;
      }
      if (item.node?.kind === 'scalar' && !isNull(item.node)) texts.push(item.node.value);
      else this.#problem(placeOf(item), `${quoted(key)} takes texts only: this item has no effect.`);
    }
    return texts;
  }

  #word<T extends string>(value: YamlValue, key: string, words: readonly T[]): T | undefined {
    const node = value.node;
    const written = node?.kind === 'scalar' ? node.value : undefined;
    const word = words.find((candidate) => candidate === written);
    if (word !== undefined) return word;
    const meant = written === undefined ? undefined : closest(written, words);
    const choice = `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
    this.#mustBe(value, key, choice, meant === undefined ? undefined : changeTo(value, placeOf(value), meant));
    return undefined;
  }

  /** Reads each key of a map with its reader. A key whose value is commented out says nothing. */
  #map(value: YamlValue, subject: string, noun: string, readers: Readers): void {
    if (value.node?.kind !== 'map') {
      this.#problem(placeOf(value), `${subject} must be a map of keys and values: this has no effect.`);
      return;
    }
    const pairs = entries(value);
    // A name is put in once at most: twice in a map it would not count.
    const taken = new Set(pairs.map((pair) => pair.key));
    for (const { key, keyAt, value } of pairs) {
      const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
      if (read === undefined) {
        const meant = closest(key, Object.keys(readers));
        const end = meant === undefined ? 'it has no effect.' : `did you mean '${meant}'?`;
        const fix = meant === undefined || taken.has(meant) ? undefined : changeTo(value, keyAt, meant);
        this.#problem(keyAt, `${quoted(key)} is no ${noun}: ${end}`, fix);
        if (meant !== undefined) taken.add(meant);
      } else if (value.duplicate)
        this.#problem(keyAt, `${quoted(key)} is written more than once: none of them counts.`);
      else if (!isNull(value.node)) read(value, key);
    }
  }

  #mustBe(value: YamlValue, key: string, what: string, fix?: Fix): void {
    this.#problem(placeOf(value), `${quoted(key)} must be ${what}: this has no effect.`, fix);
  }

  #problem(at: Place, message: string, fix?: Fix): void {
    this.#problems.push({ kind: 'config', at, message, ...(fix === undefined ? {} : { fix }) });
  }
}

/** Puts a word in the place of another one, inside its quotes. What is written for several users is left alone. */
function changeTo({ document, via }: YamlValue, at: Place, word: string): Fix | undefined {
  if (via.length > 0) return undefined;
  const { start, end } = at.span;
  const isQuoted = /["']/.test(document.tree.text[start - document.base] ?? '');
  const place = isQuoted ? { ...at, span: { start: start + 1, end: end - 1 } } : at;
  return { title: `Change to '${word}'`, safety: 'safe', changes: [replaceText(place, word)] };
}
