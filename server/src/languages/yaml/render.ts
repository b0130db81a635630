// Turns a draft into YAML text in the manner of the file.
import type { Draft } from './draft.js';
import type { Manner, Quote } from './manner.js';

/** Lists of scalars up to this length are written `[a, b]`. */
const maxInlineList = 40;

/** A value that fits behind its key on one line; undefined where it needs lines of its own. */
export function renderInline(draft: Draft, manner: Manner): string | undefined {
  if (draft.kind === 'map') return draft.pairs.length === 0 && draft.merge === undefined ? '{}' : undefined;
  if (draft.kind !== 'list') return scalarText(draft, manner, false);
  if (draft.items.some((item) => item.kind === 'map' || item.kind === 'list')) return undefined;
  const text = renderFlow(draft, manner);
  return text.length < maxInlineList ? text : undefined;
}

/** A value between brackets and braces. */
export function renderFlow(draft: Draft, manner: Manner): string {
  if (draft.kind === 'list') return `[${draft.items.map((item) => renderFlow(item, manner)).join(', ')}]`;
  if (draft.kind !== 'map') return scalarText(draft, manner, true);
  const pairs = draft.pairs.map(([key, value]) => `${renderKey(key, manner, true)}: ${renderFlow(value, manner)}`);
  return `{${(draft.merge === undefined ? pairs : [`<<: ${draft.merge}`, ...pairs]).join(', ')}}`;
}

/** A map or list in block style, without the indentation of its own place. */
export function renderBlock(draft: Draft, manner: Manner): readonly string[] {
  if (draft.kind === 'list') return draft.items.flatMap((item) => renderItem(item, manner));
  if (draft.kind !== 'map') return [scalarText(draft, manner, false)];
  const pairs = draft.pairs.flatMap(([key, value]) => renderPair(key, value, manner));
  return draft.merge === undefined ? pairs : [`<<: ${draft.merge}`, ...pairs];
}

export function renderPair(key: string, value: Draft, manner: Manner): readonly string[] {
  const name = renderKey(key, manner, false);
  const inline = renderInline(value, manner);
  if (inline !== undefined) return [`${name}: ${inline}`];
  const pad = ' '.repeat(value.kind === 'list' ? manner.sequenceStep : manner.step);
  return [`${name}:`, ...renderBlock(value, manner).map((line) => pad + line)];
}

export function renderItem(item: Draft, manner: Manner): readonly string[] {
  const lines = [renderInline(item, manner) ?? renderBlock(item, manner)].flat();
  return lines.map((line, i) => (i === 0 ? `- ${line}` : `  ${line}`));
}

export function renderKey(key: string, manner: Manner, inFlow: boolean): string {
  if (manner.keyQuote === undefined && isPlainSafe(key, inFlow)) return key;
  return quoted(key, manner.keyQuote ?? manner.quote);
}

function scalarText(draft: Draft & { readonly kind: 'value' | 'source' }, manner: Manner, inFlow: boolean): string {
  if (draft.kind === 'source') {
    const plain = !/^["']/.test(draft.text);
    return plain && inFlow && /[[\]{},]/.test(draft.text) ? quoted(draft.value, manner.quote) : draft.text;
  }
  if (typeof draft.value !== 'string') return String(draft.value);
  if (manner.valueQuote === undefined && isPlainSafe(draft.value, inFlow)) return draft.value;
  return quoted(draft.value, manner.valueQuote ?? manner.quote);
}

/** A string in quotes; in double ones where single ones cannot hold it. */
export function quoted(value: string, quote: Quote): string {
  if (quote === 'single' && isPrintable(value)) return `'${value.replaceAll("'", "''")}'`;
  // JSON is YAML, but for a few characters that YAML takes for line ends or forbids.
  const escape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escape);
}

function isPrintable(value: string): boolean {
  return !/[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/u.test(value);
}

/**
 * Whether a string reads as itself without quotes, for readers of YAML 1.1 as well as 1.2. When in doubt it does not.
 */
export function isPlainSafe(value: string, inFlow: boolean): boolean {
  if (!isPrintable(value) || value.trim() !== value) return false;
  if (!/^(?:[\p{L}\p{N}_./$(\\^+;]|--?\p{L})/u.test(value) || /:(?:\s|$)|\s#/.test(value)) return false;
  if (inFlow && /[[\]{},]/.test(value)) return false;
  if (/^(?:true|false|yes|no|on|off|y|n|null)$/i.test(value) || /^[-+]?\.(?:inf|nan)$/i.test(value)) return false;
  // Numbers, also in bases and base 60, versions, dates, and what begins like one.
  return !/^[-+]?\.?\d[\da-fox_:.+-]*$/i.test(value) && !/^\d{4}-\d\d?-\d\d?/.test(value) && value !== '...';
}
