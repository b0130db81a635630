// How loud rules are, and their options.
import type { Option, OptionValue, Rule, Severity } from '../../engine/rule.js';
import { type RuleSetting, severities } from '../../engine/settings.js';
import type { Place } from '../../text/span.js';
import type { YamlValue } from '../yaml/document.js';
import { plainBoolean, plainInteger } from '../yaml/scalar.js';
import type { Readers, ValueReader } from './value-reader.js';

/** The settings of a map of rules; `said` hears where each of them is written. */
export function readRuleSettings(
  value: YamlValue,
  reader: ValueReader,
  rules: ReadonlyMap<string, Rule>,
  said: (id: string, at: Place) => void,
): ReadonlyMap<string, RuleSetting> {
  const settings = new Map<string, RuleSetting>();
  const readers: { [id: string]: Readers[string] } = {};
  for (const [id, rule] of rules) {
    readers[id] = (written, _key, keyAt) => {
      const setting = readRuleSetting(written, id, rule, reader);
      if (setting === undefined) return;
      settings.set(id, setting);
      said(id, keyAt);
    };
  }
  reader.map(value, "'rules'", 'rule', readers);
  return settings;
}

function readRuleSetting(value: YamlValue, id: string, rule: Rule, reader: ValueReader): RuleSetting | undefined {
  if (value.node?.kind !== 'map') {
    const severity = reader.word(value, id, severities);
    return severity === undefined ? undefined : { severity, options: {} };
  }
  let severity: Severity | 'off' | undefined;
  const options: { [name: string]: OptionValue } = {};
  const readers: { [key: string]: Readers[string] } = {
    severity: (word, key) => {
      severity = reader.word(word, key, severities);
    },
  };
  for (const [name, option] of Object.entries(rule.meta.options ?? {})) {
    readers[name] = (written) => {
      const read = readOption(written, name, option, reader);
      if (read !== undefined) options[name] = read;
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
