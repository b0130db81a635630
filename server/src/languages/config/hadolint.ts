// Reads `.hadolint.yaml`: what it says of the rules of hadolint, as settings of the rules here that judge the same.
import { type Config, emptyConfig } from '../../engine/config.js';
import { type Rule, type Severity, severityOf } from '../../engine/rule.js';
import { type RuleSetting, severities } from '../../engine/settings.js';
import { quoted } from '../../model/quoted.js';
import type { Place } from '../../text/span.js';
import { entries, items, placeOf, type YamlValue } from '../yaml/document.js';
import { isNull } from '../yaml/node.js';
import { plainBoolean } from '../yaml/scalar.js';
import type { ConfigReading } from './config.js';
import { hadolintRules, hadolintVersion, retiredHadolintRules } from './hadolint-rules.js';
import { changeTo, type Readers, ValueReader } from './value-reader.js';

type Level = Severity | 'off';

/** What is said of one rule of hadolint, and where. */
interface Said {
  readonly level: Level;
  readonly at: Place;
}

const overrideLevels: { readonly [word: string]: Severity } = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  style: 'hint',
};

/** The levels from which on hadolint fails, with what `--fail-on` says for the same. */
const thresholds: { readonly [word: string]: string } = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  style: 'info',
  ignore: 'never',
  none: 'never',
};

/** What a label may have to be; two words stand for `text`. */
const labelTypes: readonly string[] = ['text', 'url', 'semver', 'rfc3339', 'hash', 'spdx', 'email'];
const textTypes: ReadonlySet<string> = new Set(['', 'raw']);

/** The rules that a schema of labels is for. One that is missing here judges labels only where there is a schema. */
const schemaRules: readonly string[] = [
  'missing-required-label',
  'empty-label',
  'invalid-label-value',
  'superfluous-label',
];
const schemaOption = 'labelSchema';
/** What a schema of labels switches on, as it does in hadolint. */
const demandedLabels: readonly string[] = ['missing-required-label', 'empty-label'];
/** The rule that passes on what ShellCheck says, and its options. */
const shellRule = 'shellcheck-finding';
const excludeOption = 'exclude';
/** The rule about comments that silence, which says nothing without its option. */
const commentRule = 'inline-suppression';
const forbiddenOption = 'forbidden';
const severitiesOption = 'severities';
/** What `strict-labels` switches on. */
const strictLabels = 'superfluous-label';

const knownIds: ReadonlySet<string> = new Set(hadolintRules);

/** Reads the contents of a `.hadolint.yaml`. `rules` are all rules there are. */
export function readHadolint(root: YamlValue, rules: readonly Rule[]): ConfigReading {
  if (isNull(root.node)) return { config: emptyConfig, problems: [] };
  const reader = new ValueReader();
  const own = new Map(
    rules.filter(({ meta }) => meta.formats.includes('dockerfile')).map((rule) => [rule.meta.id, rule]),
  );
  return { config: readKeys(root, reader, own), problems: reader.problems };
}

function readKeys(root: YamlValue, reader: ValueReader, rules: ReadonlyMap<string, Rule>): Config {
  const config: { -readonly [key in keyof Config]: Config[key] } = { ...emptyConfig };
  const places = new Map<string, Place>();
  const overridden = new Map<string, Said>();
  const ignored = new Map<string, Said>();
  /** Of the ids of ShellCheck. */
  const excluded = new Map<string, Said>();
  const shellLevels = new Map<string, Said>();
  let schema: { readonly labels: readonly string[]; readonly at: Place } | undefined;
  let strictAt: Place | undefined;
  const unapplied: string[] = [];
  reader.map(root, "hadolint's configuration", 'key of hadolint', {
    ignored: (value, key) => {
      const silence = (map: Map<string, Said>) => (id: string, at: Place) => map.set(id, { level: 'off', at });
      readIds(value, key, reader, silence(ignored), silence(excluded));
    },
    override: (value) => readOverride(value, reader, overridden, shellLevels),
    trustedRegistries: (value, key, keyAt) => {
      config.trustedRegistries = reader.texts(value, key)?.map(registryPattern);
      if (config.trustedRegistries !== undefined) places.set('trustedRegistries', keyAt);
    },
    'label-schema': (value, key, keyAt) => {
      const labels = readSchema(value, key, reader);
      if (labels.length > 0) schema = { labels, at: keyAt };
    },
    'strict-labels': (value, key, keyAt) => {
      if (readBoolean(value, key, reader) === true) strictAt = keyAt;
    },
    'disable-ignore-pragma': (value, key, keyAt) => {
      if (readBoolean(value, key, reader) !== true) return;
      config.unheardTools = new Map([['hadolint', keyAt]]);
    },
    'failure-threshold': (value, key) => {
      const word = reader.word(value, key, Object.keys(thresholds));
      if (word !== undefined)
        unapplied.push(`'${key}: ${word}' is not taken over: say '--fail-on ${thresholds[word]}'.`);
    },
    'no-fail': (value, key) => {
      if (readBoolean(value, key, reader) !== true) return;
      unapplied.push(`'${key}: true' is not taken over: say '--fail-on never'.`);
    },
    // How its own output looks is of no concern here.
    format: () => {},
    'no-color': () => {},
    verbose: () => {},
  });
  const settings = settingsFrom(new Map([...overridden, ...ignored]), rules, places);
  if (strictAt !== undefined) switchOn(strictLabels, strictAt, rules, settings, places);
  if (schema !== undefined) {
    for (const id of demandedLabels) switchOn(id, schema.at, rules, settings, places);
    takeSchema(schema.labels, schema.at, rules, settings, places);
  }
  takeCodes(excludeOption, excluded, ([code]) => code, rules, settings, places);
  takeCodes(severitiesOption, shellLevels, ([code, { level }]) => `${code}=${level}`, rules, settings, places);
  forbidComments(rules, settings, places);
  return { ...config, rules: settings, places, unapplied };
}

function readBoolean(value: YamlValue, key: string, reader: ValueReader): boolean | undefined {
  const read = value.node?.kind === 'scalar' ? plainBoolean(value.node) : undefined;
  if (read === undefined) reader.mustBe(value, key, 'true or false');
  return read;
}

function readOverride(
  value: YamlValue,
  reader: ValueReader,
  said: Map<string, Said>,
  saidOfShell: Map<string, Said>,
): void {
  const readers: { [word: string]: Readers[string] } = {};
  for (const [word, level] of Object.entries(overrideLevels)) {
    readers[word] = (ids, key) => {
      const sayIn = (map: Map<string, Said>) => (id: string, at: Place) => map.set(id, { level, at });
      readIds(ids, key, reader, sayIn(said), sayIn(saidOfShell));
    };
  }
  reader.map(value, "'override'", 'level of hadolint', readers);
}

/** A list of ids; `said` hears of those that hadolint has, `saidOfShell` of those that it has from ShellCheck. */
function readIds(
  value: YamlValue,
  key: string,
  reader: ValueReader,
  said: (id: string, at: Place) => void,
  saidOfShell: (code: string, at: Place) => void,
): void {
  if (value.node?.kind !== 'sequence') {
    reader.mustBe(value, key, 'a list of ids such as DL3008');
    return;
  }
  for (const item of items(value)) {
    const id = reader.text(item, key, 'a list of ids such as DL3008');
    if (id === undefined) continue;
    const at = placeOf(item);
    if (knownIds.has(id)) said(id, at);
    else if (isShellCheck(id)) saidOfShell(id, at);
    else if (!retiredHadolintRules.has(id)) reportUnknown(id, item, reader);
  }
}

function isShellCheck(id: string): boolean {
  return /^SC\d{4}$/.test(id);
}

/** All ids are alike, so that one digit more or less tells nothing: only their writing may be mended. */
function reportUnknown(id: string, item: YamlValue, reader: ValueReader): void {
  const written = id.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const meant = knownIds.has(written) || isShellCheck(written) ? written : undefined;
  const end = meant === undefined ? 'it has no effect.' : `did you mean '${meant}'?`;
  // It would silence what is shown today.
  const fix = meant === undefined ? undefined : changeTo(item, placeOf(item), meant, 'unsafe');
  reader.problem(placeOf(item), `${quoted(id)} is no rule of hadolint ${hadolintVersion}: ${end}`, fix);
}

/** Its patterns are those of hosts; Docker Hub has two names there. */
function registryPattern(written: string): string {
  return written.trim() === 'hub.docker.com' ? 'docker.io' : written;
}

/** Labels as `name=type`. */
function readSchema(value: YamlValue, key: string, reader: ValueReader): readonly string[] {
  if (value.node?.kind !== 'map') {
    reader.mustBe(value, key, 'a map of labels and what they hold');
    return [];
  }
  return entries(value).flatMap(({ key: label, keyAt, value: type }): readonly string[] => {
    if (type.duplicate) {
      reader.problem(keyAt, `${quoted(label)} is written more than once: none of them counts.`);
      return [];
    }
    const written = isNull(type.node) ? '' : type.node?.kind === 'scalar' ? type.node.value : undefined;
    const word = written === undefined || !textTypes.has(written) ? reader.word(type, label, labelTypes) : 'text';
    return word === undefined ? [] : [`${label}=${word}`];
  });
}

/**
 * The settings of our rules. Where one of them judges what several of hadolint judge, it is off only when all of those
 * are, and a quieter level needs a word on all of them: nothing that was told before falls silent.
 */
function settingsFrom(
  said: ReadonlyMap<string, Said>,
  rules: ReadonlyMap<string, Rule>,
  places: Map<string, Place>,
): Map<string, RuleSetting> {
  const settings = new Map<string, RuleSetting>();
  if (said.size === 0) return settings;
  for (const [id, { meta }] of rules) {
    const checks = new Set(meta.peers.hadolint ?? []);
    const spoken = [...checks].flatMap((check) => said.get(check) ?? []);
    const [first, ...others] = spoken;
    if (first === undefined) continue;
    const loudest = others.reduce((a, b) => (rank(b.level) > rank(a.level) ? b : a), first);
    const isWhole = spoken.length === checks.size;
    if (!isWhole && loudest.level === 'off') continue;
    const own = severityOf(meta, 'dockerfile');
    const severity = isWhole || rank(loudest.level) > rank(own) ? loudest.level : own;
    settings.set(id, { severity, options: {} });
    places.set(`rules.${id}`, loudest.at);
  }
  return settings;
}

function rank(level: Level): number {
  return severities.indexOf(level);
}

/** At its own level, unless something else was said of it. */
function switchOn(
  id: string,
  at: Place,
  rules: ReadonlyMap<string, Rule>,
  settings: Map<string, RuleSetting>,
  places: Map<string, Place>,
): void {
  const rule = rules.get(id);
  if (rule === undefined || settings.has(id)) return;
  settings.set(id, { severity: severityOf(rule.meta, 'dockerfile'), options: {} });
  places.set(`rules.${id}`, at);
}

function takeSchema(
  labels: readonly string[],
  at: Place,
  rules: ReadonlyMap<string, Rule>,
  settings: Map<string, RuleSetting>,
  places: Map<string, Place>,
): void {
  for (const id of schemaRules) {
    if (rules.get(id)?.meta.options?.[schemaOption] === undefined) continue;
    settings.set(id, { severity: settings.get(id)?.severity, options: { [schemaOption]: labels } });
    places.set(`rules.${id}.${schemaOption}`, at);
  }
}

/** What is said of codes of ShellCheck becomes an option of its rule, whether or not that runs. */
function takeCodes(
  option: string,
  said: ReadonlyMap<string, Said>,
  write: (entry: readonly [string, Said]) => string,
  rules: ReadonlyMap<string, Rule>,
  settings: Map<string, RuleSetting>,
  places: Map<string, Place>,
): void {
  const [first] = said.values();
  if (first === undefined || rules.get(shellRule)?.meta.options?.[option] === undefined) return;
  const { severity, options } = settings.get(shellRule) ?? { severity: undefined, options: {} };
  settings.set(shellRule, { severity, options: { ...options, [option]: [...said].map(write) } });
  places.set(`rules.${shellRule}.${option}`, first.at);
}

/** A level for the rule is the wish that there be no such comments. */
function forbidComments(
  rules: ReadonlyMap<string, Rule>,
  settings: Map<string, RuleSetting>,
  places: Map<string, Place>,
): void {
  const { severity } = settings.get(commentRule) ?? {};
  const at = places.get(`rules.${commentRule}`);
  if (severity === undefined || severity === 'off' || at === undefined) return;
  if (rules.get(commentRule)?.meta.options?.[forbiddenOption] === undefined) return;
  settings.set(commentRule, { severity, options: { [forbiddenOption]: true } });
  places.set(`rules.${commentRule}.${forbiddenOption}`, at);
}
