// Template actions, `{{ … }}`, covered up so that what stands around them can be read as YAML at the same offsets.

import { leading } from '../../text/leading.js';
import { lineStartAt } from '../../text/line-start.js';
import type { Span } from '../../text/span.js';
import type { YamlValue } from '../yaml/document.js';
import type { YamlMap, YamlNode, YamlSequence } from '../yaml/node.js';
import type { YamlTree } from '../yaml/tree.js';

/** Stands for each unit of an action inside a line: a letter of a private use area, which no file has a meaning for. */
const inline = '\uE000';
/** Stands for each unit of an action that has its lines to itself and writes something there. */
const output = '\uE001';
/** The same, where it writes nothing: it only decides about what stands between it and its `end`. */
const control = '\uE002';

export interface CoveredText {
  /** As long as the original. */
  readonly text: string;
  /** The actions, in order. */
  readonly actions: readonly Span[];
}

/**
 * Covers up every action. Inside a line it becomes a word that cannot be known. On lines of its own it becomes a comment,
 * which inside a block scalar is a part of the text that cannot be known; or a word, where it is all that a key has.
 * Line ends stay where they are, but for those inside a word.
 */
export function coverTemplate(text: string): CoveredText {
  const actions = findActions(text);
  if (actions.length === 0) return { text, actions };
  const parts: string[] = [];
  let done = 0;
  for (let i = 0; i < actions.length; ) {
    const first = actions[i];
    if (first === undefined) break;
    const line = ownLines(text, actions, i, done);
    if (line === undefined) {
      parts.push(text.slice(done, first.start), inline.repeat(first.end - first.start));
      done = first.end;
      i++;
    } else {
      parts.push(text.slice(done, line.start), coverLines(text, line, actions.slice(i, line.next)));
      done = line.end;
      i = line.next;
    }
  }
  parts.push(text.slice(done));
  return { text: parts.join(''), actions };
}

interface Lines extends Span {
  /** The index of the first action behind them. */
  readonly next: number;
}

/** The lines that an action, with others that follow it there, has to itself. `done` is where its line may begin. */
function ownLines(text: string, actions: readonly Span[], index: number, done: number): Lines | undefined {
  let start = actions[index]?.start ?? 0;
  while (start > done && isBlank(text.charCodeAt(start - 1))) start--;
  if (start > 0 && text.charCodeAt(start - 1) !== 10) return undefined;
  let next = index;
  let end = start;
  for (let action = actions[next]; action !== undefined; action = actions[next]) {
    if (next > index && skipBlanks(text, end) !== action.start) break;
    end = action.end;
    next++;
  }
  end = skipBlanks(text, end);
  if (end < text.length && text[end] !== '\n' && text[end] !== '\r') return undefined;
  return { start, end, next };
}

/** Whether a decoded text, or a part of a covered one, holds an action. */
export function holdsAction(text: string): boolean {
  return /[\uE000-\uE002]|\{\{/.test(text);
}

/** Whether the comment at an offset of a covered text is nothing but an action. */
export function isCoveredLine(text: string, offset: number): boolean {
  return text[offset + 1] === output || text[offset + 1] === control;
}

/** What is known of the covered actions of a slice; offsets are relative to it. */
interface Traces {
  /** Where the `#` of covered lines of output stands. */
  readonly outputs: readonly number[];
  readonly inline: boolean;
  readonly open: Map<YamlNode, boolean>;
}

const tracesOf = new WeakMap<YamlTree, Traces>();

function traces(tree: YamlTree): Traces {
  const known = tracesOf.get(tree);
  if (known !== undefined) return known;
  const outputs: number[] = [];
  const start = `#${output}`;
  for (let i = tree.text.indexOf(start); i >= 0; i = tree.text.indexOf(start, i + 1)) outputs.push(i);
  const found = { outputs, inline: tree.text.includes(inline), open: new Map() };
  tracesOf.set(tree, found);
  return found;
}

/** Whether actions between the items of a list, or the fields of a map, decide which of them are there. */
export function holdsCondition({ node, document }: YamlValue): boolean {
  if (node === undefined || !document.tree.text.includes(control)) return false;
  return document.tree.text.slice(node.span.start, node.span.end).includes(`#${control}`);
}

/** Whether there is any action in the document of a value that may write something. */
export function isTemplate({ document }: YamlValue): boolean {
  const { outputs, inline: hasWords } = traces(document.tree);
  return outputs.length > 0 || hasWords;
}

/** Whether an action may have written fields or items of a map or list, besides those that one sees. */
export function mayHoldMore({ node, document }: YamlValue): boolean {
  if (node?.kind !== 'map' && node?.kind !== 'sequence') return false;
  const found = traces(document.tree);
  if (found.outputs.length === 0 && !found.inline) return false;
  let open = found.open.get(node);
  if (open === undefined) {
    open = isOpen(node, document.tree.text, found);
    found.open.set(node, open);
  }
  return open;
}

function isOpen(node: YamlMap | YamlSequence, text: string, { outputs, inline: hasWords }: Traces): boolean {
  if (hasWords && node.kind === 'map' && node.pairs.some(({ name }) => name?.includes(inline))) return true;
  const column = node.flow ? 0 : columnOf(text, node.span.start);
  const next = firstAtOrBehind(outputs, node.span.start);
  if (!node.flow && isOpenAbove(text, node.span.start, outputs[next - 1])) return true;
  for (let i = next; ; i++) {
    const line = outputs[i];
    if (line === undefined) return false;
    const inside = line < node.span.end;
    // Behind the last field, as long as nothing else begins.
    if (!inside && (node.flow || holdsContent(text, node.span.end, line))) return false;
    // What is deeper belongs to something in it.
    if (node.flow || columnOf(text, line) <= column) return true;
  }
}

/**
 * Whether the output on the line of an offset stands above the first field, as deep as that: what it writes is a field
 * too. It may also be the end of what stands before; then it is deeper, or more than comments come between.
 */
function isOpenAbove(text: string, start: number, output: number | undefined): boolean {
  return output !== undefined && columnOf(text, output) === columnOf(text, start) && !holdsContent(text, output, start);
}

function columnOf(text: string, offset: number): number {
  return offset - lineStartAt(text, offset);
}

/** Whether anything but blanks and comments stands between two offsets. */
function holdsContent(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    if (text[i] === '#') {
      const newline = text.indexOf('\n', i);
      if (newline < 0) return false;
      i = newline;
    } else if (!isBlank(text.charCodeAt(i)) && text[i] !== '\n' && text[i] !== '\r') return true;
  }
  return false;
}

/** The index of the first number that is not less. */
function firstAtOrBehind(sorted: readonly number[], offset: number): number {
  return leading(sorted, (one) => one < offset);
}

/**
 * Where text can be inserted so that it is there whenever the thing at `owner` is: a condition or loop that began since
 * then is left, if it ends right below `offset`. Undefined where something else comes first.
 */
export function unconditionalOffset(
  text: string,
  actions: readonly Span[],
  owner: number,
  offset: number,
): number | undefined {
  let [depth, outside] = [0, 0];
  let at = offset;
  for (const action of actions) {
    const isAhead = action.start >= offset;
    if (isAhead && depth <= outside) return at;
    if (isAhead && (!isControl(text, action) || text.slice(at, action.start).trim() !== '')) return undefined;
    if (opensBlock(text, action)) depth++;
    else if (endsBlock(text, action)) depth--;
    outside = action.start < owner ? depth : Math.min(outside, depth);
    if (isAhead) at = action.end;
  }
  return depth <= outside ? at : undefined;
}

function opensBlock(text: string, { start }: Span): boolean {
  return /^\{\{-?\s*(?:if|with|range|define|block)\b/.test(text.slice(start, start + 80));
}

function endsBlock(text: string, { start }: Span): boolean {
  return /^\{\{-?\s*end\b/.test(text.slice(start, start + 80));
}

/** Actions that are closed; an open one is what somebody is typing just now. */
function findActions(text: string): readonly Span[] {
  const actions: Span[] = [];
  for (let start = text.indexOf('{{'); start >= 0; ) {
    const comment = /^\{\{-?\s*\/\*/.exec(text.slice(start, start + 20));
    const commentEnd = comment === null ? start : text.indexOf('*/', start + comment[0].length);
    const close = commentEnd < 0 ? -1 : text.indexOf('}}', commentEnd + 2);
    if (close < 0) break;
    actions.push({ start, end: close + 2 });
    start = text.indexOf('{{', close + 2);
  }
  return actions;
}

/** The lines as comments, or the first one as the value of the key above. */
function coverLines(text: string, { start, end }: Span, actions: readonly Span[]): string {
  const writes = actions.some((action) => !isControl(text, action));
  const above = writes ? keyAbove(text, start) : undefined;
  const below = lineBelow(text, end);
  const isValue = above !== undefined && (below.indent < above || (below.indent === above && !below.isItem));
  // A comment stands at least as deep as the next line, so that it does not end a block scalar; and as deep as what it
  // writes, which tells whose field that is.
  const own = (actions[0]?.start ?? start) - start;
  const written = Math.max(0, ...actions.map((action) => writtenIndent(text, action) ?? 0));
  const indent = isValue ? Math.max(own, above + 1) : written || Math.max(own, below.indent);
  const lines = text.slice(start, end).split('\n');
  return lines
    .map((line, index) => {
      const ending = line.endsWith('\r') ? '\r' : '';
      const length = line.length - ending.length;
      const depth = length - indent >= 2 ? indent : 0;
      const blanks = ' '.repeat(depth);
      if (isValue && index === 0 && depth > above) return blanks + inline.repeat(length - depth) + ending;
      if (length < 2) return ' '.repeat(length) + ending;
      return `${blanks}#${(writes ? output : control).repeat(length - depth - 1)}${ending}`;
    })
    .join('\n');
}

/** The indentation that `indent` or `nindent` gives to the output of an action. */
function writtenIndent(text: string, action: Span): number | undefined {
  const digits = /\|\s*n?indent\s+(\d{1,3})\s*\)*\s*-?\}\}$/.exec(
    text.slice(Math.max(action.start, action.end - 40), action.end),
  );
  return digits === null ? undefined : Number(digits[1]);
}

function isControl(text: string, action: Span): boolean {
  const words = /^\{\{-?\s*(?:(?:if|else|end|with|range|define|break|continue)\b|\/\*|\$\w*\s*:?=)/;
  return words.test(text.slice(action.start, action.start + 80));
}

/** More blank lines, comments and actions in a row than these are no reason to be slow. */
const maxLinesLookedAt = 20;

/** The column of the key that the last line above ends with, and that has no value there. */
function keyAbove(text: string, start: number): number | undefined {
  let end = start - 1;
  for (let looked = 0; looked < maxLinesLookedAt && end > 0; looked++) {
    const line = text.lastIndexOf('\n', end - 1) + 1;
    const content = skipBlanks(text, line);
    const isAction = text.startsWith('{{', content) && isControl(text, { start: content, end });
    if (content < end && text[content] !== '\r' && text[content] !== '#' && !isAction) {
      const written = text.slice(content, end).trimEnd();
      if (!written.endsWith(':')) return undefined;
      return content - line + (/^(?:- +)*/.exec(written)?.[0].length ?? 0);
    }
    end = line - 1;
  }
  return undefined;
}

/** The next line that is neither blank nor an action. */
function lineBelow(text: string, end: number): { readonly indent: number; readonly isItem: boolean } {
  let line = text.indexOf('\n', end) + 1;
  for (let looked = 0; looked < maxLinesLookedAt && line > 0 && line < text.length; looked++) {
    const content = skipBlanks(text, line);
    if (text[content] !== '\n' && text[content] !== '\r' && !text.startsWith('{{', content)) {
      return { indent: content - line, isItem: /^-\s/.test(text.slice(content, content + 2)) };
    }
    line = text.indexOf('\n', content) + 1;
  }
  return { indent: 0, isItem: false };
}

function skipBlanks(text: string, from: number): number {
  let i = from;
  while (i < text.length && isBlank(text.charCodeAt(i))) i++;
  return i;
}

function isBlank(unit: number): boolean {
  return unit === 32 || unit === 9;
}
