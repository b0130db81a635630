// Comments, and what a comment that stands alone speaks of.
import type { Comment } from '../../engine/language.js';
import { leading } from '../../text/leading.js';
import { lineStartAt } from '../../text/line-start.js';
import type { Span } from '../../text/span.js';
import { keepsLineEnds } from './layout.js';
import type { YamlNode } from './node.js';
import type { YamlTree } from './tree.js';

/**
 * The comments of a slice, relative to it: what follows a `#` at the start of a line or behind a blank, outside every
 * scalar (YAML 1.2.2, 6.6).
 */
export function commentsOf(tree: YamlTree): readonly Comment[] {
  const { text, leaves } = tree;
  const found: Comment[] = [];
  let index = 0;
  for (let at = text.indexOf('#'); at >= 0; ) {
    for (let end = leaves[index]?.end; end !== undefined && end <= at; end = leaves[index]?.end) index++;
    const leaf = leaves[index];
    let behind = at + 1;
    if (leaf !== undefined && leaf.start <= at && !isInBlockHeader(text, leaf, at)) behind = leaf.end;
    else if (isBlank(text, at - 1)) {
      const comment = commentAt(tree, at);
      found.push(comment);
      behind = comment.span.end;
    }
    at = text.indexOf('#', behind);
  }
  return found;
}

/** The header of a block scalar may have a comment of its own; its body may not. */
function isInBlockHeader(text: string, leaf: Span, offset: number): boolean {
  const unit = text[leaf.start];
  if (unit !== '|' && unit !== '>') return false;
  const newline = text.indexOf('\n', leaf.start);
  return newline < 0 || offset < newline;
}

/** Whether a comment may begin behind this offset. */
function isBlank(text: string, offset: number): boolean {
  return offset < 0 || /[ \t\r\n\uFEFF]/.test(text[offset] ?? '');
}

function commentAt(tree: YamlTree, start: number): Comment {
  const { text } = tree;
  const newline = text.indexOf('\n', start);
  let end = newline < 0 ? text.length : newline;
  if (text[end - 1] === '\r') end--;
  const lineStart = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
  const trailing = /[^\s\uFEFF]/.test(text.slice(lineStart, start));
  // Blank lines below would be added to a block scalar above that keeps them.
  const separates = !trailing && newline >= 0 && isBlankLine(text, newline + 1) && keepsLineEnds(tree, start);
  return { span: { start, end }, trailing, ...(separates ? { separates } : {}) };
}

function isBlankLine(text: string, start: number): boolean {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? text.length : end).trim() === '';
}

/**
 * The pair or list item that begins on the first line below `offset` that is no comment, with all below it. Where several
 * begin there, the outermost one that does.
 */
export function scopeBelow(tree: YamlTree, offset: number): Span | undefined {
  const { text } = tree;
  const line = contentLineBelow(tree, offset);
  if (line === undefined) return undefined;
  const first = text.slice(line).search(/[^ \t]/) + line;
  return findStartingAt(tree.root, first);
}

/** The largest node, pair or list item that begins on the line of an offset. */
export function blockAt({ text, root }: YamlTree, offset: number): Span | undefined {
  let first = lineStartAt(text, offset);
  while (text[first] === ' ' || text[first] === '\t' || text[first] === '\uFEFF') first++;
  return root?.span.start === first ? root.span : findStartingAt(root, first);
}

interface Gap {
  readonly start: number;
  /** The first line of content below; undefined where none follows. */
  readonly line: number | undefined;
}

/** The last gap between contents that was passed. Thousands of comments above one item would each pass the others. */
const gaps = new WeakMap<YamlTree, Gap>();

function contentLineBelow(tree: YamlTree, offset: number): number | undefined {
  const known = gaps.get(tree);
  if (known !== undefined && known.start <= offset && offset < (known.line ?? tree.text.length)) return known.line;
  const line = nextContentLine(tree.text, offset);
  gaps.set(tree, { start: offset, line });
  return line;
}

function nextContentLine(text: string, offset: number): number | undefined {
  let line = text.indexOf('\n', offset) + 1;
  while (line > 0 && line < text.length) {
    const end = text.indexOf('\n', line);
    const content = text.slice(line, end < 0 ? text.length : end).trim();
    if (content !== '' && !content.startsWith('#') && content !== '---') return line;
    line = end + 1;
  }
  return undefined;
}

/** The index of the last part that begins at the offset or before it; -1 where all begin behind it. */
export function lastStartingBy(parts: readonly { readonly span: Span }[], offset: number): number {
  return leading(parts, ({ span }) => span.start <= offset) - 1;
}

/** Loops down the tree: at each level the one child that holds the offset. */
function findStartingAt(root: YamlNode | undefined, offset: number): Span | undefined {
  let node = root;
  while (node !== undefined) {
    const parts: readonly { readonly span: Span; readonly value: YamlNode | undefined }[] =
      node.kind === 'map' ? node.pairs : node.kind === 'sequence' ? node.items : [];
    const part = parts[lastStartingBy(parts, offset)];
    if (part === undefined) return undefined;
    if (part.span.start === offset) return part.span;
    if (part.span.end <= offset) return undefined;
    node = part.value;
  }
  return undefined;
}
