// Marks findings that something silences: comments of ours first, then the ignores of other tools, then the config file.
import type { Slot } from '../../model/located.js';
import type { Place } from '../../text/span.js';
import { type CentralIgnore, centralIgnoreOf } from '../central-ignores.js';
import type { Finding, Suppressed } from '../finding.js';
import type { ReadFile } from '../language.js';
import { checkOf, type ForeignIgnore, type Ignore, type IgnoreId } from './ignore.js';
import { ignoredBy } from './ignored.js';
import type { IgnoreComment } from './plimsoll.js';

/** A finding before findings at one place are joined, with what an ignore may speak of beside its place. */
export interface RawFinding {
  readonly finding: Finding;
  readonly hops: readonly Place[];
  /** The field that is not there, where that is what it is about. */
  readonly lacks: Slot | undefined;
}

/** From index `first` on. Returns the ids that silence something. */
export function suppressByComments(
  raw: RawFinding[],
  comments: readonly IgnoreComment[],
  first = 0,
): ReadonlySet<IgnoreId> {
  const placesOf = ({ finding, hops }: RawFinding) => [finding.at, ...hops];
  return suppress(raw, comments, first, placesOf, ({ reason }) => ({ by: 'comment', reason }));
}

export function suppressByForeign(raw: RawFinding[], ignores: readonly ForeignIgnore[], file: ReadFile): void {
  const placesOf = ({ finding, hops, lacks }: RawFinding) => {
    // What is missing is told by other tools where the innermost thing begins that lacks it.
    const lacking = lacks === undefined ? undefined : file.lackingAt(lacks);
    return lacking === undefined ? [finding.at, ...hops] : [finding.at, ...hops, lacking];
  };
  suppress(raw, ignores, 0, placesOf, ({ by, tool, reason, check }) => ({
    by,
    tool,
    reason,
    ...(check === undefined ? {} : { check }),
  }));
}

export function suppressCentrally(raw: RawFinding[], ignores: readonly CentralIgnore[], file: ReadFile): void {
  for (const [index, entry] of raw.entries()) {
    if (entry.finding.suppressed !== undefined) continue;
    const ignore = centralIgnoreOf(entry.finding, file, ignores);
    if (ignore !== undefined) raw[index] = marked(entry, { by: 'config', reason: ignore.reason, ignore });
  }
}

/** What is silenced already stays as it is. */
function suppress<I extends Ignore>(
  raw: RawFinding[],
  ignores: readonly I[],
  first: number,
  placesOf: (entry: RawFinding) => readonly Place[],
  told: (ignore: I) => Suppressed,
): ReadonlySet<IgnoreId> {
  const open = [...raw.entries()].filter(([index, { finding }]) => index >= first && finding.suppressed === undefined);
  const { by, used } = ignoredBy(
    ignores,
    open.map(([, entry]) => ({ names: namesOf(entry.finding), places: placesOf(entry) })),
  );
  for (const [position, [index, entry]] of open.entries()) {
    const ignore = by[position];
    if (ignore !== undefined) raw[index] = marked(entry, told(ignore));
  }
  return used;
}

function namesOf({ rule, check }: Finding): readonly string[] {
  return check === undefined ? [rule] : [rule, checkOf(rule, check)];
}

function marked(entry: RawFinding, suppressed: Suppressed): RawFinding {
  return { ...entry, finding: { ...entry.finding, suppressed } };
}
