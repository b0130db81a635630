// Where the parts of a scalar stand in the source, and how its consumers read its type.
import { MappedText, type Segment } from '../../text/mapped-text.js';
import { type FileId, shift } from '../../text/span.js';
import type { YamlValue } from './document.js';
import type { YamlScalar } from './node.js';

/** The decoded text of a scalar value with the places of its parts; undefined for anything but a scalar. */
export function mappedText(value: YamlValue): MappedText | undefined {
  const { node, document } = value;
  return node?.kind === 'scalar' ? mappedScalar(node, document.tree.text, document) : undefined;
}

/** The same for a node of a slice whose text begins at `base` of the file. */
export function mappedScalar(
  node: YamlScalar,
  text: string,
  { file, base }: { readonly file: FileId; readonly base: number },
): MappedText {
  const segments =
    node.style === 'literal' || node.style === 'folded' ? blockSegments(node, text) : flowSegments(node, text);
  const moved = segments.map((segment) => ({ ...segment, sourceStart: segment.sourceStart + base }));
  return new MappedText(node.value, { file, span: shift(node.span, base) }, moved);
}

function flowSegments(node: YamlScalar, text: string): readonly Segment[] {
  const quoted = node.style !== 'plain';
  const from = node.span.start + (quoted ? 1 : 0);
  const to = node.span.end - (quoted ? 1 : 0);
  const { value } = node;
  // Nearly always the text stands there as it is.
  if (to - from === value.length && text.startsWith(value, from))
    return [{ valueStart: 0, valueEnd: value.length, sourceStart: from }];
  const segments: Segment[] = [];
  let runValue = 0;
  let runSource = from;
  let v = 0;
  let s = from;
  const close = () => {
    if (v > runValue) segments.push({ valueStart: runValue, valueEnd: v, sourceStart: runSource });
  };
  const open = () => {
    runValue = v;
    runSource = s;
  };
  while (v < value.length && s < to) {
    const unit = text[s];
    if (node.style === 'double' && unit === '\\') {
      close();
      const escape = escapeLength(text, s);
      s += escape.source;
      v += escape.value;
      if (escape.value === 0) {
        const behind = skipBlanks(text, s, to);
        // An escaped line end; empty lines behind it still count.
        v += lineEnds(text, s, behind);
        s = behind;
      }
      open();
    } else if (node.style === 'single' && unit === "'") {
      close();
      s += 2;
      v += 1;
      open();
    } else if (unit !== ' ' && unit !== '\t' && unit !== '\r' && unit !== '\n') {
      if (unit !== value[v]) break;
      s++;
      v++;
    } else {
      const behind = skipBlanks(text, s, to);
      const folded = lineEnds(text, s, behind);
      if (folded === 0) v += behind - s;
      else {
        // A fold: one line end became a blank, more of them became one less.
        close();
        v += Math.max(1, folded - 1);
      }
      s = behind;
      if (folded > 0) open();
    }
  }
  close();
  return segments;
}

function skipBlanks(text: string, from: number, to: number): number {
  while (from < to && /[ \t\r\n]/.test(text[from] ?? '')) from++;
  return from;
}

function lineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) if (text[i] === '\n') count++;
  return count;
}

/** How much an escape takes in the source and gives in the value, in UTF-16 units. */
function escapeLength(text: string, at: number): { readonly source: number; readonly value: number } {
  const kind = text[at + 1];
  if (kind === 'x') return { source: 4, value: 1 };
  if (kind === 'u') return { source: 6, value: 1 };
  if (kind === 'U') return { source: 10, value: Number.parseInt(text.slice(at + 2, at + 10), 16) > 0xffff ? 2 : 1 };
  if (kind === '\r') return { source: text[at + 2] === '\n' ? 3 : 2, value: 0 };
  if (kind === '\n') return { source: 2, value: 0 };
  return { source: 2, value: 1 };
}

/** Block scalars: each line of the source, less its indentation, is found in the value in turn. */
function blockSegments(node: YamlScalar, text: string): readonly Segment[] {
  const segments: Segment[] = [];
  const { value } = node;
  let s = text.indexOf('\n', node.span.start) + 1;
  if (s === 0) return segments;
  const indent = blockIndent(node, text, s);
  let v = 0;
  while (s <= node.span.end && v < value.length) {
    let end = text.indexOf('\n', s);
    if (end < 0 || end > node.span.end) end = node.span.end;
    const contentEnd = text[end - 1] === '\r' && end > s ? end - 1 : end;
    const content = text.slice(Math.min(s + indent, contentEnd), contentEnd);
    const found = content === '' ? v : value.indexOf(content, v);
    if (found < 0 || !/^[ \n]*$/.test(value.slice(v, found))) break;
    if (content !== '') {
      segments.push({ valueStart: found, valueEnd: found + content.length, sourceStart: s + indent });
      v = found + content.length;
    }
    s = end + 1;
  }
  return segments;
}

function blockIndent(node: YamlScalar, text: string, firstLine: number): number {
  const header = text.slice(node.span.start, firstLine);
  const explicit = /^[|>][+-]?([1-9])/.exec(header)?.[1];
  let best = 0;
  for (let line = firstLine; line < node.span.end; ) {
    let i = line;
    while (text[i] === ' ') i++;
    const newline = text.indexOf('\n', line);
    if (text[i] !== '\n' && text[i] !== '\r') {
      best = i - line;
      break;
    }
    if (newline < 0) break;
    line = newline + 1;
  }
  if (explicit === undefined) return best;
  // Relative to the parent's indentation, which the first content line shows if its own blanks are taken off.
  const content = node.value.split('\n').find((line) => line !== '') ?? '';
  return best - Math.max(0, content.search(/[^ ]/));
}

/**
 * A boolean as Compose and the Kubernetes API machinery read plain scalars: YAML 1.2 `true` and `false`, and the YAML
 * 1.1 words `yes`, `on`, `y`, `no`, `off`, `n`, each in lower, title or upper case.
 */
export function plainBoolean(node: YamlScalar): boolean | undefined {
  if (node.style !== 'plain' || (node.tag !== undefined && node.tag !== '!!bool')) return undefined;
  return booleanWord(node.value);
}

/** The same words in any text, whatever its quotes. */
export function booleanWord(text: string): boolean | undefined {
  if (/^(?:true|True|TRUE|yes|Yes|YES|on|On|ON|y|Y)$/.test(text)) return true;
  if (/^(?:false|False|FALSE|no|No|NO|off|Off|OFF|n|N)$/.test(text)) return false;
  return undefined;
}

/** An integer as both consumers read plain scalars: a leading 0 or `0o` is octal, `0x` hexadecimal, `_` is dropped. */
export function plainInteger(node: YamlScalar): number | undefined {
  if (node.style !== 'plain' || (node.tag !== undefined && node.tag !== '!!int')) return undefined;
  const text = node.value.replaceAll('_', '');
  const match = /^([-+]?)(?:0o?([0-7]+)|0x([0-9a-fA-F]+)|(0|[1-9]\d*))$/.exec(text);
  if (match === null) return undefined;
  const [, sign, octal, hex, decimal] = match;
  const number =
    octal !== undefined ? Number.parseInt(octal, 8) : hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal);
  return sign === '-' ? -number : number;
}
