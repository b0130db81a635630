// Silences a finding by an ignore comment, where one can stand.
import type { Finding } from '../engine/finding.js';
import { ignoreComments } from '../engine/ignores/plimsoll.js';
import type { ReadFile } from '../engine/language.js';
import type { Problem } from '../model/source-file.js';
import { applyEdits, type TextEdit } from '../text/edit.js';
import { lineStartAt } from '../text/line-start.js';
import type { Linted } from './lint-text.js';

/** Enclosing lines that are tried for a comment of its own, from the inside out. */
const maximumTries = 6;

/**
 * The edit that silences a finding and no other rule; undefined where no comment does. `lint` lints a text in the place
 * of this one: an edit is only given when the finding is silent after it and nothing is broken by it.
 */
export function ignoreEdit(
  linted: Linted,
  finding: Finding,
  reason: string,
  lint: (text: string) => Linted,
): TextEdit | undefined {
  const { text } = linted.file;
  const because = reason.replaceAll(/\s+/g, ' ').trim();
  for (const edit of candidates(linted, finding, because)) {
    const after = lint(applyEdits(text, [edit]));
    if (isSilent(linted, after, finding, edit)) return edit;
  }
  return undefined;
}

function* candidates(linted: Linted, finding: Finding, reason: string): Generator<TextEdit> {
  const { file } = linted;
  const { text } = file;
  const { start } = finding.at.span;
  const lineStart = lineStartAt(text, start);
  const newline = text.indexOf('\n', start);
  const lineEnd = newline < 0 ? text.length : newline - (text[newline - 1] === '\r' ? 1 : 0);
  const known = ignoreComments(file).find(
    ({ scope, ids }) =>
      scope !== undefined && ids.length > 0 && scope.start <= start && scope.start >= lineStart && start < scope.end,
  );
  const last = known?.ids.at(-1);
  if (last !== undefined) yield insertion(last.at.span.end, `, ${finding.rule}`);
  const comment = `# plimsoll: ignore[${finding.rule}]${reason === '' ? '' : ` ${reason}`}`;
  if (file.source.kind !== 'dockerfile') yield insertion(lineEnd, ` ${comment}`);
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  for (const at of linesAround(file, start)) {
    const indentation = /^[ \t]*/.exec(text.slice(at))?.[0] ?? '';
    yield insertion(at, `${indentation}${comment}${lineBreak}`);
  }
}

function insertion(at: number, newText: string): TextEdit {
  return { span: { start: at, end: at }, newText };
}

/** The starts of the lines above which a comment may speak of an offset: its own, then what it is a part of. */
function* linesAround({ text, subjects, source }: ReadFile, offset: number): Generator<number> {
  const own = lineStartAt(text, offset);
  yield own;
  if (source.kind === 'dockerfile') {
    const instruction = subjects.instruction?.findLast(({ at }) => at.span.start <= offset);
    if (instruction === undefined) return;
    let at = lineStartAt(text, instruction.at.span.start);
    yield at;
    // Other tools look at the very line below their comment.
    const directives = new Set(
      subjects.dockerfile?.[0]?.directives.map(({ at: { span } }) => lineStartAt(text, span.start)),
    );
    for (let tries = 1; at > 0 && tries < maximumTries; tries++) {
      at = lineStartAt(text, at - 1);
      if (directives.has(at) || text[at + indentationAt(text, at)] !== '#') return;
      yield at;
    }
    return;
  }
  let indentation = indentationAt(text, own);
  let tries = 1;
  for (let at = own; at > 0 && indentation > 0 && tries < maximumTries; ) {
    at = lineStartAt(text, at - 1);
    const here = indentationAt(text, at);
    if (here >= indentation || !/[^\s#]/.test(text[at + here] ?? '')) continue;
    indentation = here;
    tries++;
    yield at;
  }
}

function indentationAt(text: string, lineStart: number): number {
  let at = lineStart;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at - lineStart;
}

function isSilent(before: Linted, after: Linted, finding: Finding, edit: TextEdit): boolean {
  const moved = finding.at.span.start >= edit.span.start ? edit.newText.length : 0;
  const wanted = finding.at.span.start + moved;
  const there = after.findings.filter(({ rule, at }) => rule === finding.rule && at.span.start === wanted);
  if (there.length === 0 || there.some(({ suppressed }) => suppressed === undefined)) return false;
  const count = ({ file }: Linted, kind: Problem['kind']) =>
    file.source.problems.filter((problem) => problem.kind === kind).length;
  const isWhole = (['syntax', 'limit', 'config'] as const).every((kind) => count(after, kind) === count(before, kind));
  return isWhole && areAlike(others(before, finding, edit), others(after, finding, undefined));
}

/** Rules that speak of ignore comments: what they say may well change. */
const aboutComments: ReadonlySet<string> = new Set(['unused-suppression', 'unknown-suppression-rule']);

/** The findings of other rules that are not silent, with how many there are of each; `edit` moves those behind it. */
function others({ findings }: Linted, { rule }: Finding, edit: TextEdit | undefined): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const other of findings) {
    if (other.suppressed !== undefined || other.rule === rule || aboutComments.has(other.rule)) continue;
    const { start } = other.at.span;
    const moved = edit !== undefined && start >= edit.span.start ? edit.newText.length : 0;
    const key = `${other.rule} ${start + moved}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function areAlike(one: ReadonlyMap<string, number>, two: ReadonlyMap<string, number>): boolean {
  return one.size === two.size && [...one].every(([key, count]) => two.get(key) === count);
}
