// How loud rules are, and their options.
import type { Option, OptionValue, Rule, Severity } from '../../engine/rule.js';
import { type RuleSetting, severities } from '../../engine/settings.js';
import type { Place } from '../../text/span.js';
import type { YamlValue } from '../yaml/document.js';
import { plainBoolean, plainInteger } from '../yaml/scalar.js';
import type { Readers, ValueReader } from './value-reader.js';

type Said = (what: string, at: Place) => void;

/** The settings of a map of rules; `said` hears where each severity (`privileged`) and option (`a-rule.option`) is. */
export function readRuleSettings(
  value: YamlValue,
  reader: ValueReader,
  rules: ReadonlyMap<string, Rule>,
  said: Said,
): ReadonlyMap<string, RuleSetting> {
  const settings = new Map<string, RuleSetting>();
  const readers: { [id: string]: Readers[string] } = {};
  for (const [id, rule] of rules) {
    readers[id] = (written, _key, keyAt) => {
      const setting = readRuleSetting(written, { id, rule, at: keyAt }, reader, said);
      if (setting !== undefined) settings.set(id, setting);
    };
  }
  reader.map(value, "'rules'", 'rule', readers);
  return settings;
}

interface Written {
  readonly id: string;
  readonly rule: Rule;
  readonly at: Place;
}

function readRuleSetting(
  value: YamlValue,
  { id, rule, at }: Written,
  reader: ValueReader,
  said: Said,
): RuleSetting | undefined {
  if (value.node?.kind !== 'map') {
    const severity = reader.word(value, id, severities);
    if (severity === undefined) return undefined;
    said(id, at);
    return { severity, options: {} };
  }
  let severity: Severity | 'off' | undefined;
  const options: { [name: string]: OptionValue } = {};
  const readers: { [key: string]: Readers[string] } = {
    severity: (word, key, keyAt) => {
      severity = reader.word(word, key, severities);
      if (severity !== undefined) said(id, keyAt);
    },
  };
  for (const [name, option] of Object.entries(rule.meta.options ?? {})) {
    readers[name] = (written, _key, keyAt) => {
      const read = readOption(written, name, option, reader);
      if (read === undefined) return;
      options[name] = read;
      said(`${id}.${name}`, keyAt);
    };
  }
  reader.map(value, `'${id}'`, 'option', readers);
  return { severity, options };
}

function readOption(value: YamlValue, name: string, option: Option, reader: ValueReader): OptionValue | undefined {
  if (Array.isArray(option.default)) return reader.strings(value, name);
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
  if (read === undefined) reader.mustBe(value, name, `a ${typeof option.default}`);
  return read;
}
