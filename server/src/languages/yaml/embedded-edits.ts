// Edits of the text that a scalar stands for, made in the scalar.
import { applyEdits, type TextEdit } from '../../text/edit.js';
import { lineStartAt } from '../../text/line-start.js';
import type { MappedText } from '../../text/mapped-text.js';
import type { ScalarStyle, YamlScalar } from './node.js';
import { isPlainSafe } from './render.js';

/** Lines that are looked at to find out how far a block is indented. */
const maxTries = 20;

interface Scalar {
  readonly style: ScalarStyle;
  /** The whole file. */
  readonly source: string;
  readonly text: MappedText;
}

/**
 * The edits of a file that come to those of `text`, which is what a scalar of the file stands for. Undefined where the
 * scalar cannot say exactly that.
 */
export function scalarEdits(
  { style }: YamlScalar,
  source: string,
  text: MappedText,
  edits: readonly TextEdit[],
): readonly TextEdit[] | undefined {
  const scalar = { style, source, text };
  const after = applyEdits(text.value, edits);
  // A blank or an empty line at the beginning would tell another indentation.
  if (!/^\S/.test(after) || !/^\S/.test(text.value)) return undefined;
  // How many line ends a block has at its end is for its header to say.
  if (lineEndsBehind(after) !== lineEndsBehind(text.value)) return undefined;
  if (style === 'plain' && !isPlainSafe(after, true)) return undefined;
  const indent = style === 'literal' ? indentationOf(scalar) : '';
  if (indent === undefined) return undefined;
  const made: TextEdit[] = [];
  for (const edit of edits) {
    const one = style === 'literal' ? inBlock(scalar, edit, indent) : inLine(scalar, edit);
    if (one === undefined) return undefined;
    made.push(one);
  }
  return made;
}

function lineEndsBehind(text: string): number {
  let end = text.length;
  while (text[end - 1] === '\n') end--;
  return text.length - end;
}

function indentationOf({ source, text }: Scalar): string | undefined {
  const { value } = text;
  let at = 0;
  for (let tries = 0; tries < maxTries && at < value.length; tries++) {
    const content = value[at] === '\n' ? undefined : text.exactPart(at, at + 1);
    if (content !== undefined) {
      const { start } = content.span;
      const indent = source.slice(lineStartAt(source, start), start);
      return /^ +$/.test(indent) ? indent : undefined;
    }
    const newline = value.indexOf('\n', at);
    if (newline < 0) return undefined;
    at = newline + 1;
  }
  return undefined;
}

/** Line by line, each behind the indentation of the block. */
function inBlock({ source, text }: Scalar, edit: TextEdit, indent: string): TextEdit | undefined {
  const inside = beforeLastLineEnd(text.value, edit);
  const span = inside && exactSpan(text, inside);
  if (inside === undefined || span === undefined) return undefined;
  const lineBreak = source[source.indexOf('\n', text.place.span.start) - 1] === '\r' ? '\r\n' : '\n';
  const lines = inside.newText.split(/\r?\n/);
  const last = lines.length - 1;
  const indented = lines.map((line, index) => (index > 0 && (line !== '' || index === last) ? indent + line : line));
  return { span, newText: indented.join(lineBreak) };
}

/** The last line end of a block belongs to no line in it: what reaches behind it is told in front of it. */
function beforeLastLineEnd(value: string, { span: { start, end }, newText }: TextEdit): TextEdit | undefined {
  if (end < value.length || !value.endsWith('\n')) return { span: { start, end }, newText };
  const before = value.length - 1;
  if (newText.endsWith('\n')) {
    const text = newText.slice(0, -1);
    return start === value.length
      ? { span: { start: before, end: before }, newText: `\n${text}` }
      : { span: { start, end: before }, newText: text };
  }
  const isLine = newText === '' && start > 0 && start < value.length && value[start - 1] === '\n';
  return isLine ? { span: { start: start - 1, end: before }, newText } : undefined;
}

function inLine({ style, source, text }: Scalar, edit: TextEdit): TextEdit | undefined {
  const whole = text.place.span;
  const isQuoted = style === 'double' || style === 'single';
  const span = isQuoted && edit.span.end === text.value.length ? tailSpan(text, edit) : exactSpan(text, edit);
  if (span === undefined) return undefined;
  const { newText } = edit;
  if (style === 'folded') return isInsideLine(source, span, newText) ? { span, newText } : undefined;
  // Lines that are folded take blanks with them.
  if (source.slice(whole.start, whole.end).includes('\n')) return undefined;
  if (style === 'double') return { span, newText: JSON.stringify(newText).slice(1, -1) };
  if (/[\r\n]/.test(newText)) return undefined;
  return { span, newText: style === 'single' ? newText.replaceAll("'", "''") : newText };
}

/** Up to the closing quote. */
function tailSpan(text: MappedText, { span: { start } }: TextEdit): TextEdit['span'] | undefined {
  const end = text.place.span.end - 1;
  if (start === text.value.length) return { start: end, end };
  const from = text.exactPart(start, start);
  return from === undefined ? undefined : { start: from.span.start, end };
}

function exactSpan(text: MappedText, { span: { start, end } }: TextEdit): TextEdit['span'] | undefined {
  const from = text.exactPart(start, start);
  const to = start === end ? from : text.exactPart(end, end);
  return from === undefined || to === undefined || to.span.start < from.span.start
    ? undefined
    : { start: from.span.start, end: to.span.start };
}

/** Whether an edit leaves the beginning and the end of its line as they are. */
function isInsideLine(source: string, { start, end }: TextEdit['span'], newText: string): boolean {
  const around = source.slice(start - 1, end + 1);
  return !/[\r\n]/.test(around + newText) && /^\S/.test(around) && /\S$/.test(around);
}
