// Writes values, pairs and items into a document.
import type { TextEdit } from '../../text/edit.js';
import type { Draft } from './draft.js';
import {
  behindIndicator,
  blockEnd,
  columnAt,
  hasComment,
  isBracketed,
  lineEnd,
  lineStart,
  opensLine,
  partsOf,
  skipSpace,
  wholeLines,
} from './layout.js';
import { type Manner, mannerIn, mannerOf } from './manner.js';
import type { YamlMap, YamlNode, YamlScalar, YamlSequence } from './node.js';
import {
  isPlainSafe,
  quoted,
  renderBlock,
  renderFlow,
  renderInline,
  renderItem,
  renderKey,
  renderPair,
} from './render.js';
import type { YamlTree } from './tree.js';
import type { Step } from './way.js';

/** A document that is edited, and the line end of its file. */
export interface Sheet {
  readonly tree: YamlTree;
  readonly newline: string;
}

export type Edits = readonly TextEdit[] | undefined;

export function edit(start: number, end: number, newText: string): TextEdit {
  return { span: { start, end }, newText };
}

/** Puts a value in the place of the one of a step. */
export function replaceValue(sheet: Sheet, step: Step, draft: Draft): Edits {
  const { value } = step.part;
  const { tree } = sheet;
  if (value?.tag !== undefined) return undefined;
  const manner = mannerOf(tree);
  if (step.container.flow) return replaceBySpan(sheet, step, flowText(draft, mannerIn(manner, step.container), value));
  const inline = value?.kind === 'scalar' ? scalarLike(value, draft, false) : undefined;
  const text = inline ?? renderInline(draft, manner);
  if (text === undefined) return replaceByLines(sheet, step, draft);
  if (value === undefined || !isBlock(value)) return replaceBySpan(sheet, step, text);
  const at = behindIndicator(tree.text, step.part);
  if (at === undefined) return undefined;
  if (!opensLine(tree.text, value.span.start)) return [edit(value.span.start, value.span.end, text)];
  const lines = wholeLines(tree, value.span.start, blockEnd(tree, value.span));
  return [edit(at, at, ` ${text}`), edit(lines.start, lines.end, '')];
}

function isBlock(node: YamlNode): boolean {
  return (node.kind === 'map' || node.kind === 'sequence') && !node.flow;
}

/** A string in the quotes of the scalar that it replaces. */
function scalarLike(old: YamlScalar, draft: Draft, inFlow: boolean): string | undefined {
  if (draft.kind !== 'value' || typeof draft.value !== 'string') return undefined;
  if (old.style === 'single' || old.style === 'double') return quoted(draft.value, old.style);
  return isPlainSafe(draft.value, inFlow) ? draft.value : undefined;
}

function flowText(draft: Draft, manner: Manner, old: YamlNode | undefined): string {
  return (old?.kind === 'scalar' ? scalarLike(old, draft, true) : undefined) ?? renderFlow(draft, manner);
}

/** Replaces what stands there and nothing else; writes it behind the `:` or `-` where nothing does. */
function replaceBySpan({ tree }: Sheet, { part }: Step, text: string): Edits {
  const { value } = part;
  if (value !== undefined && value.span.end > value.span.start) {
    const header = value.kind === 'scalar' ? blockHeaderComment(tree, value) : '';
    return [edit(value.span.start, value.span.end, text + header)];
  }
  const at = behindIndicator(tree.text, part);
  if (at !== undefined) return [edit(at, at, ` ${text}`)];
  // `{ a }`: a key without its colon. `? a` would need a line of its own.
  if (!('key' in part) || part.key === undefined || tree.text[part.span.start] === '?') return undefined;
  return [edit(part.key.span.end, part.key.span.end, `: ${text}`)];
}

function blockHeaderComment({ text }: YamlTree, { style, span }: YamlScalar): string {
  if (style !== 'literal' && style !== 'folded') return '';
  return /^[^\s#]*([ \t]+#.*)?/.exec(text.slice(span.start, lineEnd(text, span.start)))?.[1] ?? '';
}

/** Writes a map or list on lines of its own below its key or, without the comments to keep, behind its dash. */
function replaceByLines(sheet: Sheet, step: Step, draft: Draft): Edits {
  const { tree, newline } = sheet;
  const { text } = tree;
  const manner = mannerOf(tree);
  const { part } = step;
  const { value } = part;
  const at = behindIndicator(text, part);
  const column = columnAt(text, part.span.start);
  if (at === undefined || column === undefined) return undefined;
  const lines = renderBlock(draft, manner);
  const ownLine = value !== undefined && value.span.start > at && opensLine(text, value.span.start);
  const bare = value === undefined || value.start === value.span.start;
  if ('dash' in part && bare && !ownLine) {
    const start = value?.span.start ?? at + 1;
    const inner = value === undefined ? column + 2 : columnAt(text, start);
    if (inner === undefined) return undefined;
    const compact = lines.join(newline + ' '.repeat(inner));
    return [value === undefined ? edit(at, at, ` ${compact}`) : edit(start, value.span.end, compact)];
  }
  const deeper =
    draft.kind === 'list' && 'key' in part && text[part.span.start] !== '?' ? manner.sequenceStep : manner.step;
  const pad = ' '.repeat(column + deeper);
  const block = lines.map((line) => pad + line).join(newline);
  if (value === undefined) {
    const end = lineEnd(text, at);
    return [edit(end, end, newline + block)];
  }
  if (!ownLine) {
    const end = lineEnd(text, value.span.end);
    return [edit(at, Math.max(at, value.span.end), ''), edit(end, end, newline + block)];
  }
  const old = wholeLines(tree, value.span.start, blockEnd(tree, value.span));
  const first = lineStart(text, value.span.start);
  if (old.start < first) return [edit(old.start, old.end, newline + block)];
  return [edit(first, old.end, block + (text[old.end - 1] === '\n' ? newline : ''))];
}

/** Adds a pair at the end of a map. `holder` is the step that holds the map. */
export function insertPair(sheet: Sheet, holder: Step | undefined, map: YamlMap, key: string, value: Draft): Edits {
  const { tree } = sheet;
  if (map.pairs.length === 0) return fillEmpty(sheet, holder, map, { kind: 'map', pairs: [[key, value]] });
  const manner = mannerIn(mannerOf(tree), map);
  if (!map.flow) return addLines(sheet, map, renderPair(key, value, manner));
  return addToFlow(sheet, map, `${renderKey(key, manner, true)}: ${renderFlow(value, manner)}`);
}

/** Adds an item at the end of a list. */
export function insertItem(sheet: Sheet, holder: Step | undefined, list: YamlSequence, item: Draft): Edits {
  if (list.items.length === 0) return fillEmpty(sheet, holder, list, { kind: 'list', items: [item] });
  const manner = mannerIn(mannerOf(sheet.tree), list);
  return list.flow ? addToFlow(sheet, list, renderFlow(item, manner)) : addLines(sheet, list, renderItem(item, manner));
}

/** Writes into `{}` or `[]`: in block style where that can stand there. */
function fillEmpty(sheet: Sheet, holder: Step | undefined, empty: YamlMap | YamlSequence, draft: Draft): Edits {
  const { tree, newline } = sheet;
  const { span } = empty;
  if (!isBracketed(tree.text, empty) || hasComment(tree, span)) return undefined;
  if (holder !== undefined && empty.tag === undefined) return replaceValue(sheet, holder, draft);
  const manner = mannerOf(tree);
  const lines = holder === undefined && opensLine(tree.text, span.start) && empty.start === span.start;
  const atMargin = lines && columnAt(tree.text, span.start) === 0;
  return [edit(span.start, span.end, atMargin ? renderBlock(draft, manner).join(newline) : renderFlow(draft, manner))];
}

function addLines({ tree, newline }: Sheet, block: YamlMap | YamlSequence, lines: readonly string[]): Edits {
  const { text } = tree;
  const parts = partsOf(block);
  const first = parts[0];
  const last = parts.at(-1);
  const column = first && columnAt(text, first.span.start);
  if (last === undefined || column === undefined) return undefined;
  // What stands below a `? key` may still belong to it, at whatever column.
  if ('key' in last && last.value === undefined && text[last.span.start] === '?') return undefined;
  const end = blockEnd(tree, last.span);
  return [edit(end, end, lines.map((line) => newline + ' '.repeat(column) + line).join(''))];
}

function addToFlow({ tree, newline }: Sheet, flow: YamlMap | YamlSequence, part: string): Edits {
  const { text } = tree;
  const last = partsOf(flow).at(-1);
  if (last === undefined || !isBracketed(text, flow)) return undefined;
  const behind = skipSpace(text, last.span.end, flow.span.end);
  const comma = text[behind] === ',' ? behind : undefined;
  const closing = skipSpace(text, comma === undefined ? behind : comma + 1, flow.span.end);
  const lineOfLast = lineEnd(text, comma ?? last.span.end);
  if (opensLine(text, last.span.start) && lineOfLast < closing) {
    const pad = text.slice(lineStart(text, last.span.start), last.span.start);
    const line = newline + pad + part;
    if (comma !== undefined) return [edit(lineOfLast, lineOfLast, `${line},`)];
    return [edit(last.span.end, last.span.end, ','), edit(lineOfLast, lineOfLast, line)];
  }
  if (comma !== undefined) return [edit(comma + 1, comma + 1, ` ${part},`)];
  return [edit(last.span.end, last.span.end, `, ${part}`)];
}
