import { below, folderOf, join } from '../../model/paths.js';
import { allRules } from '../../rules/all.js';
import { baselineName, baselineText, countOf, type HeldBack, recorded } from '../../service/baseline.js';
import { createBaselines } from '../../service/baselines.js';
import { FilesError } from '../../service/files.js';
import { lintWorkspace } from '../../service/lint-workspace.js';
import { openWorkspace, type WorkspaceRequest } from '../../service/workspace.js';
import { lastValue, readArguments } from '../args.js';
import { baselineFlags } from '../baseline-flags.js';
import type { Io } from '../io.js';
import { absolutePath } from '../local-paths.js';
import { relativeTo } from '../report.js';
import type { Command } from '../run.js';
import { readSettings, requireConfig } from '../settings-options.js';
import { shellCheckNamed, shellChecksOf, troubleOf } from '../shell-check.js';
import { UsageError } from '../usage-error.js';
import { visible } from '../visible.js';
import { count } from '../words.js';

/** Records the findings of today. What cannot be read is told, and then nothing is written. */
export const baselineCommand: Command = async (words, io) => {
  const { cwd, files, stdout, stderr } = io;
  const args = readArguments('baseline', baselineFlags, words);
  const settings = readSettings(args, io, allRules);
  await requireConfig(settings, io);
  const paths = args.positionals.length === 0 ? [cwd] : args.positionals.map((path) => absolutePath(cwd, path));
  const named = lastValue(args, 'file');
  const shellChecks = await shellChecksOf(shellCheckNamed(args), io);
  const request = { files, root: cwd, rules: allRules, ...settings, today: io.today(), shellChecks };
  const target = named === undefined ? await nearest(io, request) : absolutePath(cwd, named);
  const before = await knownTo(target, io);
  const now = new Map<string, HeldBack>();
  const errors: string[] = [];
  for await (const step of lintWorkspace(request, paths)) {
    if (step.step === 'failed') {
      const { path, message } = step.problem;
      // A baseline that cannot be read is what this command mends.
      if (path !== target) errors.push(`${visible(relativeTo(cwd, path))}: ${visible(message)}`);
    } else if (step.step === 'linted') {
      const { file, baseline } = step.file;
      // What another baseline speaks for is its business.
      const isOurs = named !== undefined || baseline === undefined || baseline.path === target;
      if (isOurs) now.set(file.source.id, recorded(step.file));
      for (const { rule } of step.file.failures) {
        errors.push(`${visible(relativeTo(cwd, file.source.id))}: the rule '${rule}' failed here`);
      }
    }
  }
  for (const { file, message } of troubleOf(shellChecks)) errors.push(`${visible(file)}: ${visible(message)}`);
  if (errors.length > 0) {
    for (const error of errors) stderr.write(`plimsoll: ${error}\n`);
    stderr.write('plimsoll: nothing was recorded: what could not be checked would be missing\n');
    return 2;
  }
  const all = new Map([...now].filter(([, held]) => held.size > 0));
  for (const [path, held] of before) {
    // What this run did not look at stays, unless it is gone.
    if (!now.has(path) && (await files.stat(path)) !== undefined) all.set(path, held);
  }
  const folder = folderOf(target);
  const outside = [...all.keys()].find((path) => below(folder, path) === undefined);
  if (outside !== undefined) {
    throw new UsageError(
      `'${relativeTo(cwd, outside)}' does not lie below '${relativeTo(cwd, folder)}', for which this baseline speaks.`,
    );
  }
  await write(
    target,
    baselineText(all, (path) => below(folder, path) ?? path),
    io,
  );
  const total = [...all.values()].reduce((sum, held) => sum + countOf(held), 0);
  const name = visible(relativeTo(cwd, target));
  stdout.write(`Recorded ${count(total, 'finding', 'findings')} of ${count(all.size, 'file', 'files')} in ${name}.\n`);
  stdout.write("Commit it: from now on 'plimsoll lint' and editors tell of new ones only.\n");
  return 0;
};

/** The baseline that speaks for the working directory, or the one to be made there. */
async function nearest({ cwd, files }: Io, request: WorkspaceRequest): Promise<string> {
  const top = await openWorkspace(request).configurations.ceiling(cwd);
  for (let folder = cwd; ; folder = folderOf(folder)) {
    const path = join(folder, baselineName);
    if ((await files.stat(path)) === 'file') return path;
    if (folder === top || folderOf(folder) === folder) return join(cwd, baselineName);
  }
}

/** What a baseline holds back so far; nothing where it is not there, or is not understood. */
async function knownTo(path: string, { files }: Io): Promise<ReadonlyMap<string, HeldBack>> {
  if ((await files.stat(path)) === undefined) return new Map();
  const baselines = createBaselines({ files, choice: { from: 'file', path }, ceiling: async (folder) => folder });
  try {
    return (await baselines.of(folderOf(path)))?.files ?? new Map();
  } catch (error) {
    if (error instanceof FilesError) return new Map();
    throw error;
  }
}

async function write(path: string, text: string, { cwd, files }: Io): Promise<void> {
  try {
    await files.overwrite(path, [new TextEncoder().encode(text)]);
  } catch (error) {
    if (!(error instanceof FilesError)) throw error;
    throw new UsageError(`'${relativeTo(cwd, path)}' could not be written: ${error.message}.`);
  }
}
