// Lints files and folders, and hands the results out one by one.

import { podSecurityMark } from '../model/kubernetes/pod-security-labels.js';
import { below, folderOf } from '../model/paths.js';
import { discover, leavesOut, type Unreadable } from './discover.js';
import { type Files, FilesError } from './files.js';
import { readAhead } from './read-ahead.js';
import { type LintedFile, openWorkspace, type Passed, type Workspace, type WorkspaceRequest } from './workspace.js';

const mark: Uint8Array = new TextEncoder().encode(podSecurityMark);
/** The keys of a Compose file that name others. */
const namingKeys: readonly Uint8Array[] = ['include', 'extends'].map((key) => new TextEncoder().encode(key));

export type WorkspaceStep =
  /** First of all: how many files will be opened, and how many not because they are not `among` those to look at. */
  | { readonly step: 'found'; readonly total: number; readonly unchanged: number }
  /** Last: what a config file says of a run as a whole, and has no effect. */
  | { readonly step: 'unapplied'; readonly note: Unreadable }
  /** `requested`: named, or met below what was named; the others are config files that speak for one of those. */
  | { readonly step: 'linted'; readonly file: LintedFile; readonly requested: boolean }
  /** Opened, and not judged. */
  | { readonly step: 'passed'; readonly path: string; readonly named: boolean; readonly as: Passed | 'excluded' }
  | { readonly step: 'failed'; readonly problem: Unreadable };

export interface LintChoice {
  /** Only these files are linted; undefined: all that are found. */
  readonly among?: ReadonlySet<string> | undefined;
  /** Whether a file is left out that the configuration excludes, though it is named. */
  readonly forceExclude?: boolean | undefined;
}

/**
 * Lints what is named, and everything below the folders among it, in the order of the paths; config files come last,
 * since what is linted decides which of their ignores are of use.
 */
export async function* lintWorkspace(
  request: WorkspaceRequest,
  paths: readonly string[],
  { among, forceExclude }: LintChoice = {},
): AsyncGenerator<WorkspaceStep, void, undefined> {
  const workspace = openWorkspace(request);
  const { files } = request;
  const { found: all, excluded, unreadable } = await discover(files, paths, workspace.configurations, forceExclude);
  const found = among === undefined ? all : all.filter(({ path }) => among.has(path));
  const reported = new Set<string>();
  const failed = function* (problems: Iterable<Unreadable>): Generator<WorkspaceStep> {
    for (const problem of problems) {
      if (reported.has(problem.path)) continue;
      reported.add(problem.path);
      yield { step: 'failed', problem };
    }
  };
  const [configs, others] = partition(found, ({ path }) => workspace.isConfig(path));
  const ahead = readAhead(
    request.files,
    [...others, ...configs].map(({ path }) => path),
  );
  const lint = async function* (asked: Asked): AsyncGenerator<WorkspaceStep, void, undefined> {
    const { path } = asked;
    for await (const step of stepOf(asked, async () => checked(await workspace.lint(path, await ahead.read(path))))) {
      if (step.step === 'linted') workspace.take(step.file);
      if (step.step === 'failed') yield* failed([step.problem]);
      else yield step;
    }
  };
  const learned = await learnSurroundings(
    workspace,
    files,
    all.map(({ path }) => path),
  );
  yield { step: 'found', total: found.length, unchanged: all.length - found.length };
  yield* failed([...unreadable, ...learned]);
  for (const path of excluded) yield { step: 'passed', path, named: true, as: 'excluded' };
  const last = new Map(configs.map((config) => [config.path, config]));
  for (const file of others) {
    yield* failed(await workspace.prepare(file.path));
    // Until somebody was found to extend it, nothing told that this is a config file.
    if (workspace.isConfig(file.path)) last.set(file.path, file);
    else yield* lint({ ...file, requested: true });
  }
  if (reported.size === 0 && among === undefined)
    workspace.settle((base) => paths.some((path) => below(path, base) !== undefined));
  for (const config of last.values()) {
    yield* failed(await workspace.prepare(config.path));
    yield* lint({ ...config, requested: true });
  }
  // What a config file says wrong concerns everything that it speaks for, wherever it stands.
  for (const path of workspace.usedConfigs()) {
    if (last.has(path)) continue;
    yield* failed(await workspace.prepare(path));
    yield* lint({ path, named: false, requested: false });
  }
  for (const note of workspace.unapplied()) yield { step: 'unapplied', note };
}

/**
 * What namespaces ask of the pods in them, and which files Compose projects take in, has to be known before the first
 * file is judged, for each is told of once. Few files say anything of it, and their bytes tell. Gives what could not be
 * read of their configuration.
 */
async function learnSurroundings(
  workspace: Workspace,
  files: Files,
  paths: readonly string[],
): Promise<readonly Unreadable[]> {
  const problems: Unreadable[] = [];
  const candidates = paths.filter((path) => /\.ya?ml$/i.test(path) && !workspace.isConfig(path));
  const ahead = readAhead(files, candidates);
  for (const path of candidates) {
    try {
      const bytes = await ahead.read(path);
      if (namingKeys.some((key) => holds(bytes, key))) await workspace.meet(path, bytes);
      if (!holds(bytes, mark)) continue;
      problems.push(...(await workspace.prepare(path)));
      const linted = await workspace.lint(path, bytes);
      if (typeof linted !== 'string') workspace.take(linted);
    } catch {
      // Whoever lints the file says what is wrong with it.
    }
  }
  return problems;
}

/** Searches the bytes as they are: decoding every file for a word would take longer than the word is worth. */
function holds(bytes: Uint8Array, word: Uint8Array): boolean {
  const [first = 0] = word;
  for (let i = bytes.indexOf(first); i >= 0; i = bytes.indexOf(first, i + 1)) {
    if (word.every((byte, index) => bytes[i + index] === byte)) return true;
  }
  return false;
}

function partition<T>(all: readonly T[], is: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(is), all.filter((one) => !is(one))];
}

/** Lints bytes that come from elsewhere as if they were the contents of a file. */
export async function* lintBytes(
  request: WorkspaceRequest,
  path: string,
  bytes: Uint8Array,
  { forceExclude = false }: Pick<LintChoice, 'forceExclude'> = {},
): AsyncGenerator<WorkspaceStep, void, undefined> {
  const workspace = openWorkspace(request);
  yield { step: 'found', total: 1, unchanged: 0 };
  const problems = await workspace.prepare(path);
  for (const problem of problems) yield { step: 'failed', problem };
  if (forceExclude && problems.length === 0 && leavesOut(await workspace.configurations.of(folderOf(path)), path)) {
    yield { step: 'passed', path, named: true, as: 'excluded' };
    return;
  }
  yield* stepOf({ path, named: true, requested: true }, async () => checked(await workspace.lint(path, bytes)));
  for (const note of workspace.unapplied()) yield { step: 'unapplied', note };
}

/** A file with all that there is to say of it. */
async function checked(file: LintedFile | Passed): Promise<LintedFile | Passed> {
  return typeof file === 'string' ? file : { ...file, ...(await file.checked(file)) };
}

interface Asked {
  readonly path: string;
  readonly named: boolean;
  readonly requested: boolean;
}

async function* stepOf(
  { path, named, requested }: Asked,
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
