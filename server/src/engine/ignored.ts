// Which ignore comments speak of which findings. One sweep over the text, since a hostile file has thousands of each.
import type { Place, Span } from '../text/span.js';
import type { IgnoreComment, IgnoredId } from './suppressions.js';

/** A finding, as far as comments can speak of it. */
export interface Ignorable {
  readonly rule: string;
  readonly places: readonly Place[];
}

export interface Ignored {
  /** The last comment that speaks of each finding; undefined where none does. */
  readonly by: readonly (IgnoreComment | undefined)[];
  /** Those that silence something. */
  readonly used: ReadonlySet<IgnoredId>;
}

/** What comments of one scope say of one rule. Thousands of comments above one item are one group. */
interface Group {
  readonly scope: Span;
  readonly ids: IgnoredId[];
  last: number;
}

export function ignoredBy(comments: readonly IgnoreComment[], findings: readonly Ignorable[]): Ignored {
  const sought = new Map<string, { readonly offset: number; readonly finding: number }[]>();
  for (const [finding, { rule, places }] of findings.entries()) {
    const offsets = sought.get(rule) ?? [];
    for (const place of places) offsets.push({ offset: place.span.start, finding });
    sought.set(rule, offsets);
  }
  const last: (number | undefined)[] = findings.map(() => undefined);
  const used = new Set<IgnoredId>();
  for (const [rule, groups] of groupsByRule(comments)) {
    const waiting = [...groups.values()].sort((a, b) => b.scope.start - a.scope.start);
    let open: Group[] = [];
    for (const { offset, finding } of (sought.get(rule) ?? []).sort((a, b) => a.offset - b.offset)) {
      open = open.filter((group) => offset < group.scope.end);
      for (let next = waiting.at(-1); next !== undefined && next.scope.start <= offset; next = waiting.at(-1)) {
        waiting.pop();
        if (offset < next.scope.end) open.push(next);
      }
      for (const group of open) {
        // Emptied when it is used for the first time, so that each id is marked once.
        for (const id of group.ids.splice(0)) used.add(id);
        last[finding] = Math.max(last[finding] ?? 0, group.last);
      }
    }
  }
  return { by: last.map((index) => (index === undefined ? undefined : comments[index])), used };
}

function groupsByRule(comments: readonly IgnoreComment[]): ReadonlyMap<string, ReadonlyMap<string, Group>> {
  const byRule = new Map<string, Map<string, Group>>();
  for (const [index, comment] of comments.entries()) {
    const scope = reach(comment);
    const key = `${scope.start} ${scope.end}`;
    const spokenOf = new Set<string>();
    for (const id of comment.ids) {
      for (const rule of id.rules) {
        // Where a comment names a rule twice, the first one silences and the others are of no use.
        if (spokenOf.has(rule)) continue;
        spokenOf.add(rule);
        const groups = byRule.get(rule) ?? new Map<string, Group>();
        byRule.set(rule, groups);
        const group = groups.get(key) ?? { scope, ids: [], last: index };
        groups.set(key, group);
        group.ids.push(id);
        group.last = index;
      }
    }
  }
  return byRule;
}

/** Where a finding has to begin for a comment to speak of it. */
function reach({ scope }: IgnoreComment): Span {
  return scope === undefined
    ? { start: 0, end: Number.POSITIVE_INFINITY }
    : { start: scope.start, end: Math.max(scope.end, scope.start + 1) };
}
