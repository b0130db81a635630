import { configNames } from '../../service/config-files.js';
import { FilesError } from '../../service/files.js';
import { join } from '../../service/paths.js';
import { readArguments } from '../args.js';
import type { Command } from '../run.js';
import { UsageError } from '../usage-error.js';

/** Every key, with its default or an example, so that it can be used as it is. */
export const initialConfig = `# Settings of Plimsoll for this folder and all below it. A .plimsoll.yaml further down wins alone for its folder.

# Which rules run: recommended (few and certain), strict (also what good practice asks for), all.
profile: recommended

# How loud a rule is (off, hint, info, warning, error), and its options. 'plimsoll rules' lists the rules.
rules:
  # image-latest-tag: error
  # untrusted-registry: off

# Registries, and repositories in them, whose images may be used. Any others are reported.
# trustedRegistries:
#   - default # the list that is built in
#   - registry.example.com

# The Kubernetes version that manifests are judged for; the newest one when it is left out.
# kubernetesVersion: '1.31'

# What is not checked, with the meaning of .gitignore. What .gitignore files and the usual vendored folders
# (node_modules, vendor, …) hold is left out anyhow; '!vendor/' brings a folder back.
exclude:
  # - legacy/
`;

export const initCommand: Command = async (words, { cwd, files, stdout }) => {
  const [extra] = readArguments('init', {}, words).positionals;
  if (extra !== undefined) throw new UsageError(`'plimsoll init' takes no '${extra}'.`);
  const [name = ''] = configNames;
  try {
    for (const known of configNames) {
      if ((await files.stat(join(cwd, known))) !== undefined) {
        throw new UsageError(`${known} is here already; it was left as it is.`);
      }
    }
    await files.create(join(cwd, name), initialConfig);
  } catch (error) {
    if (error instanceof FilesError) throw new UsageError(`${name} could not be written: ${error.message}.`);
    throw error;
  }
  stdout.write(`Wrote ${name}. What next: plimsoll lint\n`);
  return 0;
};
