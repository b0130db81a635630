// Lints files and folders, and hands the results out one by one.
import { emptyConfig, type Overrides, settingsOf } from '../engine/config.js';
import type { Rule } from '../engine/rule.js';
import type { Settings } from '../engine/settings.js';
import { detectKind, helmChartRoots } from '../languages/detect.js';
import type { FileKind } from '../model/format.js';
import type { FileId } from '../text/span.js';
import { type ConfigChoice, type Configurations, createConfigurations } from './configuration.js';
import { decode, type Encoding, maximumBytes } from './decode.js';
import { discover, type Unreadable } from './discover.js';
import { type Files, FilesError } from './files.js';
import { type Linted, lintText, loadReader, type Reader } from './lint-text.js';
import { folderOf, join } from './paths.js';

export interface WorkspaceRequest {
  readonly files: Files;
  /** The working directory: absolute, like every path here. */
  readonly root: string;
  readonly rules: readonly Rule[];
  readonly config: ConfigChoice;
  readonly overrides: Overrides;
}

export interface LintedFile extends Linted {
  readonly encoding: Encoding;
  /** Lints another text in the place of this file's. */
  readonly relint: (text: string) => Linted;
}

/**
 * Why a file is not judged: it is of no format that rules know, or a template of a Helm chart, which says nothing before
 * somebody gives it values.
 */
export type Passed = 'other' | 'helm-template';

export type WorkspaceStep =
  /** First of all: how many files will be opened. */
  | { readonly step: 'found'; readonly total: number }
  /** `requested`: named, or met below what was named; the others are config files that speak for one of those. */
  | { readonly step: 'linted'; readonly file: LintedFile; readonly requested: boolean }
  /** Opened, and not judged. */
  | { readonly step: 'passed'; readonly path: string; readonly named: boolean; readonly as: Passed }
  | { readonly step: 'failed'; readonly problem: Unreadable };

/** Lints what is named, and everything below the folders among it, in the order of the paths. */
export async function* lintWorkspace(
  request: WorkspaceRequest,
  paths: readonly string[],
): AsyncGenerator<WorkspaceStep, void, undefined> {
  const workspace = openWorkspace(request);
  const { found, unreadable } = await discover(request.files, paths, workspace.configurations);
  const reported = new Set<string>();
  const failed = function* (problems: Iterable<Unreadable>): Generator<WorkspaceStep> {
    for (const problem of problems) {
      if (reported.has(problem.path)) continue;
      reported.add(problem.path);
      yield { step: 'failed', problem };
    }
  };
  yield { step: 'found', total: found.length };
  yield* failed(unreadable);
  const done = new Set<string>();
  for (const { path, named } of found) {
    done.add(path);
    yield* failed(await workspace.prepare(path));
    yield* stepOf({ path, named, requested: true }, () => workspace.lintPath(path));
  }
  // What a config file says wrong concerns everything that it speaks for, wherever it stands.
  for (const path of workspace.usedConfigs()) {
    if (done.has(path)) continue;
    yield* failed(await workspace.prepare(path));
    yield* stepOf({ path, named: false, requested: false }, () => workspace.lintPath(path));
  }
}

/** Lints bytes that come from elsewhere as if they were the contents of a file. */
export async function* lintBytes(
  request: WorkspaceRequest,
  path: string,
  bytes: Uint8Array,
): AsyncGenerator<WorkspaceStep, void, undefined> {
  const workspace = openWorkspace(request);
  yield { step: 'found', total: 1 };
  for (const problem of await workspace.prepare(path)) yield { step: 'failed', problem };
  yield* stepOf({ path, named: true, requested: true }, () => workspace.lint(path, bytes));
}

async function* stepOf(
  { path, named, requested }: { readonly path: string; readonly named: boolean; readonly requested: boolean },
  lint: () => Promise<LintedFile | Passed>,
): AsyncGenerator<WorkspaceStep, void, undefined> {
  let step: WorkspaceStep;
  try {
    const file = await lint();
    step = typeof file === 'string' ? { step: 'passed', path, named, as: file } : { step: 'linted', file, requested };
  } catch (error) {
    // One file must not cost the others theirs.
    const message = error instanceof FilesError ? error.message : `Plimsoll itself failed here: ${describe(error)}`;
    step = { step: 'failed', problem: { path, message } };
  }
  yield step;
}

/** What went wrong and where, in one line, for a report about Plimsoll itself. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const frame = error.stack?.split('\n').find((line) => line.trim().startsWith('at '));
  return `${error.name}: ${error.message}${frame === undefined ? '' : ` (${frame.trim()})`}`;
}

interface Workspace {
  readonly configurations: Configurations;
  /** Loads the configuration of a file; gives what could not be read of it, and goes on with the defaults. */
  prepare(path: FileId): Promise<readonly Unreadable[]>;
  lintPath(path: FileId): Promise<LintedFile | Passed>;
  lint(path: FileId, bytes: Uint8Array): Promise<LintedFile | Passed>;
  /** The config files that spoke for a file so far. */
  usedConfigs(): readonly string[];
}

function openWorkspace({ files, root, rules, config: choice, overrides }: WorkspaceRequest): Workspace {
  const readers = new Map<FileKind, Reader>();
  const settings = new Map<string, Settings>();
  const used = new Set<string>();
  const configurations = createConfigurations({
    files,
    choice,
    root,
    parse: async (text) => (await import('../languages/config/language.js')).parseConfig(text, rules),
  });

  async function readerOf(kind: FileKind): Promise<Reader> {
    const reader = readers.get(kind) ?? (await loadReader(kind, rules));
    readers.set(kind, reader);
    return reader;
  }

  async function isHelmTemplate(path: string): Promise<boolean> {
    for (const chart of helmChartRoots(path)) {
      if ((await files.stat(join(chart, 'Chart.yaml'))) === 'file') return true;
    }
    return false;
  }

  /**
   * Compose takes the values of variables from the file `.env` beside the Compose file. One that cannot be read is as
   * good as none: the values are unknown.
   */
  async function dotenvOf(path: string): Promise<string | undefined> {
    const dotenv = join(folderOf(path), '.env');
    try {
      if ((await files.stat(dotenv)) !== 'file') return undefined;
      const { text, limit } = decode(await files.read(dotenv, maximumBytes + 1));
      return limit === undefined ? text : undefined;
    } catch (error) {
      if (error instanceof FilesError) return undefined;
      throw error;
    }
  }

  async function lint(path: FileId, bytes: Uint8Array): Promise<LintedFile | Passed> {
    const { text, encoding, limit } = decode(bytes);
    const isConfig = choice.from === 'file' && choice.path === path;
    const kind = isConfig ? 'config' : kindOf(path, text, limit !== undefined);
    if (kind === undefined) return 'other';
    if (kind === 'kubernetes' && (await isHelmTemplate(path))) return 'helm-template';
    const read = await readerOf(kind);
    const folder = folderOf(path);
    const own = settings.get(folder) ?? settingsOf(emptyConfig, overrides);
    const dotenv = kind === 'compose' ? await dotenvOf(path) : undefined;
    const mode = own.profile === 'all' ? 'open' : 'scan';
    const relint = (changed: string, reason?: string) =>
      lintText({
        kind,
        read,
        rules,
        settings: own,
        file: path,
        text: changed,
        mode,
        dotenv,
        limit: reason,
      });
    return { ...relint(text, limit), encoding, relint };
  }

  return {
    configurations,
    async prepare(path) {
      const folder = folderOf(path);
      if (settings.has(folder)) return [];
      try {
        const found = await configurations.of(folder);
        if (found.path !== undefined) used.add(found.path);
        settings.set(folder, settingsOf(found.config, overrides));
        return [];
      } catch (error) {
        if (!(error instanceof FilesError)) throw error;
        settings.set(folder, settingsOf(emptyConfig, overrides));
        return [{ path: error.path ?? folder, message: error.message }];
      }
    },
    lintPath: async (path) => lint(path, await files.read(path, maximumBytes + 1)),
    lint,
    usedConfigs: () => [...used].sort(),
  };
}

/** Bytes that are no text may hide their format; a YAML file that nobody can read is worth a word all the same. */
function kindOf(path: string, text: string, unreadable: boolean): FileKind | undefined {
  const kind = detectKind({ name: path, text });
  if (kind !== undefined || !unreadable) return kind;
  return /\.ya?ml$/i.test(path) && text.includes('\0') ? 'kubernetes' : undefined;
}
