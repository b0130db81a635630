// The YAML tree that adapters and edits see. Offsets are relative to the slice that the tree was made from, so that a
// tree can be reused wherever its slice moves to.
import type { Span } from '../../text/span.js';

export type YamlNode = YamlMap | YamlSequence | YamlScalar | YamlAlias;

interface NodeBase {
  /** The value itself, without anchor and tag; without the line end behind a block collection or block scalar. */
  readonly span: Span;
  /** Where its anchor or tag begins; `span.start` where it has none. */
  readonly start: number;
  /** The name of its anchor. */
  readonly anchor: string | undefined;
  /** As written, e.g. `!reset`. */
  readonly tag: string | undefined;
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export interface YamlScalar extends NodeBase {
  readonly kind: 'scalar';
  readonly style: ScalarStyle;
  /** Decoded: escapes and folds are resolved. The type is for the reader to decide. */
  readonly value: string;
}

export interface YamlAlias extends NodeBase {
  readonly kind: 'alias';
  /** Without its `*`. */
  readonly name: string;
  /** The anchored node; undefined where there is none before the alias. Never an alias itself. */
  readonly target: Exclude<YamlNode, YamlAlias> | undefined;
}

export interface YamlPair {
  readonly key: YamlNode | undefined;
  /** The decoded text of a scalar key (an alias to one included). */
  readonly name: string | undefined;
  /** Whether it is a merge key: `<<` without quotes. */
  readonly merge: boolean;
  /** The offset of its `:`; undefined in `{ a }` and `? a`. */
  readonly colon: number | undefined;
  /** Undefined where nothing is written behind the key. */
  readonly value: YamlNode | undefined;
  /** From the key (or `?`) to the end of the value. */
  readonly span: Span;
}

export interface YamlMap extends NodeBase {
  readonly kind: 'map';
  readonly flow: boolean;
  readonly pairs: readonly YamlPair[];
}

export interface YamlItem {
  /** The offset of its `-`; undefined in flow style. */
  readonly dash: number | undefined;
  readonly value: YamlNode | undefined;
  /** From the dash (in flow style: the value) to the end of the value. */
  readonly span: Span;
}

export interface YamlSequence extends NodeBase {
  readonly kind: 'sequence';
  readonly flow: boolean;
  readonly items: readonly YamlItem[];
}

/** Whether a node stands for nothing: `~`, `null` or an empty plain scalar. */
export function isNull(node: YamlNode | undefined): boolean {
  if (node === undefined) return true;
  if (node.kind !== 'scalar' || node.style !== 'plain') return false;
  return node.value === '' || node.value === '~' || /^(?:null|Null|NULL)$/.test(node.value);
}
