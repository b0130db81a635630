// Where a path in a Compose file leads.
import { resolveFrom } from '../../../model/paths.js';

/**
 * The path from a folder, with `/` between its parts; undefined for what is no file of this machine (`https://`, `oci://`,
 * `git@host:…`), for `~`, and for paths of Windows.
 */
export function resolvePath(folder: string, written: string): string | undefined {
  if (written === '' || written.startsWith('~') || /^[^/@]*@[^/:]*:/.test(written)) return undefined;
  if (written.startsWith('/')) return resolveFrom('/', written.slice(1));
  return resolveFrom(folder, written);
}
