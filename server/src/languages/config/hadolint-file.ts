// What hadolint's configuration is called. Apart from its reader, which loads the parser of YAML.
import { nameOf } from '../../model/paths.js';

/** What the file may be called; the first one counts. */
export const hadolintNames: readonly string[] = ['.hadolint.yaml', '.hadolint.yml'];

export function isHadolintConfig(path: string): boolean {
  return hadolintNames.includes(nameOf(path));
}
