// Follows the path of a slot through what is written, and says where it leaves it.
import { resolve, type YamlDocument, type YamlSlot } from './document.js';
import {
  isNull,
  type YamlAlias,
  type YamlItem,
  type YamlMap,
  type YamlNode,
  type YamlPair,
  type YamlSequence,
} from './node.js';

/** One part of the path that is written: the pair or item, and the collection that it stands in. */
export interface Step {
  readonly container: YamlMap | YamlSequence;
  readonly index: number;
  readonly part: YamlPair | YamlItem;
}

/** The parts of a path that are left; never empty. */
export type Rest = readonly [string | number, ...(string | number)[]];

/** `steps` is as much of the path as is written in place, from the root. */
export type Way =
  /** All of it. The node may be an alias. */
  | { readonly kind: 'written'; readonly steps: readonly Step[]; readonly node: YamlNode | undefined }
  /** An alias stands in for the rest. */
  | { readonly kind: 'aliased'; readonly steps: readonly Step[]; readonly node: YamlAlias; readonly rest: Rest }
  /** The map gets the next key by a merge, from another pair. */
  | {
      readonly kind: 'merged';
      readonly steps: readonly Step[];
      readonly node: YamlMap;
      readonly from: YamlPair;
      readonly rest: Rest;
    }
  /** The node (a map, a null, or a list that is shorter) does not have it. */
  | {
      readonly kind: 'missing';
      readonly steps: readonly Step[];
      readonly node: Exclude<YamlNode, YamlAlias> | undefined;
      readonly rest: Rest;
    };

/** Undefined where the way is blocked: by a duplicate key, or by something that is no collection. */
export function follow({ document, path }: YamlSlot): Way | undefined {
  const steps: Step[] = [];
  let node = document.tree.root;
  for (const [depth, next] of path.entries()) {
    const rest: Rest = [next, ...path.slice(depth + 1)];
    if (node?.kind === 'alias') return { kind: 'aliased', steps, node, rest };
    if (isNull(node)) return { kind: 'missing', steps, node, rest };
    if (node?.kind === 'map' && typeof next === 'string') {
      const indices = indicesOf(node).get(next);
      if (indices === undefined) return offTheMap(document, steps, node, rest);
      const [index] = indices;
      const part = node.pairs[index];
      if (indices.length > 1 || part === undefined) return undefined;
      steps.push({ container: node, index, part });
      node = part.value;
    } else if (node?.kind === 'map' && typeof next === 'number') {
      const part = node.pairs[next];
      if (part === undefined) return undefined;
      steps.push({ container: node, index: next, part });
      node = part.value;
    } else if (node?.kind === 'sequence' && typeof next === 'number') {
      const part = node.items[next];
      if (part === undefined) return { kind: 'missing', steps, node, rest };
      steps.push({ container: node, index: next, part });
      node = part.value;
    } else return undefined;
  }
  return { kind: 'written', steps, node };
}

type Indices = readonly [first: number, ...others: number[]];

/** The pairs of maps by name. A map of thousands of services has as many fixes below it, each of which looks for its own. */
const named = new WeakMap<YamlMap, ReadonlyMap<string, Indices>>();

function indicesOf(map: YamlMap): ReadonlyMap<string, Indices> {
  const known = named.get(map);
  if (known !== undefined) return known;
  const indices = new Map<string, [number, ...number[]]>();
  for (const [index, { name, merge }] of map.pairs.entries()) {
    if (name === undefined || merge) continue;
    const same = indices.get(name);
    if (same === undefined) indices.set(name, [index]);
    else same.push(index);
  }
  named.set(map, indices);
  return indices;
}

function offTheMap(document: YamlDocument, steps: readonly Step[], node: YamlMap, rest: Rest): Way | undefined {
  const entry = document.effective(node).get(String(rest[0]));
  if (entry === undefined) return { kind: 'missing', steps, node, rest };
  return entry.duplicate ? undefined : { kind: 'merged', steps, node, from: entry.pair, rest };
}

/** Whether a map would get the key by a merge if it did not have it itself. */
export function isMergedToo(document: YamlDocument, map: YamlMap, key: string): boolean {
  return map.pairs.some((pair) => {
    if (!pair.merge) return false;
    const source = resolve(pair.value).node;
    const sources = source?.kind === 'sequence' ? source.items.map((item) => resolve(item.value).node) : [source];
    return sources.some((one) => one?.kind === 'map' && document.effective(one).has(key));
  });
}
