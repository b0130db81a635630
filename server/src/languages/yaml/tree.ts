// One document, parsed: what the two readers hand out.
import type { Span } from '../../text/span.js';
import type { YamlNode } from './node.js';

/** Deeper nesting is not composed: the composer recurses, and a stack overflow would end the process on Node 20. */
export const maxDepth = 200;

/**
 * A document of more lexemes is not composed: each costs about a kilobyte, and a heap that is full ends the process. Plain
 * YAML is read without the package and has no such limit.
 */
export const maxLexemes = 500_000;

export interface TreeError {
  /** Relative to the slice. */
  readonly span: Span;
  /** One sentence with its full stop. */
  readonly message: string;
}

/** One document, parsed. All offsets are relative to its slice. */
export interface YamlTree {
  readonly text: string;
  readonly root: YamlNode | undefined;
  readonly errors: readonly TreeError[];
  /** The leaves (scalars and aliases) in the order of the text: what lies between them is structure or comment. */
  readonly leaves: readonly Span[];
  /** How often an alias refers to a node. */
  readonly uses: ReadonlyMap<YamlNode, number>;
  /** Where nesting passes the limit; the tree is then empty. */
  readonly tooDeep: Span | undefined;
  /** Where its size passes the limit; the tree is then empty. */
  readonly tooLarge?: Span;
}
