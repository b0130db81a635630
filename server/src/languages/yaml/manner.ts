// How a file is written, measured on what stands there.
import { columnAt, partsOf } from './layout.js';
import type { YamlMap, YamlNode, YamlScalar, YamlSequence } from './node.js';
import type { YamlTree } from './tree.js';

export type Quote = 'single' | 'double';

export interface Manner {
  /** How much deeper a block map stands than the key that holds it. */
  readonly step: number;
  /** The same for a block sequence; often 0. */
  readonly sequenceStep: number;
  /** For strings that need quotes. */
  readonly quote: Quote;
  /** Quotes that every string gets, and every key, as in JSON. */
  readonly valueQuote?: Quote | undefined;
  readonly keyQuote?: Quote | undefined;
}

const manners = new WeakMap<YamlTree, Manner>();

/** The manner of a document, measured once. */
export function mannerOf(tree: YamlTree): Manner {
  const known = manners.get(tree);
  if (known !== undefined) return known;
  const manner = measure(tree);
  manners.set(tree, manner);
  return manner;
}

function measure({ text, root }: YamlTree): Manner {
  const steps = new Map<number, number>();
  const sequenceSteps = new Map<number, number>();
  let single = 0;
  let double = 0;
  const open: (YamlNode | undefined)[] = [root];
  for (let left = open.length; left > 0; left = open.length) {
    const node = open.pop();
    if (node?.kind === 'scalar') {
      if (node.style === 'single') single++;
      else if (node.style === 'double') double++;
    } else if (node?.kind === 'map' || node?.kind === 'sequence') {
      for (const part of partsOf(node)) {
        open.push(part.value);
        const child = part.value;
        if (node.kind !== 'map' || node.flow || child === undefined || !isBlock(child)) continue;
        const outer = columnAt(text, part.span.start);
        const inner = columnAt(text, child.span.start);
        if (outer === undefined || inner === undefined || text[part.span.start] === '?') continue;
        const counts = child.kind === 'map' ? steps : sequenceSteps;
        counts.set(inner - outer, (counts.get(inner - outer) ?? 0) + 1);
      }
    }
  }
  const step = Math.max(1, mostFrequent(steps) ?? (mostFrequent(sequenceSteps) || 2));
  return { step, sequenceStep: mostFrequent(sequenceSteps) ?? step, quote: single > double ? 'single' : 'double' };
}

function isBlock(node: YamlNode): node is YamlMap | YamlSequence {
  return (node.kind === 'map' || node.kind === 'sequence') && !node.flow;
}

function mostFrequent(counts: ReadonlyMap<number, number>): number | undefined {
  let best: number | undefined;
  for (const [step, count] of counts) if (best === undefined || count > (counts.get(best) ?? 0)) best = step;
  return best;
}

/** The manner of a collection whose keys or strings are all in quotes already. */
export function mannerIn(manner: Manner, container: YamlMap | YamlSequence): Manner {
  const values: (YamlNode | undefined)[] = partsOf(container).map((part) => part.value);
  if (container.kind === 'sequence') return { ...manner, valueQuote: commonQuote(values) };
  const keyQuote = commonQuote(container.pairs.map((pair) => pair.key));
  return container.flow && keyQuote !== undefined ? { ...manner, keyQuote, valueQuote: keyQuote } : manner;
}

function commonQuote(nodes: readonly (YamlNode | undefined)[]): Quote | undefined {
  const scalars = nodes.filter((node): node is YamlScalar => node?.kind === 'scalar');
  const style = scalars[0]?.style;
  if (style !== 'single' && style !== 'double') return undefined;
  return scalars.every((scalar) => scalar.style === style) ? style : undefined;
}
