// What hadolint's configuration is called. Apart from its reader, which loads the parser of YAML.
import { nameOf } from '../../model/paths.js';

/** What the file may be called where it is looked for; the first one counts. */
export const hadolintNames: readonly string[] = ['.hadolint.yaml', '.hadolint.yml'];

/** Whether a file that somebody names is one: without a dot in front it is often called so beside CI's own files. */
export function isHadolintConfig(path: string): boolean {
  return /^(?:.*\.)?hadolint\.ya?ml$/.test(nameOf(path));
}
