import { resolve } from 'node:path';
import { withSlashes } from '../disk/disk-files.js';

/** A path as the user wrote it, from the working directory. */
export function absolutePath(cwd: string, path: string): string {
  return withSlashes(resolve(cwd, path));
}
