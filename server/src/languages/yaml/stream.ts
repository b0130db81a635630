// A YAML file as a list of documents, each parsed when it is first looked at and kept as long as its text stays.
import type { Span } from '../../text/span.js';
import { parseTree } from './parse-tree.js';
import { sliceDocuments } from './slices.js';
import type { YamlTree } from './tree.js';

/** More documents than this are not read: a stated limit instead of an endless file. */
export const maxDocuments = 20_000;

export interface Slice {
  /** In the file. */
  readonly span: Span;
  /** Parsed on first use. */
  tree(): YamlTree;
}

export interface YamlStream {
  readonly slices: readonly Slice[];
  /** Where the documents that are not read begin. */
  readonly beyondLimit: Span | undefined;
}

type LazyTree = () => YamlTree;

/** What a stream keeps for the next reading of the same file: trees by the text of their slice. */
const treesOf = new WeakMap<YamlStream, ReadonlyMap<string, LazyTree>>();

/** Cuts a text into documents. Slices whose text stands in `previous` too share its trees, wherever they moved. */
export function readStream(text: string, previous?: YamlStream): YamlStream {
  const known = previous === undefined ? undefined : treesOf.get(previous);
  const trees = new Map<string, LazyTree>();
  const spans = sliceDocuments(text);
  const slices = spans.slice(0, maxDocuments).map((span): Slice => {
    const sliceText = text.slice(span.start, span.end);
    const tree = trees.get(sliceText) ?? known?.get(sliceText) ?? lazyTree(sliceText);
    trees.set(sliceText, tree);
    return { span, tree };
  });
  const beyond = spans[maxDocuments];
  const stream = { slices, beyondLimit: beyond === undefined ? undefined : { start: beyond.start, end: beyond.end } };
  treesOf.set(stream, trees);
  return stream;
}

function lazyTree(text: string): LazyTree {
  let tree: YamlTree | undefined;
  return () => {
    tree ??= parseTree(text);
    return tree;
  };
}
