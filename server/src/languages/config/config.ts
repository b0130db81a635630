// Reads `.plimsoll.yaml`. What is not understood is a problem on its token; the rest of the file still counts.
import {
  type Config,
  type DockerfileTarget,
  defaultTrustedRegistries,
  type Extended,
  emptyConfig,
  type FileOverride,
  kubernetesMinorOf,
} from '../../engine/config.js';
import type { ConfigSurroundings } from '../../engine/language.js';
import type { Rule } from '../../engine/rule.js';
import { profiles, type RuleSetting } from '../../engine/settings.js';
import { quoted } from '../../model/quoted.js';
import type { Problem } from '../../model/source-file.js';
import type { Place } from '../../text/span.js';
import { entries, items, placeOf, type YamlValue } from '../yaml/document.js';
import { isNull } from '../yaml/node.js';
import { readIgnore } from './ignores.js';
import { readRuleSettings } from './rule-settings.js';
import { firstUnit, ValueReader } from './value-reader.js';

export interface ConfigReading {
  readonly config: Config;
  readonly problems: readonly Problem[];
}

/** Reads the contents of a config file. `rules` are all rules there are. */
export function readConfig(root: YamlValue, rules: readonly Rule[], surroundings: ConfigSurroundings): ConfigReading {
  if (isNull(root.node)) return { config: emptyConfig, problems: [] };
  const reader = new ValueReader();
  const known = new Map(rules.map((rule) => [rule.meta.id, rule]));
  return { config: readKeys(root, reader, known, surroundings), problems: reader.problems };
}

function readKeys(
  root: YamlValue,
  reader: ValueReader,
  rules: ReadonlyMap<string, Rule>,
  surroundings: ConfigSurroundings,
): Config {
  const places = new Map<string, Place>();
  const config: { -readonly [key in keyof Config]: Config[key] } = { ...emptyConfig, places };
  const said =
    (read: (value: YamlValue, key: string) => void) =>
    (value: YamlValue, key: string, keyAt: Place): void => {
      places.set(key, keyAt);
      read(value, key);
    };
  reader.map(root, 'The configuration', 'key', {
    extends: (value, key) => {
      config.extends = readExtends(value, key, reader, surroundings);
    },
    profile: said((value, key) => {
      config.profile = reader.word(value, key, profiles);
    }),
    rules: (value) => {
      config.rules = readRuleSettings(value, reader, rules, (what, at) => places.set(`rules.${what}`, at));
    },
    trustedRegistries: said((value, key) => {
      config.trustedRegistries = reader
        .strings(value, key)
        ?.flatMap((text) => (text === 'default' ? defaultTrustedRegistries : [text]));
    }),
    kubernetesVersion: said((value, key) => {
      config.kubernetesMinor = readKubernetesVersion(value, key, reader);
    }),
    composeEnvFiles: said((value, key) => {
      config.composeEnvFiles = reader.texts(value, key);
    }),
    dockerfileTargets: said((value, key) => {
      config.dockerfileTargets = readTargets(value, key, reader);
    }),
    include: said((value, key) => {
      config.include = reader.strings(value, key);
    }),
    exclude: said((value, key) => {
      config.exclude = reader.strings(value, key);
    }),
    overrides: (value, key) => {
      config.overrides = reader.maps(value, key).flatMap((item) => readOverride(item, reader, rules) ?? []);
    },
    ignores: (value, key) => {
      config.ignores = reader.maps(value, key).flatMap((item) => readIgnore(item, reader, rules, surroundings));
    },
  });
  return config;
}

/** One path or a list. What could not be taken in is said on its path. */
function readExtends(
  value: YamlValue,
  key: string,
  reader: ValueReader,
  { unextended }: ConfigSurroundings,
): readonly Extended[] {
  const written = value.node?.kind === 'sequence' ? items(value) : [value];
  return written.flatMap((item) => {
    const path = reader.text(item, key, 'the path of a config file, or a list of them');
    if (path === undefined) return [];
    const at = placeOf(item);
    const trouble = unextended?.get(path);
    if (trouble !== undefined) reader.problem(at, trouble);
    return [{ path, at }];
  });
}

/** The names that Docker takes for stages, and their numbers. */
const stagePattern = /^(?:\d{1,6}|[a-z][a-z0-9_.-]*)$/i;
/** More patterns do not count: each is matched against every path. */
const maxTargets = 1000;

/** A map from patterns to stages, in the order of the file. */
function readTargets(value: YamlValue, key: string, reader: ValueReader): readonly DockerfileTarget[] | undefined {
  if (value.node?.kind !== 'map') {
    reader.mustBe(value, key, 'a map of patterns and stages');
    return undefined;
  }
  const pairs = entries(value);
  const beyond = pairs[maxTargets];
  if (beyond !== undefined) {
    reader.problem(
      beyond.keyAt,
      `${quoted(key)} has more than ${maxTargets} entries: from here on they have no effect.`,
    );
  }
  return pairs.slice(0, maxTargets).flatMap(({ key: files, keyAt, value: stage }): readonly DockerfileTarget[] => {
    if (stage.duplicate) {
      reader.problem(keyAt, `${quoted(files)} is written more than once: none of them counts.`);
      return [];
    }
    if (isNull(stage.node)) return [];
    const node = stage.node;
    if (node?.kind === 'scalar' && stagePattern.test(node.value)) return [{ files, stage: node.value }];
    reader.mustBe(stage, files, 'the name or the number of a stage');
    return [];
  });
}

function readKubernetesVersion(value: YamlValue, key: string, reader: ValueReader): number | undefined {
  const node = value.node;
  const minor = node?.kind === 'scalar' ? kubernetesMinorOf(node.value) : undefined;
  if (minor === undefined) reader.mustBe(value, key, "a Kubernetes version such as '1.31'");
  return minor;
}

function readOverride(
  item: YamlValue,
  reader: ValueReader,
  rules: ReadonlyMap<string, Rule>,
): FileOverride | undefined {
  let files: readonly string[] | undefined;
  let settings: ReadonlyMap<string, RuleSetting> | undefined;
  const places = new Map<string, Place>();
  reader.map(item, 'An override', 'key of an override', {
    files: (value, key) => {
      files = reader.texts(value, key) ?? [];
    },
    rules: (value) => {
      settings = readRuleSettings(value, reader, rules, (what, at) => places.set(`rules.${what}`, at));
    },
  });
  if (item.node?.kind !== 'map') return undefined;
  if (files === undefined || settings === undefined) {
    const lacking = files === undefined ? 'files' : 'rules';
    reader.problem(firstUnit(item), `An override needs '${lacking}': this one has no effect.`);
    return undefined;
  }
  return { files, rules: settings, places };
}
