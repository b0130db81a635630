// Keys that a map writes more than once.
import { remove } from '../../model/change.js';
import type { Slot } from '../../model/located.js';
import { quoted } from '../../model/quoted.js';
import type { Problem } from '../../model/source-file.js';
import type { Span } from '../../text/span.js';
import type { Path, YamlDocument, YamlSlot } from './document.js';
import type { YamlNode, YamlPair } from './node.js';

export interface DuplicateKey {
  readonly name: string;
  /** The later one of two. Offsets of both count from the start of the file. */
  readonly span: Span;
  readonly earlier: Span;
  /** The pair of the earlier one. */
  readonly slot: Slot;
}

/** In the order of the text, each with the one before it. A merge key is none: see {@link multipleMergeKeys}. */
export function duplicateKeys(document: YamlDocument): readonly DuplicateKey[] {
  const found: DuplicateKey[] = [];
  // Pairs are addressed by their position: their names do not tell them apart.
  const open: { readonly node: YamlNode | undefined; readonly path: Path }[] = [{ node: document.tree.root, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, path } = next;
    if (node?.kind === 'sequence') {
      for (const [index, { value }] of node.items.entries()) {
        if (isCollection(value)) open.push({ node: value, path: [...path, index] });
      }
    } else if (node?.kind === 'map') {
      const seen = new Map<string, number>();
      for (const [index, { key, name, merge, span: all, value }] of node.pairs.entries()) {
        if (isCollection(value)) open.push({ node: value, path: [...path, index] });
        if (name === undefined || merge) continue;
        const before = seen.get(name);
        seen.set(name, index);
        const earlier = before === undefined ? undefined : node.pairs[before];
        if (before === undefined || earlier === undefined) continue;
        const slot = slotAt(document, [...path, before]);
        found.push({ name, span: keyOf(document, { key, span: all }), earlier: keyOf(document, earlier), slot });
      }
    }
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** What is wrong with it, and what follows from that. */
export function duplicateProblem(document: YamlDocument, key: DuplicateKey, consequence: string): Problem {
  return {
    kind: 'duplicate-key',
    at: { file: document.file, span: key.span },
    message: `Key ${quoted(key.name)} is written twice: ${consequence}`,
    fix: { title: 'Remove the earlier one', safety: 'unsafe', changes: [remove(key.slot)] },
  };
}

function keyOf(document: YamlDocument, { key, span }: Pick<YamlPair, 'key' | 'span'>): Span {
  return document.place(key?.span ?? span).span;
}

function isCollection(node: YamlNode | undefined): boolean {
  return node?.kind === 'map' || node?.kind === 'sequence';
}

function slotAt(document: YamlDocument, path: Path): YamlSlot {
  return { language: 'yaml', file: document.file, document, path, floor: path.length - 1 };
}
