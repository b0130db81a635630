// Ignore comments: `# plimsoll: ignore[rule-id, other] reason` and `# plimsoll: ignore-file[rule-id] reason`, both with
// `until:2026-12-31` before the reason where they are to end.
import type { Fix } from '../../model/change.js';
import { replaceText } from '../../model/change.js';
import { isDay } from '../../model/day.js';
import type { LastDay } from '../../model/source-file.js';
import type { Place, Span } from '../../text/span.js';
import type { Comment, ReadFile } from '../language.js';
import type { Rule } from '../rule.js';
import type { Ignore, IgnoreId } from './ignore.js';

/** An ignore comment with what it covers. */
export interface IgnoreComment extends Ignore {
  readonly ids: readonly IgnoredId[];
  /** Without blanks behind it. */
  readonly at: Place;
  /** Undefined: it counts for ever. */
  readonly until: LastDay | undefined;
}

export interface IgnoredId extends IgnoreId {
  readonly id: string;
  /** The rules that it means: one, or those that judge what a check of another tool judges. None: it is unknown. */
  readonly rules: readonly string[];
  readonly at: Place;
  /** Takes the id away, or the whole comment where it is the only one; undefined where something else depends on it. */
  readonly removal: Fix | undefined;
}

/** What may stand in an ignore comment: the ids of rules, and those of the checks of other tools that judge the same. */
type KnownIds = ReadonlyMap<string, readonly string[]>;

function knownIds(rules: readonly Rule[]): KnownIds {
  const own = new Map(rules.map(({ meta }) => [meta.id, [meta.id]]));
  const peers = new Map<string, string[]>();
  for (const { meta } of rules) {
    for (const check of Object.values(meta.peers).flat()) {
      if (own.has(check)) continue;
      const known = peers.get(check);
      if (known === undefined) peers.set(check, [meta.id]);
      else if (!known.includes(meta.id)) known.push(meta.id);
    }
  }
  return new Map([...own, ...peers]);
}

/** Whether it silences nothing any more, or never did since its last day is none. `today` undefined: it has not ended. */
export function hasEnded({ until }: IgnoreComment, today: string | undefined): boolean {
  if (until === undefined) return false;
  return until.day === undefined || (today !== undefined && until.day < today);
}

const pattern = /^#+[ \t]*plimsoll:[ \t]*(ignore|ignore-file)[ \t]*\[([^\]\n]*)\]([^\n]*)$/;

/**
 * The ignore comments of a file, in order; without `rules` they mean none. A file that does not name Plimsoll costs one
 * search.
 */
export function ignoreComments(file: ReadFile, rules: readonly Rule[] = []): readonly IgnoreComment[] {
  if (!file.text.includes('plimsoll:')) return [];
  const known = knownIds(rules);
  const found: IgnoreComment[] = [];
  for (const comment of file.comments()) {
    const match = pattern.exec(file.text.slice(comment.span.start, comment.span.end));
    if (match === null) continue;
    const [, word, list = '', reason = ''] = match;
    const listStart = comment.span.start + match[0].indexOf('[') + 1;
    const scope = word === 'ignore-file' ? undefined : scopeOf(file, comment);
    const rest = readReason(file, reason, comment.span.end - reason.length);
    const at = {
      file: file.source.id,
      span: { start: comment.span.start, end: comment.span.start + match[0].trimEnd().length },
    };
    found.push({ ids: ignoredIds(file, comment, list, listStart, known), at, scope, ...rest });
  }
  return found;
}

/** What stands behind the ids: the last day, where there is one, and the reason. */
function readReason(file: ReadFile, rest: string, start: number): Pick<IgnoreComment, 'reason' | 'until'> {
  const match = /^[ \t]*until:[ \t]*([^ \t\r]*)/.exec(rest);
  if (match === null) return { reason: rest.trim(), until: undefined };
  const [whole, text = ''] = match;
  const end = start + whole.length;
  // Without a day the word is all there is to mark.
  const from = text === '' ? start + whole.indexOf('until:') : end - text.length;
  const at = { file: file.source.id, span: { start: from, end: text === '' ? from + 'until:'.length : end } };
  return { reason: rest.slice(whole.length).trim(), until: { text, day: isDay(text) ? text : undefined, at } };
}

function ignoredIds(
  file: ReadFile,
  comment: Comment,
  list: string,
  listStart: number,
  known: KnownIds,
): readonly IgnoredId[] {
  const ids = [...list.matchAll(/[^\s,]+/g)];
  return ids.map((match, index): IgnoredId => {
    const start = listStart + match.index;
    const end = start + match[0].length;
    const at = { file: file.source.id, span: { start, end } };
    const next = ids[index + 1];
    const before = ids[index - 1];
    // With its comma: up to the next id, or from the end of the one before.
    const removed =
      next !== undefined
        ? { start, end: listStart + next.index }
        : before !== undefined
          ? { start: listStart + before.index + before[0].length, end }
          : commentLine(file.text, comment);
    const title = ids.length > 1 ? `Remove '${match[0]}' from the comment` : 'Remove the comment';
    const removal: Fix = { title, safety: 'safe', changes: [replaceText({ file: file.source.id, span: removed }, '')] };
    const isNeeded = ids.length === 1 && comment.separates === true;
    return { id: match[0], rules: known.get(match[0]) ?? [], at, removal: isNeeded ? undefined : removal };
  });
}

/** A comment with what would be left of its line: the blanks before it, and the line end where it stands alone. */
function commentLine(text: string, comment: Comment): Span {
  let { start, end } = comment.span;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
  if (comment.trailing) return { start, end };
  if (text[end] === '\r') end++;
  if (text[end] === '\n') end++;
  return { start, end };
}

/** At the end of a line: that line. Alone: the next instruction, pair or item with all below it. */
function scopeOf(file: ReadFile, comment: Comment): Span {
  if (comment.trailing) {
    const start = file.text.lastIndexOf('\n', comment.span.start - 1) + 1;
    return { start, end: comment.span.end };
  }
  return file.scopeBelow(comment) ?? { start: comment.span.start, end: comment.span.start };
}
