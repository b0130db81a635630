// Where something is missing: the innermost thing that is there on the way to it.
import type { Slot } from '../../model/located.js';
import type { Place, Span } from '../../text/span.js';
import { resolve, type YamlSlot } from './document.js';
import type { YamlNode } from './node.js';

/** The key or item of the innermost thing on the way to a slot; undefined where the document itself lacks it. */
export function lackingAt(slot: Slot): Place | undefined {
  if (!isYamlSlot(slot)) return undefined;
  const { document, path } = slot;
  let node: YamlNode | undefined = document.tree.root;
  let last: Span | undefined;
  for (const step of path) {
    const map = resolve(node).node;
    if (map?.kind === 'map' && typeof step === 'string') {
      const pair = document.effective(map).get(step)?.pair;
      if (pair === undefined) break;
      last = pair.key?.span ?? pair.span;
      node = pair.value;
    } else if (map?.kind === 'sequence' && typeof step === 'number') {
      const item = map.items[step];
      if (item === undefined) break;
      last = item.span;
      node = item.value;
    } else break;
  }
  return last === undefined ? undefined : document.place(last);
}

function isYamlSlot(slot: Slot): slot is YamlSlot {
  return slot.language === 'yaml' && 'document' in slot && 'path' in slot;
}
