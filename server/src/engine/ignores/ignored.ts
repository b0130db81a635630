// Which ignores speak of which findings. One sweep over the text, since a hostile file has thousands of each.
import type { Place, Span } from '../../text/span.js';
import type { Ignore, IgnoreId } from './ignore.js';

/** A finding, as far as ignores can speak of it. */
export interface Ignorable {
  /** Its rule, and what else an ignore may call it. */
  readonly names: readonly string[];
  readonly places: readonly Place[];
}

export interface Ignored<I extends Ignore> {
  /** The last ignore that speaks of each finding; undefined where none does. */
  readonly by: readonly (I | undefined)[];
  /** Those that silence something. */
  readonly used: ReadonlySet<IgnoreId>;
}

/** What ignores of one scope say of one rule. Thousands of comments above one item are one group. */
interface Group {
  readonly scope: Span;
  readonly ids: IgnoreId[];
  last: number;
}

export function ignoredBy<I extends Ignore>(ignores: readonly I[], findings: readonly Ignorable[]): Ignored<I> {
  const sought = new Map<string, { readonly offset: number; readonly finding: number }[]>();
  for (const [finding, { names, places }] of findings.entries()) {
    for (const name of names) {
      const offsets = sought.get(name) ?? [];
      for (const place of places) offsets.push({ offset: place.span.start, finding });
      sought.set(name, offsets);
    }
  }
  const last: (number | undefined)[] = findings.map(() => undefined);
  const used = new Set<IgnoreId>();
  for (const [rule, groups] of groupsByRule(ignores, sought)) {
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
  return { by: last.map((index) => (index === undefined ? undefined : ignores[index])), used };
}

/** Only for the rules that have findings: an ignore may mean all rules there are. */
function groupsByRule(
  ignores: readonly Ignore[],
  sought: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, ReadonlyMap<string, Group>> {
  const byRule = new Map<string, Map<string, Group>>();
  for (const [index, ignore] of ignores.entries()) {
    const scope = reach(ignore);
    const key = `${scope.start} ${scope.end}`;
    const spokenOf = new Set<string>();
    for (const id of ignore.ids) {
      for (const rule of id.rules) {
        // Where a comment names a rule twice, the first one silences and the others are of no use.
        if (!sought.has(rule) || spokenOf.has(rule)) continue;
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

/** Where a finding has to begin for an ignore to speak of it. */
function reach({ scope }: Ignore): Span {
  return scope === undefined
    ? { start: 0, end: Number.POSITIVE_INFINITY }
    : { start: scope.start, end: Math.max(scope.end, scope.start + 1) };
}
