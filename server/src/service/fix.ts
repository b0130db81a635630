// Turns fixes into edits, and applies the safe ones until none is left.
import type { Finding } from '../engine/finding.js';
import type { ReadFile } from '../engine/language.js';
import type { Fix, Safety } from '../model/change.js';
import { applyEdits, composeEdits, conflicts, sortEdits, type TextEdit } from '../text/edit.js';
import { leading } from '../text/leading.js';
import type { Linted } from './lint-text.js';

/** All edits of a fix, in the order of the text; undefined where one of its changes cannot be made in this file. */
export function editsOf(file: ReadFile, fix: Fix): readonly TextEdit[] | undefined {
  // What several users share is mended once.
  const edits = new Map<string, TextEdit>();
  for (const change of fix.changes) {
    const made = file.edits(change);
    if (made === undefined) return undefined;
    for (const edit of made) edits.set(`${edit.span.start} ${edit.span.end} ${edit.newText}`, edit);
  }
  const sorted = sortEdits([...edits.values()]);
  // In this order, an edit that is in the way of any other is in the way of its neighbour.
  if (sorted.some((edit, i) => i > 0 && conflicts(sorted[i - 1] ?? edit, edit))) return undefined;
  return sorted.length === 0 ? undefined : sorted;
}

export interface FixOutcome {
  /** How many fixes were applied. */
  readonly applied: number;
  /** What they change in the text that they started from. */
  readonly edits: readonly TextEdit[];
  /** The text as it is now, linted. */
  readonly linted: Linted;
}

const maximumRounds = 10;

type Edits = readonly TextEdit[];

/**
 * Applies safe fixes, round by round, at most ten times: what overlaps waits for the next round. A fix that would leave a
 * text with more syntax errors than before is not applied.
 */
export function applySafeFixes(first: Linted, lint: (text: string) => Linted): FixOutcome {
  let linted = first;
  let applied = 0;
  let edits: readonly TextEdit[] = [];
  for (let round = 0; round < maximumRounds; round++) {
    const batch = safeBatch(linted);
    const { kept, result } = soundPart(linted, batch, lint);
    if (kept.length === 0) break;
    linted = result;
    applied += kept.length;
    edits = composeEdits(first.file.text, edits, kept.flat());
  }
  return { applied, edits, linted };
}

/**
 * The first fix of every finding of a rule, safe or not, as far as they can be made in one go and leave a text that
 * parses.
 */
export function fixesOfRule(linted: Linted, rule: string, lint: (text: string) => Linted): readonly TextEdit[] {
  const { kept } = soundPart(
    linted,
    batchOf(linted, (_, finding) => finding.rule === rule),
    lint,
  );
  return sortEdits(kept.flat());
}

export interface ChosenFix {
  readonly rule: string;
  readonly title: string;
  readonly safety: Safety;
  readonly edits: readonly TextEdit[];
}

/** The first fix of every finding, as far as they can be made in one go and leave a text that parses. */
export function fixesOfFile(
  linted: Linted,
  lint: (text: string) => Linted,
  which: 'all' | 'safe',
): readonly ChosenFix[] {
  const chosen = new Map<Edits, ChosenFix>();
  const batch = batchOf(
    linted,
    ({ safety }) => which === 'all' || safety === 'safe',
    (edits, { title, safety }, { rule }) => chosen.set(edits, { rule, title, safety, edits }),
  );
  return soundPart(linted, batch, lint).kept.flatMap((edits) => chosen.get(edits) ?? []);
}

/** The edits of safe fixes that can all be made at once. */
function safeBatch(linted: Linted): readonly Edits[] {
  return batchOf(linted, ({ safety }) => safety === 'safe');
}

/** The edits of the wanted fixes that can all be made at once; of one finding the first that can be made. */
function batchOf(
  { file, findings }: Linted,
  isWanted: (fix: Fix, finding: Finding) => boolean,
  onTaken: (edits: Edits, fix: Fix, finding: Finding) => void = () => undefined,
): readonly Edits[] {
  const batch: Edits[] = [];
  const taken: TextEdit[] = [];
  for (const finding of findings) {
    if (finding.suppressed !== undefined) continue;
    for (const fix of finding.fixes) {
      const edits = isWanted(fix, finding) ? editsOf(file, fix) : undefined;
      if (edits === undefined) continue;
      if (edits.every((edit) => isFree(edit, taken))) {
        batch.push(edits);
        onTaken(edits, fix, finding);
        for (const edit of edits) taken.splice(indexIn(taken, edit), 0, edit);
      }
      break;
    }
  }
  return batch;
}

/** Whether an edit can be made beside those taken, which are in order and do not overlap: only neighbours can be in the way. */
function isFree(edit: TextEdit, taken: Edits): boolean {
  for (let i = indexIn(taken, edit); i < taken.length; i++) {
    const other = taken[i];
    if (other === undefined || other.span.start > edit.span.end) break;
    if (conflicts(other, edit)) return false;
  }
  return true;
}

/** The index of the first edit in order that ends at the start of this one or later. */
function indexIn(taken: Edits, edit: TextEdit): number {
  return leading(taken, ({ span }) => span.end < edit.span.start);
}

/** Halves a batch whose result does not parse until the fixes that break it are alone, and leaves those out. */
function soundPart(
  before: Linted,
  batch: readonly Edits[],
  lint: (text: string) => Linted,
): { readonly kept: readonly Edits[]; readonly result: Linted } {
  if (batch.length === 0) return { kept: [], result: before };
  const result = lint(applyEdits(before.file.text, batch.flat()));
  if (syntaxErrors(result) <= syntaxErrors(before)) return { kept: batch, result };
  if (batch.length === 1) return { kept: [], result: before };
  const middle = batch.length >> 1;
  const first = soundPart(before, batch.slice(0, middle), lint);
  const second = soundPart(before, batch.slice(middle), lint);
  if (first.kept.length === 0) return second;
  if (second.kept.length === 0) return first;
  const kept = [...first.kept, ...second.kept];
  const together = lint(applyEdits(before.file.text, kept.flat()));
  return syntaxErrors(together) <= syntaxErrors(before) ? { kept, result: together } : first;
}

function syntaxErrors({ file, embeddedErrors = 0 }: Linted): number {
  return file.source.problems.filter((problem) => problem.kind === 'syntax').length + embeddedErrors;
}
