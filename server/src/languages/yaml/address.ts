// The way to a place in a document, in words that stay when lines move.
import { lastStartingBy } from './comments.js';
import { resolve } from './document.js';
import type { YamlItem, YamlNode } from './node.js';

/** Longer ways are cut: a path names a place, it need not tell all of it. In UTF-16 units. */
const longest = 1000;

/** Keys with dots between them; `[name]` for the item of a list that has a name, `[]` for another one. */
export function pathTo(root: YamlNode | undefined, offset: number): string {
  let path = '';
  let node = root;
  while (node !== undefined && path.length < longest) {
    if (node.kind === 'map') {
      const pair = partAt(node.pairs, offset);
      if (pair === undefined) break;
      path += `${path === '' ? '' : '.'}${pair.name ?? '?'}`;
      node = pair.value;
    } else if (node.kind === 'sequence') {
      const item = partAt(node.items, offset);
      if (item === undefined) break;
      path += `[${nameOf(item)}]`;
      node = item.value;
    } else {
      break;
    }
  }
  return path.slice(0, longest);
}

function partAt<T extends { readonly span: { readonly end: number; readonly start: number } }>(
  parts: readonly T[],
  offset: number,
): T | undefined {
  const part = parts[lastStartingBy(parts, offset)];
  return part === undefined || part.span.end < offset ? undefined : part;
}

/** What tells an item from its neighbours: containers, volumes and variables of Kubernetes all have a `name`. */
function nameOf(item: YamlItem): string {
  const { node } = resolve(item.value);
  if (node?.kind !== 'map') return '';
  const name = resolve(node.pairs.find((pair) => pair.name === 'name')?.value).node;
  return name?.kind === 'scalar' ? name.value.slice(0, 100) : '';
}
