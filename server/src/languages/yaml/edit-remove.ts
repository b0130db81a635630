// Takes pairs and items away, with a parent that becomes empty.
import type { TextEdit } from '../../text/edit.js';
import type { Span } from '../../text/span.js';
import type { YamlSlot } from './document.js';
import { type Edits, edit, type Sheet } from './edit-write.js';
import {
  behindIndicator,
  blockEnd,
  hasComment,
  isBracketed,
  lineEnd,
  opensLine,
  partsOf,
  skipSpace,
  wholeLines,
} from './layout.js';
import type { YamlNode } from './node.js';
import type { YamlTree } from './tree.js';
import { isMergedToo, type Step } from './way.js';

/** Removes what the last step holds. The first `slot.floor` steps stay. */
export function removeWritten(sheet: Sheet, slot: YamlSlot, steps: readonly Step[]): Edits {
  const { tree } = sheet;
  let at = steps.length - 1;
  let gone = steps[at];
  if (gone === undefined) return undefined;
  for (let holder = steps[at - 1]; holder !== undefined; holder = steps[at - 1]) {
    if (at <= slot.floor || !isOnly(gone) || !canGo(tree, holder, gone) || revealed(slot, holder)) break;
    gone = holder;
    at--;
  }
  if (isAnySharedIn(tree, gone.part.span)) return undefined;
  if (gone.container.flow && !isBracketed(tree.text, gone.container)) return undefined;
  if (isOnly(gone)) return emptied(sheet, gone, steps[at - 1]);
  return gone.container.flow ? removeFromFlow(tree, gone) : removeFromBlock(tree, gone);
}

function isOnly({ container }: Step): boolean {
  return partsOf(container).length === 1;
}

/** Whether nothing but the part that goes would be lost with the holder of its collection. */
function canGo(tree: YamlTree, holder: Step, { container, part }: Step): boolean {
  if (container.anchor !== undefined || container.tag !== undefined) return false;
  const end = holder.container.flow ? holder.part.span.end : blockEnd(tree, holder.part.span);
  const lost = lostWith(tree, container.flow, part.span);
  return (
    !hasComment(tree, { start: holder.part.span.start, end: lost.start }) && !hasComment(tree, { start: lost.end, end })
  );
}

/** The part, with the comments that go with it. */
function lostWith(tree: YamlTree, flow: boolean, part: Span): Span {
  return { start: part.start, end: flow ? part.end : blockEnd(tree, part) };
}

/** Whether the map would get the same key by a merge once its own is gone. */
export function revealed({ document }: YamlSlot, { container, part }: Step): boolean {
  if (container.kind !== 'map' || !('name' in part) || part.name === undefined) return false;
  return isMergedToo(document, container, part.name);
}

/** Whether an alias somewhere refers to a node that begins in the span. */
export function isAnySharedIn(tree: YamlTree, span: Span): boolean {
  for (const node of tree.uses.keys()) if (span.start <= node.span.start && node.span.start <= span.end) return true;
  return false;
}

/** Whether an alias refers to the node. */
export function isShared(tree: YamlTree, node: YamlNode | undefined): boolean {
  return node !== undefined && tree.uses.has(node);
}

function removeFromBlock(tree: YamlTree, { container, index, part }: Step): Edits {
  const { text } = tree;
  const end = blockEnd(tree, part.span);
  const { start } = part.span;
  if (opensLine(text, start)) {
    const lines = wholeLines(tree, start, end);
    return [edit(lines.start, lines.end, '')];
  }
  // The first part of a collection that begins on the line of its dash: the next one moves up.
  const next = partsOf(container)[index + 1];
  if (next === undefined) return undefined;
  if (!hasComment(tree, { start: end, end: next.span.start })) return [edit(start, next.span.start, '')];
  return [edit(behindBlanks(text, start), end, '')];
}

/** The offset behind the last thing before `offset` on its line. */
function behindBlanks(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\t')) at--;
  return at;
}

function removeFromFlow(tree: YamlTree, { container, index, part }: Step): Edits {
  const { text } = tree;
  const { start, end } = part.span;
  const parts = partsOf(container);
  const behind = skipSpace(text, end, container.span.end);
  const comma = text[behind] === ',' ? behind : undefined;
  const own = comma === undefined ? end : comma + 1;
  const previous = parts[index - 1];
  // The comma before it would be one too many where it is the last one and has none itself.
  const spare = comma === undefined && previous !== undefined ? skipSpace(text, previous.span.end, start) : undefined;
  const separators: TextEdit[] = spare === undefined ? [] : [edit(spare, spare + 1, '')];
  const restOfLine = text.slice(own, lineEnd(text, own));
  if (opensLine(text, start) && /^[ \t]*(?:#.*)?$/.test(restOfLine)) {
    const lines = wholeLines(tree, start, own);
    return [...separators, edit(lines.start, lines.end, '')];
  }
  if (spare !== undefined) {
    const hidden = hasComment(tree, { start: spare + 1, end: start });
    return hidden ? [...separators, edit(start, own, '')] : [edit(spare, own, '')];
  }
  if (restOfLine.trim() === '' || restOfLine.trim().startsWith('#')) return [edit(behindBlanks(text, start), own, '')];
  if (comma !== undefined && parts[index + 1] === undefined) return [edit(behindBlanks(text, start), own, '')];
  const blanks = /^[ \t]*/.exec(restOfLine)?.[0].length ?? 0;
  return [edit(start, own + blanks, '')];
}

/** Leaves `{}` or `[]` where the only part was. */
function emptied({ tree }: Sheet, step: Step, holder: Step | undefined): Edits {
  const { container, part } = step;
  const { text } = tree;
  const { span } = container;
  const brackets = container.kind === 'map' ? '{}' : '[]';
  if (container.flow) {
    if (!hasComment(tree, span)) return [edit(span.start, span.end, brackets)];
    return removeFromFlow(tree, step);
  }
  const end = blockEnd(tree, part.span);
  if (holder === undefined || !opensLine(text, part.span.start)) return [edit(part.span.start, end, brackets)];
  const at = behindIndicator(text, holder.part);
  if (at === undefined) return undefined;
  const lines = wholeLines(tree, part.span.start, end);
  return [edit(at, at, ` ${brackets}`), edit(lines.start, lines.end, '')];
}
