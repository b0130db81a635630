// Lines, indentation and the room that a part of a block collection takes, comments included.

import { leading } from '../../text/leading.js';
import type { Span } from '../../text/span.js';
import type { YamlItem, YamlMap, YamlNode, YamlPair, YamlSequence } from './node.js';
import type { YamlTree } from './tree.js';

/** Where the line of an offset begins; behind a byte order mark. */
export function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && offset > 0 && text.charCodeAt(0) === 0xfeff ? 1 : start;
}

/** The end of the line of an offset, before its line end. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return newline > offset && text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline;
}

/** The start of the line below; the end of the text where there is none. */
function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

/** Whether only blanks stand before the offset on its line. */
export function opensLine(text: string, offset: number): boolean {
  return /^[ \t]*$/.test(text.slice(lineStart(text, offset), offset));
}

/** The column of the first thing in a block collection; undefined where a tab makes it unclear. */
export function columnAt(text: string, offset: number): number | undefined {
  const before = text.slice(lineStart(text, offset), offset);
  return /^[ \-?:]*$/.test(before) ? before.length : undefined;
}

/** The offset behind blanks, line ends and comments, but not behind `to`. */
export function skipSpace(text: string, from: number, to: number): number {
  let i = from;
  while (i < to) {
    const unit = text[i];
    if (unit === '#') i = lineEnd(text, i);
    else if (unit === ' ' || unit === '\t' || unit === '\r' || unit === '\n' || unit === '\uFEFF') i++;
    else break;
  }
  return Math.min(i, to);
}

/**
 * Where a part of a block collection ends: behind the comment on its last line and the comments below that are indented
 * deeper than itself. Before the line end.
 */
export function blockEnd(tree: YamlTree, part: Span): number {
  const { text } = tree;
  let end = lineEnd(text, part.end);
  if (keepsLineEnds(tree, part.end)) end = endOfBlankLines(text, end);
  const column = columnAt(text, part.start) ?? 0;
  for (let line = nextLine(text, end); line < text.length; line = nextLine(text, line)) {
    const own = text.slice(line, lineEnd(text, line));
    const indent = own.search(/[^ \t]/);
    if (indent < 0) continue;
    if (own[indent] !== '#' || indent <= column) break;
    end = lineEnd(text, line);
  }
  return end;
}

/** The lines from `start` to `end`, so that taking them away leaves the lines around them as they are. */
export function wholeLines(tree: YamlTree, start: number, end: number): Span {
  const { text } = tree;
  const first = lineStart(text, start);
  const kept = keepsLineEnds(tree, first);
  // Blank lines below would be added to a block scalar above that keeps them.
  const last = nextLine(text, kept ? endOfBlankLines(text, end) : end);
  if (text.endsWith('\n') || last < text.length || kept) return { start: first, end: last };
  // The text ends without a line end, and shall do so again.
  let before = first;
  while (before > 0 && (text[before - 1] === '\n' || text[before - 1] === '\r')) before--;
  return { start: before, end: last };
}

/** The end of the last of the blank lines that follow; `end` where none does. */
function endOfBlankLines(text: string, end: number): number {
  let last = end;
  for (let line = nextLine(text, end); line < text.length; line = nextLine(text, line)) {
    if (/[^ \t\r]/.test(text.slice(line, lineEnd(text, line)))) break;
    last = lineEnd(text, line);
  }
  return last;
}

/** Whether the last leaf before an offset is a block scalar that keeps its line ends, with no comment behind it. */
export function keepsLineEnds(tree: YamlTree, offset: number): boolean {
  const { text, leaves } = tree;
  const leaf = leaves[leafIndex(leaves, offset) - 1];
  if (leaf === undefined || !/^[|>][1-9]?\+/.test(text.slice(leaf.start, leaf.start + 3))) return false;
  return !/[^\s]/.test(text.slice(leaf.end, offset));
}

/** The number of leaves that end at or before an offset. */
function leafIndex(leaves: readonly Span[], offset: number): number {
  return leading(leaves, ({ end }) => end <= offset);
}

/** Whether a comment stands in a span. */
export function hasComment(tree: YamlTree, span: Span): boolean {
  const { text, leaves } = tree;
  let from = span.start;
  for (let i = leafIndex(leaves, from); from < span.end; i++) {
    const leaf = leaves[i] ?? { start: text.length, end: text.length };
    // The header of a block scalar may hold a comment too.
    const block = text[leaf.start] === '|' || text[leaf.start] === '>';
    const to = Math.min(span.end, block ? lineEnd(text, leaf.start) : leaf.start);
    const before = from === 0 ? '\n' : text[from - 1];
    if (/[\s\uFEFF]#/.test(before + text.slice(from, to))) return true;
    from = Math.max(from + 1, leaf.end);
  }
  return false;
}

/** The parts of a collection, pairs or items. */
export function partsOf(container: YamlMap | YamlSequence): readonly (YamlPair | YamlItem)[] {
  return container.kind === 'map' ? container.pairs : container.items;
}

/** Whether brackets or braces of its own stand around it: the map in `[a: 1]` has none. */
export function isBracketed(text: string, container: YamlMap | YamlSequence): boolean {
  return text[container.span.start] === (container.kind === 'map' ? '{' : '[');
}

/** The offset behind what a value follows: the `:` or `-`, and the anchor and tag of the value. */
export function behindIndicator(text: string, part: YamlPair | YamlItem): number | undefined {
  const indicator = 'dash' in part ? part.dash : part.colon;
  if (indicator === undefined) return undefined;
  return behindProperties(text, part.value, indicator + 1);
}

function behindProperties(text: string, node: YamlNode | undefined, otherwise: number): number {
  if (node === undefined || (node.anchor === undefined && node.tag === undefined)) return otherwise;
  let end = otherwise;
  const property = /&[^\s,[\]{}]+|!<[^>\s]*>|![^\s,[\]{}]*/y;
  property.lastIndex = node.start;
  while (property.test(text)) {
    end = property.lastIndex;
    property.lastIndex = skipSpace(text, end, text.length);
  }
  return end;
}
