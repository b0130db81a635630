// What is known of a folder and the files in it: their kinds, their settings, and how to lint one of them.
import { type Config, configOver, emptyConfig, type Overrides } from '../engine/config.js';
import type { ConfigSurroundings, ReadFile, ReadRequest } from '../engine/language.js';
import type { Rule } from '../engine/rule.js';
import { activation } from '../engine/settings.js';
import { detectKind, helmChartRoots } from '../languages/detect.js';
import type { FileKind } from '../model/format.js';
import { folderOf, join, resolveFrom } from '../model/paths.js';
import type { FileId } from '../text/span.js';
import { type Baseline, withBaseline } from './baseline.js';
import { createBaselines } from './baselines.js';
import { ComposeProjects } from './compose-projects.js';
import type { ConfigFile } from './config-files.js';
import { type Configurations, createConfigurations, type FolderConfig } from './configuration.js';
import { decode, type Encoding, maximumBytes } from './decode.js';
import type { Unreadable } from './discover.js';
import type { FileChoice } from './file-choice.js';
import { type Effective, type FileSettings, fileSettings } from './file-settings.js';
import { type Files, FilesError } from './files.js';
import { IgnoreUses } from './ignore-uses.js';
import { createKustomize } from './kustomize.js';
import { type Linted, lintText, loadReader } from './lint-text.js';
import { Namespaces } from './namespaces.js';
import { podSecurityRules, withPodSecurity } from './pod-security.js';
import type { Reader } from './read-text.js';
import { remembered } from './remembered.js';
import { type ShellChecks, shellCheckRule } from './shell-checks.js';

export interface WorkspaceRequest {
  readonly files: Files;
  /** The working directory, or the folder of a workspace: absolute, like every path here. */
  readonly root: string;
  readonly rules: readonly Rule[];
  readonly config: FileChoice;
  /** Undefined: the nearest one. */
  readonly baseline?: FileChoice | undefined;
  /** What wins over config files. */
  readonly overrides: Overrides;
  /** What counts where a config file says nothing. */
  readonly fallback?: Config | undefined;
  /** `2026-12-31`: what decides whether an ignore has ended; undefined: none has. */
  readonly today?: string | undefined;
  /**
   * Asks ShellCheck, and switches its rule on where no config file says otherwise. Nothing waits for its answers but
   * {@link LintedFile.checked}. Undefined: it is not asked.
   */
  readonly shellChecks?: ShellChecks | undefined;
}

export interface LintedFile extends Linted {
  readonly encoding: Encoding;
  /** The baseline that speaks for it. */
  readonly baseline: Baseline | undefined;
  /** Lints another text in the place of this file's. */
  readonly relint: (text: string) => Linted;
  /** The same, or what {@link relint} gave, with what ShellCheck says of scripts that it had yet to be asked about. */
  readonly checked: (linted: Linted) => Promise<Linted>;
}

/**
 * Why a file is not judged: it is of no format that rules know, or a template of a Helm chart, which says nothing before
 * somebody gives it values.
 */
export type Passed = 'other' | 'helm-template';

/** Lints a text at once, which need not be what the file holds. `previous` is the last reading of the same file, which lends its parts. */
export type TextLinter = (text: string, previous?: ReadFile, limit?: string) => Linted;

export interface TextRequest {
  readonly path: FileId;
  /** Tells the kind, with the name. */
  readonly text: string;
  /** What an editor takes the text for. */
  readonly languageId?: string | undefined;
  readonly mode: ReadRequest['mode'];
}

/** Remembers what it found out about configuration, charts and variables; open another one when that may have changed. */
export interface Workspace {
  readonly configurations: Configurations;
  /** Loads configuration and baseline of a file; gives what could not be read of them, and goes on with the defaults. */
  prepare(path: FileId): Promise<readonly Unreadable[]>;
  lintPath(path: FileId): Promise<LintedFile | Passed>;
  lint(path: FileId, bytes: Uint8Array): Promise<LintedFile | Passed>;
  /** Everything that it takes to lint texts at a path. */
  linterFor(request: TextRequest): Promise<TextLinter | Passed>;
  /** Whether a file is a config file by its name, or because somebody named it as one. */
  isConfig(path: FileId): boolean;
  /** Whether a config file that spoke for a file so far takes this one in, or would if it were there. */
  extends(path: FileId): boolean;
  /** What is in force for a prepared file; its kind, where it is not known, is that of its name. */
  effective(path: FileId, kind?: FileKind): Effective;
  /** What hadolint is told, for a prepared Dockerfile; undefined for another file, by its name. */
  hadolint(path: FileId): ConfigFile | undefined;
  /** What config files that spoke for a file so far say of a run as a whole, and has no effect. */
  unapplied(): readonly Unreadable[];
  /** The config files that spoke for a file so far, with those that they extend. */
  usedConfigs(): readonly string[];
  /**
   * All files in the folders that `covers` accepts have been linted: from here on a config file tells which of its
   * ignores silence nothing. The files that may have more to say now.
   */
  settle(covers: (base: string) => boolean): readonly FileId[];
  /** Takes in what other files are judged by: what a file holds, and nothing else that was linted in its place. */
  take(linted: Linted): void;
  /** Makes known which other files a Compose file is merged with, whatever their names and wherever they are. */
  meet(path: FileId, bytes: Uint8Array): Promise<void>;
  /** A file that nobody has open came, changed or went: what others know of it no longer counts. */
  forget(path: FileId): void;
  /** A file is gone. */
  remove(path: FileId): void;
  /**
   * Files that were linted before something that they are judged by was known: an ignore that is used after all, what
   * their namespace asks for. Each is named once.
   */
  takeOutdated(): readonly FileId[];
}

interface FolderSettings {
  readonly others: FileSettings;
  readonly dockerfiles: FileSettings;
}

export function openWorkspace(request: WorkspaceRequest): Workspace {
  const { files, root, config: choice, fallback = emptyConfig, today, shellChecks } = request;
  const rules = shellChecks === undefined ? request.rules : withShellCheck(request.rules);
  const shellRule = rules.find(({ meta }) => meta.id === shellCheckRule);
  const overrides = { ...request.overrides, today };
  const readers = new Map<FileKind, Reader>();
  const prepared = new Map<string, Promise<readonly Unreadable[]>>();
  const settings = new Map<string, FolderSettings>();
  /** One config speaks for many folders. */
  const byConfig = new Map<FolderConfig, FileSettings>();
  /** The same for Dockerfiles, over what hadolint is told. */
  const byHadolint = new Map<FolderConfig, Map<ConfigFile, FileSettings>>();
  const hadolints = new Map<string, ConfigFile>();
  const charts = new Map<string, Promise<boolean>>();
  const baselineByFolder = new Map<string, Baseline | undefined>();
  const used = new Set<string>();
  const uses = new IgnoreUses();
  const namespaces = new Namespaces();
  const securityRules = podSecurityRules(rules);
  const ofAll = fileSettings(fallback, root, overrides);
  const defaults: FolderSettings = { others: ofAll, dockerfiles: ofAll };
  const configurations = createConfigurations({
    files,
    choice,
    root,
    parse: async (text, path) =>
      (await import('../languages/config/language.js')).parseConfig(text, rules, path, today),
  });

  const baselines = createBaselines({
    files,
    choice: request.baseline ?? { from: 'nearest' },
    ceiling: configurations.ceiling,
  });

  const kustomize = createKustomize({ files, ceiling: configurations.ceiling });
  const compose = new ComposeProjects({ files, ceiling: configurations.ceiling, variableFiles });

  async function variableFiles(path: FileId): Promise<readonly FileId[] | undefined> {
    try {
      const { config, base } = await configurations.of(folderOf(path));
      return config.composeEnvFiles?.flatMap((file) => resolveFrom(base, file) ?? []);
    } catch (error) {
      // Whoever prepares the folder says what is wrong with its config.
      if (error instanceof FilesError) return undefined;
      throw error;
    }
  }

  function effective(path: FileId, kind = detectKind({ name: path, text: '' })): Effective {
    const { others, dockerfiles } = settings.get(folderOf(path)) ?? defaults;
    return kind === 'dockerfile' ? dockerfiles(path) : others(path);
  }

  async function readerOf(kind: FileKind): Promise<Reader> {
    const reader = readers.get(kind) ?? (await loadReader(kind, rules));
    readers.set(kind, reader);
    return reader;
  }

  async function isHelmTemplate(path: string): Promise<boolean> {
    for (const chart of helmChartRoots(path)) {
      const file = join(chart, 'Chart.yaml');
      if (await remembered(charts, chart, async () => (await files.stat(file)) === 'file')) return true;
    }
    return false;
  }

  async function configSurroundings(path: FileId, text: string): Promise<ConfigSurroundings> {
    const judged = [...byConfig].map(([{ config, base }, settingsAt]) => ({
      ignores: config.ignores,
      base,
      settings: settingsAt(base).settings,
    }));
    const unused = uses.unusedIn(path, judged, rules);
    return { today, unextended: await configurations.unextended(path, text), unused };
  }

  async function linter(path: FileId, text: string, kind: FileKind | undefined, asked?: ReadRequest['mode']) {
    if (kind === undefined) return 'other';
    if (kind === 'kubernetes' && (await isHelmTemplate(path))) return 'helm-template';
    const read = await readerOf(kind);
    const folder = folderOf(path);
    const own = effective(path, kind).settings;
    const mode = asked ?? (own.profile === 'all' ? 'open' : 'scan');
    const config = kind === 'config' ? await configSurroundings(path, text) : undefined;
    const projects = kind === 'compose' ? await compose.of(path, text) : undefined;
    const hasDockerfile = kind === 'compose' && text.includes('dockerfile_inline');
    const readDockerfile = hasDockerfile ? await readerOf('dockerfile') : readers.get('dockerfile');
    // Whoever builds a service from it may name another stage.
    const isAlike = kind === 'dockerfile' && own.dockerfileTarget === undefined;
    const known = isAlike ? compose.readingOf(path) : undefined;
    const hadolint = kind === 'dockerfile' || hasDockerfile ? hadolints.get(folder) : undefined;
    if (hadolint !== undefined) used.add(hadolint.path);
    const patch = kind === 'kubernetes' && (await kustomize.isPatch(path));
    const held = baselineByFolder.get(folder)?.files.get(path);
    const asks = shellRule !== undefined && activation(shellRule, own, 'dockerfile') !== 'off';
    const lint: TextLinter = (changed, previous, limit) => {
      // Another one each time: what is known grows.
      const shellFindings =
        asks && shellChecks !== undefined ? (script: string) => shellChecks.known(script) : undefined;
      const request = {
        kind,
        read,
        readDockerfile,
        rules,
        settings: own,
        dockerfileSettings: effective(path, 'dockerfile').settings,
        file: path,
        text: changed,
        mode,
        projects,
        patch,
        config,
        limit,
        shellFindings,
        previous: previous ?? known,
      };
      return withBaseline(withPodSecurity(lintText(request), request, namespaces, securityRules), held);
    };
    return lint;
  }

  /** A config file may have any name where somebody names it or extends it; what it is by its name, it stays. */
  function kindAt(path: FileId, kind: FileKind | undefined): FileKind | undefined {
    const isNamed = choice.from === 'file' && choice.path === path;
    return isNamed || (kind === undefined && used.has(path)) ? 'config' : kind;
  }

  /** A part of a Compose project may have any name, too, and so may a Dockerfile that one is built from. */
  async function kindIn(path: FileId, kind: FileKind | undefined): Promise<FileKind | undefined> {
    const known = kindAt(path, kind);
    if (known !== undefined) return known;
    if (compose.isDockerfile(path)) return 'dockerfile';
    return /\.ya?ml$/i.test(path) && (await compose.isPart(path)) ? 'compose' : undefined;
  }

  async function lint(path: FileId, bytes: Uint8Array): Promise<LintedFile | Passed> {
    const { text, encoding, limit } = decode(bytes);
    const kind = await kindIn(path, kindOf(path, text, limit !== undefined));
    const lintAt = await linter(path, text, kind);
    if (typeof lintAt === 'string') return lintAt;
    const baseline = baselineByFolder.get(folderOf(path));
    const checked = async (linted: Linted): Promise<Linted> => {
      const { unchecked = [], file } = linted;
      if (shellChecks === undefined || unchecked.length === 0) return linted;
      await shellChecks.ask(unchecked);
      return lintAt(file.text, file);
    };
    return { ...lintAt(text, undefined, limit), encoding, baseline, relint: (changed) => lintAt(changed), checked };
  }

  async function prepareFolder(folder: string): Promise<readonly Unreadable[]> {
    const problems: Unreadable[] = [];
    const [found, hadolint] = await Promise.all([
      attempt(folder, problems, () => configurations.of(folder)),
      attempt(folder, problems, () => configurations.hadolintOf(folder)),
    ]);
    for (const file of found?.files ?? []) used.add(file.path);
    if (found !== undefined) {
      const others = settingsFor(found);
      const dockerfiles = hadolint === undefined ? others : dockerfileSettingsFor(found, hadolint);
      settings.set(folder, { others, dockerfiles });
    }
    if (hadolint !== undefined) hadolints.set(folder, hadolint);
    await attempt(folder, problems, async () => {
      baselineByFolder.set(folder, await baselines.of(folder));
    });
    return problems;
  }

  function settingsFor(found: FolderConfig): FileSettings {
    const known = byConfig.get(found) ?? fileSettings(configOver(fallback, found.config), found.base, overrides);
    byConfig.set(found, known);
    return known;
  }

  function dockerfileSettingsFor(found: FolderConfig, hadolint: ConfigFile): FileSettings {
    const known = byHadolint.get(found) ?? new Map<ConfigFile, FileSettings>();
    byHadolint.set(found, known);
    const config = configOver(configOver(fallback, hadolint.config), found.config);
    const own = known.get(hadolint) ?? fileSettings(config, found.base, overrides);
    known.set(hadolint, own);
    return own;
  }

  return {
    configurations,
    async prepare(path) {
      const folder = folderOf(path);
      const before = prepared.get(folder);
      const preparing = before ?? prepareFolder(folder);
      prepared.set(folder, preparing);
      const problems = await preparing;
      // Whoever came first is told.
      return before === undefined ? problems : [];
    },
    lintPath: async (path) => lint(path, await files.read(path, maximumBytes + 1)),
    lint,
    linterFor: async ({ path, text, languageId, mode }) =>
      linter(path, text, await kindIn(path, detectKind({ name: path, text, languageId })), mode),
    isConfig: (path) => kindAt(path, detectKind({ name: path, text: '' })) === 'config',
    extends: (path) => [...byConfig.keys()].some(({ wanted }) => wanted.includes(path)),
    effective,
    hadolint: (path) =>
      detectKind({ name: path, text: '' }) === 'dockerfile' ? hadolints.get(folderOf(path)) : undefined,
    unapplied: () => {
      const files = new Map([...hadolints.values()].map((file) => [file.path, file.config.unapplied ?? []]));
      return [...files].flatMap(([path, messages]) =>
        used.has(path) ? messages.map((message) => ({ path, message })) : [],
      );
    },
    usedConfigs: () => [...used].sort(),
    take(linted) {
      const { id, kind } = linted.file.source;
      uses.take(linted, effective(id, kind).settings);
      namespaces.take(linted.file);
      compose.take(linted.file);
    },
    async meet(path, bytes) {
      const { text, limit } = decode(bytes);
      if (limit === undefined && detectKind({ name: path, text }) === 'compose') await compose.of(path, text);
    },
    forget: (path) => compose.forget(path),
    remove(path) {
      namespaces.remove(path);
      compose.remove(path);
    },
    takeOutdated: () => [...uses.takeOutdated(), ...namespaces.takeOutdated(), ...compose.takeOutdated()],
    settle(covers) {
      uses.settle(covers);
      const places = [...byConfig.keys()].flatMap(({ config }) => config.ignores.map(({ at }) => at.file));
      return [...new Set(places)];
    },
  };
}

/** Whoever names ShellCheck wants to hear it. */
function withShellCheck(rules: readonly Rule[]): readonly Rule[] {
  return rules.map((rule) =>
    rule.meta.id === shellCheckRule ? { ...rule, meta: { ...rule.meta, profile: 'recommended' } } : rule,
  );
}

/** What cannot be reached is added to the problems; the rest goes on with the defaults. */
async function attempt<T>(folder: string, problems: Unreadable[], action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof FilesError)) throw error;
    problems.push({ path: error.path ?? folder, message: error.message });
    return undefined;
  }
}

/** Bytes that are no text may hide their format; a YAML file that nobody can read is worth a word all the same. */
function kindOf(path: string, text: string, unreadable: boolean): FileKind | undefined {
  const kind = detectKind({ name: path, text });
  if (kind !== undefined || !unreadable) return kind;
  return /\.ya?ml$/i.test(path) && text.includes('\0') ? 'kubernetes' : undefined;
}
