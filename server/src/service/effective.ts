// The settings that are in force for a file, as a config file would say them, each with who says so.
import { defaultTrustedRegistries, type Overrides } from '../engine/config.js';
import type { Rule } from '../engine/rule.js';
import { activation, type Settings } from '../engine/settings.js';
import { toolName } from '../standards/tools.js';
import { LineIndex } from '../text/line-index.js';
import type { FileId, Place } from '../text/span.js';
import type { ConfigFile } from './config-files.js';
import type { FolderConfig } from './configuration.js';
import type { Effective } from './file-settings.js';

export interface EffectiveRequest {
  readonly effective: Effective;
  readonly found: FolderConfig;
  /** What hadolint is told, where the settings are those of a Dockerfile. */
  readonly hadolint: ConfigFile | undefined;
  /** What the command line said. */
  readonly overrides: Overrides;
  readonly rules: readonly Rule[];
  /** What the settings are for, as people would write it. */
  readonly subject: string;
  /** How people would write the name of a file. */
  readonly nameOf: (file: FileId) => string;
}

/** A valid config file: what it says is what counts. The comments tell where it comes from. */
export function effectiveConfig(request: EffectiveRequest): string {
  const { effective, found, hadolint, overrides, rules, subject, nameOf } = request;
  const { settings } = effective;
  const origins = new Origins(
    effective.places,
    hadolint === undefined ? found.files : [hadolint, ...found.files],
    nameOf,
  );
  const paths = [found.path, hadolint?.path].flatMap((path) => (path === undefined ? [] : [nameOf(path)]));
  const from =
    paths.length === 0
      ? 'No config file speaks for it'
      : `Its config file${paths.length > 1 ? 's' : ''}: ${paths.join(', ')}`;
  const lines = [
    `# The settings for ${oneLine(subject)}. ${oneLine(from)}.`,
    `profile: ${settings.profile}${origins.of('profile', overrides.profile === undefined ? undefined : '--profile')}`,
    `kubernetesVersion: "1.${settings.kubernetesMinor}"${origins.of(
      'kubernetesVersion',
      overrides.kubernetesMinor === undefined ? undefined : '--kubernetes-version',
    )}`,
    ...list(
      'trustedRegistries',
      settings.trustedRegistries,
      origins.of('trustedRegistries', undefined, listDefault(settings)),
    ),
  ];
  for (const [tool, at] of settings.unheardTools)
    lines.push(`# Comments of ${toolName(tool)} do not count.${origins.at(at)}`);
  for (const key of ['composeEnvFiles', 'include', 'exclude'] as const) {
    const patterns = found.config[key];
    if (patterns !== undefined) lines.push(...list(key, patterns, origins.of(key)));
  }
  const targets = found.config.dockerfileTargets ?? [];
  if (targets.length > 0) lines.push(`dockerfileTargets:${origins.of('dockerfileTargets')}`);
  for (const { files, stage } of targets) lines.push(`  ${JSON.stringify(files)}: ${JSON.stringify(stage)}`);
  lines.push('rules:');
  for (const rule of [...rules].sort((a, b) => (a.meta.id < b.meta.id ? -1 : 1))) {
    lines.push(...ruleLines(rule, settings, overrides, origins));
  }
  if (settings.ignores.length > 0) lines.push('ignores:');
  for (const { rules: ids, resource, reason, until, at } of settings.ignores) {
    lines.push(`  - rule: [${ids.join(', ')}]${origins.at(at)}`);
    if (resource !== undefined) lines.push(`    resource: ${JSON.stringify(resource)}`);
    lines.push(`    reason: ${JSON.stringify(reason)}`);
    if (until !== undefined) lines.push(`    until: ${until}`);
  }
  return `${lines.join('\n')}\n`;
}

function listDefault({ trustedRegistries }: Settings): string {
  return trustedRegistries === defaultTrustedRegistries ? 'default: the built-in list' : 'default';
}

function list(key: string, entries: readonly string[], comment: string): readonly string[] {
  if (entries.length === 0) return [`${key}: []${comment}`];
  return [`${key}:${comment}`, ...entries.map((entry) => `  - ${JSON.stringify(entry)}`)];
}

function ruleLines(rule: Rule, settings: Settings, overrides: Overrides, origins: Origins): readonly string[] {
  const { meta } = rule;
  const states = new Set(meta.formats.map((kind) => activation(rule, settings, kind)));
  const [state = 'off'] = states;
  const isOwn = state === 'default' || states.size > 1;
  const { severity } = meta;
  // One word cannot say what differs from format to format; a key without a value says nothing.
  const word = !isOwn ? state : typeof severity === 'string' ? severity : undefined;
  const notes = word === undefined ? Object.entries(severity).map(([kind, own]) => `${kind} ${own}`) : [];
  const flag = overrides.severities?.has(meta.id) ? '--rule' : settings.only === undefined ? undefined : '--only';
  const said = `rules.${meta.id}`;
  const comment = origins.of(said, flag, ['default', ...notes, `profile ${meta.profile}`].join(', '));
  const options = Object.entries(settings.rules.get(meta.id)?.options ?? {});
  if (options.length === 0) return [`  ${meta.id}:${word === undefined ? '' : ` ${word}`}${comment}`];
  return [
    word === undefined ? `  ${meta.id}:${comment}` : `  ${meta.id}:`,
    ...(word === undefined ? [] : [`    severity: ${word}${comment}`]),
    ...options.map(([name, value]) => `    ${name}: ${JSON.stringify(value)}${origins.of(`${said}.${name}`)}`),
  ];
}

/** Tells who says a thing, as a comment at the end of its line. */
class Origins {
  readonly #places: ReadonlyMap<string, Place>;
  readonly #lines: ReadonlyMap<FileId, LineIndex>;
  readonly #nameOf: (file: FileId) => string;

  constructor(places: ReadonlyMap<string, Place>, files: readonly ConfigFile[], nameOf: (file: FileId) => string) {
    this.#places = places;
    this.#lines = new Map(files.map(({ path, text }) => [path, new LineIndex(text)]));
    this.#nameOf = nameOf;
  }

  /** A flag of the command line wins over what files say. */
  of(what: string, flag?: string | undefined, otherwise = 'default'): string {
    if (flag !== undefined) return ` # ${flag}`;
    const at = this.#places.get(what);
    return at === undefined ? ` # ${otherwise}` : this.at(at);
  }

  at({ file, span }: Place): string {
    const line = this.#lines.get(file)?.positionAt(span.start).line;
    return ` # ${oneLine(this.#nameOf(file))}${line === undefined ? '' : `:${line + 1}`}`;
  }
}

/** A comment ends where its line does. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ');
}
