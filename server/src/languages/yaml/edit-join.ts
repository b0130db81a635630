// Makes two items of a list one, with the comments, anchors and style that they have.
import { type Edits, edit } from './edit-write.js';
import { columnAt, hasComment, isBracketed } from './layout.js';
import type { YamlMap, YamlNode } from './node.js';
import type { YamlTree } from './tree.js';
import type { Step } from './way.js';

/** Puts the pairs of an item behind those of the one before it. */
export function joinItem(tree: YamlTree, { container, index, part }: Step): Edits {
  if (container.kind !== 'sequence' || !('dash' in part)) return undefined;
  const [before, own] = [container.items[index - 1]?.value, part.value];
  if (!isPlainMap(before) || !isPlainMap(own) || before.flow !== own.flow) return undefined;
  const [last, first] = [before.pairs.at(-1), own.pairs[0]];
  if (last === undefined || first === undefined || !areApart(before, own)) return undefined;
  if (own.flow) {
    const gap = { start: last.span.end, end: first.key?.start ?? first.span.start };
    const isOpen = !isBracketed(tree.text, before) || !isBracketed(tree.text, own) || hasComment(tree, gap);
    return isOpen ? undefined : [edit(gap.start, gap.end, ', ')];
  }
  const column = columnAt(tree.text, before.span.start);
  if (part.dash === undefined || column === undefined || column !== columnAt(tree.text, own.span.start))
    return undefined;
  return [edit(part.dash, part.dash + 1, ' ')];
}

function isPlainMap(node: YamlNode | undefined): node is YamlMap {
  return node?.kind === 'map' && node.anchor === undefined && node.tag === undefined;
}

/** Whether no key of one is a key of the other; one that cannot be told may be. */
function areApart(one: YamlMap, other: YamlMap): boolean {
  const names = new Set(one.pairs.map(({ name }) => name));
  return !names.has(undefined) && other.pairs.every(({ name }) => name !== undefined && !names.has(name));
}
