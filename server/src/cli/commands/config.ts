import { folderOf, join } from '../../model/paths.js';
import { allRules } from '../../rules/all.js';
import { effectiveConfig } from '../../service/effective.js';
import { openWorkspace } from '../../service/workspace.js';
import { readArguments } from '../args.js';
import { configFlags } from '../config-flags.js';
import { absolutePath } from '../local-paths.js';
import { relativeTo } from '../report.js';
import type { Command } from '../run.js';
import { readSettings, requireConfig } from '../settings-options.js';
import { UsageError } from '../usage-error.js';
import { visible } from '../visible.js';

export const configCommand: Command = async (words, io) => {
  const { cwd, files, stdout, stderr } = io;
  const args = readArguments('config', configFlags, words);
  const [named, extra] = args.positionals;
  if (extra !== undefined)
    throw new UsageError(`'plimsoll config' takes one file or folder, and '${extra}' is another.`);
  const settings = readSettings(args, io, allRules);
  await requireConfig(settings, io);
  const subject = named === undefined ? cwd : absolutePath(cwd, named);
  // A file that is not there yet has settings, too.
  const isFolder = (await files.stat(subject)) === 'folder';
  // Patterns of files do not speak of a folder: those of no file in it do.
  const path = isFolder ? join(subject, '.') : subject;
  const workspace = openWorkspace({ files, root: cwd, rules: allRules, ...settings, today: io.today() });
  const problems = await workspace.prepare(path);
  for (const problem of problems) {
    stderr.write(`plimsoll: ${visible(relativeTo(cwd, problem.path))}: ${visible(problem.message)}\n`);
  }
  if (problems.length > 0) return 2;
  stdout.write(
    effectiveConfig({
      effective: workspace.effective(path),
      found: await workspace.configurations.of(folderOf(path)),
      hadolint: workspace.hadolint(path),
      overrides: settings.overrides,
      rules: allRules,
      subject: isFolder ? `${relativeTo(cwd, subject)}/` : relativeTo(cwd, subject),
      nameOf: (file) => relativeTo(cwd, file),
    }),
  );
  return 0;
};
