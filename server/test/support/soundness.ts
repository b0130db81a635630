// The promise of every fix, as a property: the result reads, the finding is gone, and nothing else has changed.
import { type Document, parseAllDocuments } from 'yaml';
import type { Finding } from '../../src/engine/finding.js';
import type { ReadFile } from '../../src/engine/language.js';
import type { Change, Fix } from '../../src/model/change.js';
import type { FileKind } from '../../src/model/format.js';
import { editsOf } from '../../src/service/fix.js';
import { applyEdits, type TextEdit } from '../../src/text/edit.js';
import { type LintOptions, lint } from './lint.js';

export interface Soundness {
  /** Fixes that were applied. */
  readonly applied: number;
  /** Fixes that a finding names but that cannot be made without touching something else. */
  readonly withheld: number;
  readonly faults: readonly string[];
}

/** Applies every fix of every finding of a text, one at a time. */
export function checkFixes(name: string, kind: FileKind, text: string, options: LintOptions = {}): Soundness {
  const { file, findings } = lint(kind, text, options);
  const faults: string[] = [];
  let applied = 0;
  let withheld = 0;
  for (const finding of findings) {
    for (const fix of finding.fixes) {
      const edits = editsOf(file, fix);
      if (edits === undefined) {
        withheld++;
        continue;
      }
      applied++;
      const where = `${name}:${finding.at.span.start} ${finding.rule} "${fix.title}"`;
      for (const fault of checkFix(kind, text, file, findings, finding, fix, edits, options))
        faults.push(`${where}: ${fault}`);
    }
  }
  return { applied, withheld, faults };
}

/** What is wrong with a fix of a finding in `text`, which is read as `file`; `edits` are those that it makes. */
export function* checkFix(
  kind: FileKind,
  text: string,
  file: ReadFile,
  findings: readonly Finding[],
  finding: Finding,
  fix: Fix,
  edits: readonly TextEdit[],
  options: LintOptions,
): Iterable<string> {
  let mended: string;
  try {
    mended = applyEdits(text, edits);
  } catch (error) {
    yield `its edits cannot be applied: ${error}`;
    return;
  }
  if (mended === text) yield 'it changes nothing';
  const after = lint(kind, mended, { ...options, previous: file });
  const broken = (read: ReadFile) => read.source.problems.filter((problem) => problem.kind === 'syntax').length;
  // An instruction that is known at last may be wrong in other ways.
  if (finding.rule !== 'syntax-error' && broken(after.file) > broken(file))
    yield `the result does not read:\n${mended}`;
  const isLikeIt = ({ rule, message }: Finding) =>
    rule === finding.rule && (!speakOfMany.has(rule) || message === finding.message);
  const isThere = (other: Finding) => isLikeIt(other) && samePlace(other, finding, edits);
  const count = (all: readonly Finding[]) => all.filter(isLikeIt).length;
  const loud = ({ suppressed }: Finding) => suppressed === undefined;
  const isGone =
    count(after.findings.filter(loud)) < count(findings.filter(loud)) ||
    (speakOfMany.has(finding.rule) && !after.findings.some(isThere));
  if (loud(finding) && !isGone) yield `the finding is still there:\n${mended}`;
  if (
    count(after.findings) >= count(findings) &&
    after.findings.some(
      (other) => other.rule === finding.rule && other.message === finding.message && samePlace(other, finding, edits),
    )
  ) {
    const again = after.findings.find((other) => other.rule === finding.rule && samePlace(other, finding, edits));
    const second = again?.fixes.find((other) => other.title === fix.title);
    if (again !== undefined && second !== undefined && editsOf(after.file, second) !== undefined)
      yield 'a second application would change the text again';
  }
  // A key that gets another name takes its values along.
  const renames = fix.changes.some(
    (change) => change.kind === 'replaceText' && (kind === 'config' || isKey(text, change.place.span.end)),
  );
  if (kind !== 'dockerfile' && !renames) yield* otherValues(text, mended, fix.changes);
  else yield* otherLines(text, mended, edits);
}

/** Rules for many faults: where one is mended, another one may come to light. */
const speakOfMany: ReadonlySet<string> = new Set([
  'syntax-error',
  'invalid-config',
  'schema-violation',
  'misplaced-security-field',
]);

/** Whether what ends at an offset is the key of a pair. */
function isKey(text: string, end: number): boolean {
  return /^["']?[ \t]*:/.test(text.slice(end, end + 200));
}

/** Whether a finding of the mended text stands where the mended one stood. */
function samePlace(other: Finding, finding: Finding, edits: readonly TextEdit[]): boolean {
  const moved = edits
    .filter((edit) => edit.span.end <= finding.at.span.start)
    .reduce((sum, edit) => sum + edit.newText.length - (edit.span.end - edit.span.start), 0);
  return other.at.span.start === finding.at.span.start + moved;
}

/** The values of a YAML text that are not at, above or beside what was to be changed must be what they were. */
function* otherValues(before: string, after: string, changes: readonly Change[]): Iterable<string> {
  // A template action over several lines is one word to us, and all kinds of things to the package.
  if (/\{\{[^{}\n]*\n/.test(before)) return;
  // The package reads a key without text otherwise at the end of a file and through a merge key.
  if (/^[ \t]*:(?=[ \t\r\n]|$)/m.test(before)) return;
  // The package decodes such keys, which are names like any other to us, and to nobody who reads these files.
  if (before.includes('!!binary')) return;
  // The package knows a key that is a number by its value, and not by its spelling.
  if (/(?:^|[{,\s])[-+]?0[\dxob][\da-f]*[ \t]*:/im.test(before)) return;
  // A quote that is never closed ends for the package at the next quote of another document, if there is one.
  const documents = documentsOf(before);
  const isBroken = documents.some(({ errors }) => errors.length > 0);
  if (isBroken && documents.length !== documentsOf(after).length) return;
  const old = leaves(before);
  const now = leaves(after);
  if (old === undefined || now === undefined) return;
  const wanted = changes.map((change) =>
    'slot' in change && 'path' in change.slot ? (change.slot.path as readonly (string | number)[]) : undefined,
  );
  // A replaced text, or one of another format, is a change of one scalar: its path is not known here, so one may differ.
  let free = changes.filter(({ kind }) => kind === 'replaceText' || kind === 'embedded').length;
  /** What was written once, and used through aliases, changes everywhere alike. */
  const replaced = new Map<string, string | undefined>();
  for (const [path, value] of old) {
    if (now.get(path) === value) continue;
    const parts = JSON.parse(path) as (string | number)[];
    const expected = wanted.some((slot) => slot !== undefined && related(parts.slice(1), slot));
    if (expected) continue;
    if (replaced.has(value) && replaced.get(value) === now.get(path)) continue;
    replaced.set(value, now.get(path));
    if (free-- > 0) continue;
    yield `the value at ${path} was changed`;
  }
}

/** Whether a leaf lies at a changed field, in its list, or is a parent that became empty. */
function related(leaf: readonly (string | number)[], slot: readonly (string | number)[]): boolean {
  const parent = typeof slot.at(-1) === 'number' ? slot.slice(0, -1) : slot;
  return parent.every((part, index) => index >= leaf.length || leaf[index] === part);
}

/** Aliases of aliases can stand for more values than a machine has room for. */
const mostLeaves = 50_000;

/** An alias inside its own anchor has no end. */
const deepest = 1000;

/** The values of a text by their paths; undefined where there are too many. */
function leaves(text: string): Map<string, string> | undefined {
  const found = new Map<string, string>();
  for (const [index, document] of documentsOf(text).entries()) {
    if (document.errors.length > 0) continue;
    const open: { readonly value: unknown; readonly path: readonly (string | number)[] }[] = [
      { value: valueOf(document), path: [index] },
    ];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { value, path } = next;
      if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
        for (const [key, child] of Object.entries(value))
          open.push({ value: child, path: [...path, Array.isArray(value) ? Number(key) : key] });
      } else found.set(JSON.stringify(path), JSON.stringify(value) ?? 'undefined');
      if (found.size + open.length > mostLeaves || next.path.length > deepest) return undefined;
    }
  }
  return found;
}

function documentsOf(text: string): readonly Document[] {
  // The package counts a byte order mark as indentation.
  return [...parseAllDocuments(text.replace(/^\uFEFF/, ''), { merge: true, uniqueKeys: false, logLevel: 'silent' })];
}

/** Undefined where the package finds out now only that it cannot be read: an alias without its anchor, a bad merge. */
function valueOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: -1 });
  } catch {
    return undefined;
  }
}

/** The lines of a text that no edit touches must all be there still, in their order. */
function* otherLines(before: string, after: string, edits: readonly TextEdit[]): Iterable<string> {
  const remaining = after.split('\n');
  let offset = 0;
  let from = 0;
  for (const line of before.split('\n')) {
    const start = offset;
    offset += line.length + 1;
    if (edits.some((edit) => edit.span.start <= offset && start <= edit.span.end)) continue;
    const at = remaining.indexOf(line, from);
    if (at < 0) yield `the line ${JSON.stringify(line)} is gone`;
    else from = at + 1;
  }
}
