// Whether the aliases of a document may lead to more reading than is allowed.
import type { YamlNode } from './node.js';
import type { YamlTree } from './tree.js';

/** Values that are read through aliases; far below the limit at which reading stops. */
const harmless = 20_000;

/** False where reading everything through every alias stays far below the limit. */
export function mayExpandFar({ uses }: YamlTree): boolean {
  let total = 0;
  for (const [node, users] of uses) {
    const size = sizeOf(node, harmless);
    total += size * users;
    if (total > harmless) return true;
  }
  return false;
}

/** How many values are in a node; as many as `most` where an alias in it may lead anywhere. */
function sizeOf(root: YamlNode, most: number): number {
  let size = 0;
  const waiting: (YamlNode | undefined)[] = [root];
  while (waiting.length > 0 && size < most) {
    const node = waiting.pop();
    size++;
    if (node?.kind === 'alias') return most;
    if (node?.kind === 'map') for (const pair of node.pairs) waiting.push(pair.value);
    else if (node?.kind === 'sequence') for (const item of node.items) waiting.push(item.value);
  }
  return size;
}
