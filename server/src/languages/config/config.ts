// Reads `.plimsoll.yaml`. What is not understood is a problem on its token; the rest of the file still counts.
import { type Config, kubernetesMinorOf } from '../../engine/config.js';
import type { Option, OptionValue, Profile, Rule, Severity } from '../../engine/rule.js';
import type { RuleSetting } from '../../engine/settings.js';
import { replaceText } from '../../model/change.js';
import type { Problem } from '../../model/source-file.js';
import { closest } from '../../text/closest.js';
import type { Place } from '../../text/span.js';
import { entries, items, placeOf, type YamlEntry, type YamlValue } from '../yaml/document.js';
import { isNull } from '../yaml/node.js';
import { plainBoolean, plainInteger } from '../yaml/scalar.js';

const profiles: readonly Profile[] = ['recommended', 'strict', 'all'];
const severities: readonly (Severity | 'off')[] = ['off', 'hint', 'info', 'warning', 'error'];

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

type Readers = { readonly [key: string]: (value: YamlValue) => void };

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
      profile: (value) => {
        config.profile = this.#word(value, profiles);
      },
      rules: (value) => {
        config.rules = this.#ruleSettings(value);
      },
      trustedRegistries: (value) => {
        config.trustedRegistries = this.#strings(value);
      },
      kubernetesVersion: (value) => {
        config.kubernetesMinor = this.#kubernetesVersion(value);
      },
      include: (value) => {
        config.include = this.#strings(value);
      },
      exclude: (value) => {
        config.exclude = this.#strings(value);
      },
    });
    return config;
  }

  #ruleSettings(value: YamlValue): ReadonlyMap<string, RuleSetting> {
    const settings = new Map<string, RuleSetting>();
    if (!this.#isMap(value, "'rules'")) return settings;
    for (const entry of entries(value)) {
      const rule = this.#rules.get(entry.key);
      if (rule === undefined) {
        this.#unknown(entry, 'rule', this.#rules.keys());
        continue;
      }
      const setting = this.#ruleSetting(entry, rule);
      if (setting !== undefined) settings.set(entry.key, setting);
    }
    return settings;
  }

  #ruleSetting({ key, value }: YamlEntry, rule: Rule): RuleSetting | undefined {
    if (value.node?.kind !== 'map') {
      const severity = this.#word(value, severities);
      return severity === undefined ? undefined : { severity, options: {} };
    }
    let severity: Severity | 'off' | undefined;
    const options: { [name: string]: OptionValue } = {};
    const readers: { [key: string]: (value: YamlValue) => void } = {
      severity: (word) => {
        severity = this.#word(word, severities);
      },
    };
    for (const [name, option] of Object.entries(rule.meta.options ?? {})) {
      readers[name] = (written) => {
        const read = this.#option(written, option);
        if (read !== undefined) options[name] = read;
      };
    }
    this.#map(value, `'${key}'`, 'option', readers);
    return { severity, options };
  }

  #option(value: YamlValue, option: Option): OptionValue | undefined {
    if (Array.isArray(option.default)) return this.#strings(value);
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
    if (read === undefined) this.#problem(placeOf(value), `This must be a ${typeof option.default}.`);
    return read;
  }

  #kubernetesVersion(value: YamlValue): number | undefined {
    const node = value.node;
    const minor = node?.kind === 'scalar' ? kubernetesMinorOf(node.value) : undefined;
    if (minor === undefined) this.#problem(placeOf(value), "This must be a Kubernetes version such as '1.31'.");
    return minor;
  }

  #strings(value: YamlValue): readonly string[] | undefined {
    if (value.node?.kind !== 'sequence') {
      this.#problem(placeOf(value), 'This must be a list of texts.');
      return undefined;
    }
    const texts: string[] = [];
    for (const item of items(value)) {
      if (item.node?.kind === 'scalar' && !isNull(item.node)) texts.push(item.node.value);
      else this.#problem(placeOf(item), 'This must be a text.');
    }
    return texts;
  }

  #word<T extends string>(value: YamlValue, words: readonly T[]): T | undefined {
    const node = value.node;
    const written = node?.kind === 'scalar' ? node.value : undefined;
    const word = words.find((candidate) => candidate === written);
    if (word !== undefined) return word;
    const meant = written === undefined ? undefined : closest(written, words);
    this.#problem(placeOf(value), `This must be one of: ${words.join(', ')}.`, meant);
    return undefined;
  }

  #map(value: YamlValue, subject: string, noun: string, readers: Readers): void {
    if (!this.#isMap(value, subject)) return;
    for (const entry of entries(value)) {
      const read = Object.hasOwn(readers, entry.key) ? readers[entry.key] : undefined;
      if (read === undefined) this.#unknown(entry, noun, Object.keys(readers));
      else if (entry.value.duplicate) this.#problem(entry.keyAt, `'${shorten(entry.key)}' stands here twice.`);
      // A key whose value is commented out says nothing.
      else if (!isNull(entry.value.node)) read(entry.value);
    }
  }

  #isMap(value: YamlValue, subject: string): boolean {
    if (value.node?.kind === 'map') return true;
    this.#problem(placeOf(value), `${subject} must be a map of keys and values.`);
    return false;
  }

  #unknown({ key, keyAt }: YamlEntry, noun: string, known: Iterable<string>): void {
    const meant = closest(key, known);
    const question = meant === undefined ? '' : `: did you mean '${meant}'?`;
    this.#problem(keyAt, `There is no ${noun} '${shorten(key)}'${question === '' ? '.' : question}`, meant);
  }

  #problem(at: Place, message: string, meant?: string): void {
    const fix =
      meant === undefined
        ? undefined
        : { title: `Change to '${meant}'`, safety: 'safe' as const, changes: [replaceText(at, meant)] };
    this.#problems.push({ kind: 'config', at, message, ...(fix === undefined ? {} : { fix }) });
  }
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
