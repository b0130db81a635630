// Turns changes to YAML into text edits that touch nothing else.
import type { Change } from '../../model/change.js';
import type { TextEdit } from '../../text/edit.js';
import { shift } from '../../text/span.js';
import type { YamlSlot } from './document.js';
import { changed, copyOf, type Draft, draftOf, nested, type SlotChange, withEnding } from './draft.js';
import { joinItem } from './edit-join.js';
import { isAnySharedIn, isShared, removeWritten, revealed } from './edit-remove.js';
import { type Edits, edit, insertItem, insertPair, replaceValue, type Sheet } from './edit-write.js';
import { behindIndicator } from './layout.js';
import { mannerOf } from './manner.js';
import { isNull, type YamlAlias, type YamlScalar } from './node.js';
import { isPlainSafe, quoted } from './render.js';
import { plainInteger } from './scalar.js';
import type { YamlTree } from './tree.js';
import { follow, type Step, type Way } from './way.js';

/**
 * The edits, in offsets of `text`, that make a change; none where there is nothing to do. Undefined where it cannot be
 * made without touching something else: another user of an anchor, a key that stands there twice, a broken document.
 */
export function yamlEdits(change: Change, text: string): readonly TextEdit[] | undefined {
  if (change.kind === 'createFile' || change.kind === 'embedded' || change.kind === 'removeWords') return undefined;
  if (change.kind === 'replaceText') {
    const { span } = change.place;
    return span.start <= span.end && span.end <= text.length ? [{ span, newText: change.text }] : undefined;
  }
  if (!isYamlSlot(change.slot)) return undefined;
  const { document, file } = change.slot;
  const { tree, base } = document;
  if (file !== document.file) return undefined;
  const newline = newlineWhere(tree, text, base);
  if (newline === undefined) return undefined;
  if (tree.errors.length > 0 || document.exhausted) return undefined;
  const way = follow(change.slot);
  if (way === undefined || way.steps.some((step) => isShared(tree, step.container))) return undefined;
  const edits = editsFor({ tree, newline }, change.slot, way, change);
  return edits && joined(edits, tree.text).map((one) => ({ ...one, span: shift(one.span, base) }));
}

function isYamlSlot(slot: SlotChange['slot']): slot is YamlSlot {
  return slot.language === 'yaml' && 'document' in slot;
}

interface Standing {
  readonly text: string;
  readonly base: number;
  readonly newline: string | undefined;
}

/** Where a tree was last looked for. A file of thousands of findings has as many fixes, and each would compare all of it. */
const standings = new WeakMap<YamlTree, Standing>();

/** The line end of the text where a tree stands in it; undefined where the text is another one there. */
function newlineWhere(tree: YamlTree, text: string, base: number): string | undefined {
  const known = standings.get(tree);
  if (known?.base === base && known.text === text) return known.newline;
  const newline = text.startsWith(tree.text, base) ? newlineAt(text, base) : undefined;
  standings.set(tree, { text, base, newline });
  return newline;
}

/** The first line end behind the offset, else the last one before. */
function newlineAt(text: string, offset: number): string {
  const behind = text.indexOf('\n', offset);
  const at = behind < 0 ? text.lastIndexOf('\n') : behind;
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}

function editsFor(sheet: Sheet, slot: YamlSlot, way: Way, change: SlotChange): Edits {
  switch (way.kind) {
    case 'written':
      return editWritten(sheet, slot, way, change);
    case 'aliased':
      return editBelowAlias(sheet, slot, way, change);
    case 'merged':
      return editMerged(sheet, slot, way, change);
    case 'missing':
      return change.kind === 'remove' ? [] : addMissing(sheet, way, change);
  }
}

function editWritten(
  sheet: Sheet,
  slot: YamlSlot,
  { steps, node }: Way & { kind: 'written' },
  change: SlotChange,
): Edits {
  const step = steps.at(-1);
  switch (change.kind) {
    case 'remove':
      if (step === undefined) return undefined;
      if (!revealed(slot, step)) return removeWritten(sheet, slot, steps);
      return change.otherwise === undefined ? undefined : replaceOwn(sheet, step, draftOf(change.otherwise));
    case 'set':
      return step && replaceOwn(sheet, step, draftOf(change.value));
    case 'join':
      return step && joinItem(sheet.tree, step);
    case 'tag':
      return tagStep(sheet, steps.at(-2), change.tag);
    case 'append':
      // What Compose resets counts for nothing, whatever is in it.
      if (isShared(sheet.tree, node) || node?.tag === '!reset') return undefined;
      if (node?.kind === 'sequence') return insertItem(sheet, step, node, draftOf(change.item));
      if (step !== undefined && isNull(node))
        return replaceOwn(sheet, step, { kind: 'list', items: [draftOf(change.item)] });
      return step && node?.kind === 'alias' ? replaceAlias(sheet, slot, step, node, [], change) : undefined;
    case 'prefix':
      if (isShared(sheet.tree, node)) return undefined;
      if (node?.kind === 'scalar') return prefixScalar(sheet, node, change.text);
      return step && node?.kind === 'alias' ? replaceAlias(sheet, slot, step, node, [], change) : undefined;
    case 'ending':
      if (step === undefined || isShared(sheet.tree, node)) return undefined;
      if (node?.kind === 'scalar') return replaceEnding(sheet, step, node, change);
      return node?.kind === 'alias' ? replaceAlias(sheet, slot, step, node, [], change) : undefined;
  }
}

/** A value that has a tag or an anchor already keeps it, and gets no other one. */
function tagStep({ tree }: Sheet, step: Step | undefined, tag: string): Edits {
  const value = step?.part.value;
  const at = step === undefined ? undefined : behindIndicator(tree.text, step.part);
  if (value === undefined || at === undefined || value.start !== value.span.start) return undefined;
  return [edit(at, at, ` ${tag}`)];
}

function replaceEnding(
  sheet: Sheet,
  step: Step,
  node: YamlScalar,
  { from, to }: SlotChange & { readonly kind: 'ending' },
): Edits {
  const { style, span } = node;
  const value = withEnding(node.value, from, to);
  if (value === undefined || node.tag !== undefined || isNull(node)) return undefined;
  if (style === 'literal' || style === 'folded') return undefined;
  // Where the ending stands as it reads, nothing else is touched.
  const end = style === 'plain' ? span.end : span.end - 1;
  const start = end - from.length;
  const { text } = sheet.tree;
  const isAsItReads = text.slice(start, end) === from && text[start - 1] !== '\\';
  // A path in a home is no less safe than another one.
  const staysPlain = isPlainSafe(value.replace(/^~(?=[\w/:])/, '.'), step.container.flow);
  if (isAsItReads && (style === 'plain' ? staysPlain : /^[\w:,]*$/.test(from + to))) return [edit(start, end, to)];
  return replaceValue(sheet, step, { kind: 'value', value });
}

/** Replaces a value, unless something in it is used elsewhere. */
function replaceOwn(sheet: Sheet, step: Step, draft: Draft): Edits {
  const { value } = step.part;
  if (value !== undefined && isAnySharedIn(sheet.tree, value.span)) return undefined;
  return replaceValue(sheet, step, draft);
}

function prefixScalar({ tree }: Sheet, node: YamlScalar, prefix: string): Edits {
  const { span, style, tag, value } = node;
  if (tag !== undefined || isNull(node)) return undefined;
  // In quotes, `0x50` and `010` would no longer be read as the numbers they are.
  const text = String(plainInteger(node) ?? value);
  if (style === 'plain') return [edit(span.start, span.end, quoted(prefix + text, mannerOf(tree).quote))];
  if (style !== 'single' && style !== 'double') return undefined;
  const inserted = quoted(prefix, style);
  const quote = style === 'single' ? "'" : '"';
  if (!inserted.startsWith(quote)) return [edit(span.start, span.end, quoted(prefix + value, 'double'))];
  return [edit(span.start + 1, span.start + 1, inserted.slice(1, -1))];
}

/** Writes a changed copy of what the alias stands for in its place. */
function replaceAlias(
  sheet: Sheet,
  slot: YamlSlot,
  step: Step,
  alias: YamlAlias,
  rest: readonly (string | number)[],
  change: SlotChange,
): Edits {
  const copy = copyOf(slot.document, alias.target);
  const draft = copy && changed(copy, rest, change);
  return draft && replaceValue(sheet, step, draft);
}

/** The anchored node stays: its user merges it and gets a key of its own, which wins. */
function editBelowAlias(
  sheet: Sheet,
  slot: YamlSlot,
  { steps, node, rest }: Way & { kind: 'aliased' },
  change: SlotChange,
): Edits {
  const step = steps.at(-1);
  const { target } = node;
  if (step === undefined) return undefined;
  if (target?.kind === 'sequence') return replaceAlias(sheet, slot, step, node, rest, change);
  const [key, ...below] = rest;
  if (target?.kind !== 'map' || typeof key !== 'string') return undefined;
  const entry = slot.document.effective(target).get(key);
  if (entry?.duplicate === true) return undefined;
  if (entry === undefined && change.kind === 'remove') return [];
  const value = changedCopy(slot, entry?.pair.value, below, change);
  return value && replaceValue(sheet, step, { kind: 'map', merge: `*${node.name}`, pairs: [[key, value]] });
}

function editMerged(
  sheet: Sheet,
  slot: YamlSlot,
  { steps, node, from, rest }: Way & { kind: 'merged' },
  change: SlotChange,
): Edits {
  if (isShared(sheet.tree, node)) return undefined;
  const [key, ...below] = rest;
  const value = changedCopy(slot, from.value, below, change);
  return value && insertPair(sheet, steps.at(-1), node, String(key), value);
}

/** The value of a key that comes from elsewhere, as it shall be in its user. */
function changedCopy(
  slot: YamlSlot,
  node: Step['part']['value'],
  below: readonly (string | number)[],
  change: SlotChange,
): Draft | undefined {
  const replaces = below.length === 0 && (change.kind === 'set' || change.kind === 'remove');
  if (node === undefined || replaces) return changed(undefined, below, change);
  const copy = copyOf(slot.document, node.kind === 'alias' ? node.target : node);
  return copy && changed(copy, below, change);
}

function addMissing(sheet: Sheet, { steps, node, rest }: Way & { kind: 'missing' }, change: SlotChange): Edits {
  const step = steps.at(-1);
  const value = changed(undefined, [], change);
  const keys = rest.filter((part) => typeof part === 'string');
  const [key, ...below] = keys;
  if (value === undefined || key === undefined || keys.length < rest.length || isShared(sheet.tree, node))
    return undefined;
  if (node?.kind === 'map') return insertPair(sheet, step, node, key, nested(below, value));
  return step && isNull(node) ? replaceValue(sheet, step, nested(keys, value)) : undefined;
}

/** Neighbouring edits as one, since editors do not agree on the order of edits that touch; none that changes nothing. */
function joined(edits: readonly TextEdit[], text: string): readonly TextEdit[] {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const result: TextEdit[] = [];
  for (const one of sorted) {
    const last = result.at(-1);
    if (last?.span.end === one.span.start)
      result[result.length - 1] = edit(last.span.start, one.span.end, last.newText + one.newText);
    else result.push(one);
  }
  return result.filter(({ span, newText }) => text.slice(span.start, span.end) !== newText);
}
