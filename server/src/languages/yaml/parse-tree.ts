import { packageTree } from './package-tree.js';
import { quickTree } from './quick-tree.js';
import type { YamlTree } from './tree.js';

/** Parses the text of one slice. Never throws; what cannot be read is in `errors`, what can is in `root`. */
export function parseTree(text: string): YamlTree {
  return quickTree(text) ?? packageTree(text);
}
