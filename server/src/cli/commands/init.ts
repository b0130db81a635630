import { hadolintNames } from '../../languages/config/hadolint-file.js';
import { join } from '../../model/paths.js';
import { allRules } from '../../rules/all.js';
import { configNames } from '../../service/config-files.js';
import { type Files, FilesError } from '../../service/files.js';
import { survey } from '../../service/survey.js';
import { readArguments } from '../args.js';
import { initialConfig } from '../initial-config.js';
import type { Command } from '../run.js';
import { UsageError } from '../usage-error.js';

/** With so many findings on the first day, nobody begins by mending them all. */
const many = 20;

async function hadolintIn(folder: string, files: Files): Promise<string | undefined> {
  for (const name of hadolintNames) if ((await files.stat(join(folder, name))) === 'file') return name;
  return undefined;
}

export const initCommand: Command = async (words, { cwd, files, stdout, today }) => {
  const [extra] = readArguments('init', {}, words).positionals;
  if (extra !== undefined) throw new UsageError(`'plimsoll init' takes no '${extra}'.`);
  const [name = ''] = configNames;
  try {
    for (const known of configNames) {
      if ((await files.stat(join(cwd, known))) !== undefined) {
        throw new UsageError(`${known} is here already; it was left as it is.`);
      }
    }
    const found = await survey(
      { files, root: cwd, rules: allRules, config: { from: 'none' }, overrides: {}, today: today() },
      cwd,
    );
    const hadolint = await hadolintIn(cwd, files);
    await files.create(join(cwd, name), initialConfig(found, hadolint));
    stdout.write(`Wrote ${name}. What next: plimsoll lint\n`);
    if (hadolint !== undefined) stdout.write(`${hadolint} goes on speaking for the Dockerfiles.\n`);
    if (found.findings > many) {
      stdout.write(
        `There are ${found.findings} findings today. To be told of new ones only from now on: plimsoll baseline\n`,
      );
    }
  } catch (error) {
    if (error instanceof FilesError) throw new UsageError(`${name} could not be written: ${error.message}.`);
    throw error;
  }
  return 0;
};
