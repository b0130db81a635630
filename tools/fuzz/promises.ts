// What has to hold for every text, however broken it is.
import { emptyConfig, settingsOf } from '../../server/src/engine/config.js';
import type { Finding } from '../../server/src/engine/finding.js';
import type { ReadFile } from '../../server/src/engine/language.js';
import { describeDockerfile } from '../../server/src/lsp/dockerfile-hover.js';
import type { FileKind } from '../../server/src/model/format.js';
import { allRules } from '../../server/src/rules/all.js';
import {
  definitionAt,
  dockerfileAt,
  dockerfileContextAt,
  referencesAt,
} from '../../server/src/service/dockerfile-context.js';
import { applySafeFixes, editsOf } from '../../server/src/service/fix.js';
import { ignoreEdit } from '../../server/src/service/ignore.js';
import { type Linted, lintText, loadReader } from '../../server/src/service/lint-text.js';
import type { Reader } from '../../server/src/service/read-text.js';
import { applyEdits, type TextEdit } from '../../server/src/text/edit.js';
import { leading } from '../../server/src/text/leading.js';
import type { Span } from '../../server/src/text/span.js';
import { checkFix } from '../../server/test/support/soundness.js';
import type { FuzzInput } from './inputs.js';
import { checkReports } from './reports.js';

/** A promise that was broken. Two of the same `promise` and `about` are taken for one fault. */
export interface Breach {
  readonly promise: string;
  /** A rule, or where it was thrown. */
  readonly about: string;
  readonly detail: string;
}

export interface Observation {
  readonly breach: Breach | undefined;
  readonly findings: readonly Finding[];
  /** How long it took to read and judge the text once. */
  readonly milliseconds: number;
}

/** When the texts are judged: some ignores have ended by then, and others have not. */
const today = '2030-01-01';

export type Readers = ReadonlyMap<FileKind, Reader>;

/** Of one text, only so many findings have their fixes tried, and half as many are ignored: each means to lint again. */
function triedFindings(text: string): number {
  return text.length < 5000 ? 12 : 2;
}

/** Reading and judging may take so long, whatever the text is. */
function longestTime(text: string): number {
  return 250 + text.length * 0.02;
}

export async function loadReaders(): Promise<Readers> {
  const kinds: readonly FileKind[] = ['dockerfile', 'compose', 'kubernetes', 'config'];
  return new Map(await Promise.all(kinds.map(async (kind) => [kind, await loadReader(kind, allRules)] as const)));
}

/** Lints as the product does, with every rule, and holds the outcome against every promise; the first breach counts. */
export function observe(input: FuzzInput, readers: Readers): Observation {
  const { kind, text, next, kubernetesMinor, dotenv } = input;
  const read = readers.get(kind);
  if (read === undefined) throw new Error(`Nothing reads ${kind}.`);
  const settings = settingsOf({ ...emptyConfig, profile: 'all', kubernetesMinor }, { today });
  const request = { kind, read, rules: allRules, settings, file: '/folder/file', dotenv };
  const lint = (wanted: string, previous?: ReadFile): Linted =>
    lintText({ ...request, text: wanted, mode: 'open', previous });
  // The machine may be busy with something else, which is not the time of this process.
  const timed = () => {
    const started = process.cpuUsage();
    const linted = lint(text);
    const { user, system } = process.cpuUsage(started);
    return { linted, milliseconds: (user + system) / 1000 };
  };
  let findings: readonly Finding[] = [];
  let milliseconds = 0;
  let breach: Breach | undefined;
  try {
    const first = timed();
    findings = first.linted.findings;
    milliseconds = first.milliseconds;
    // Code that is new, or memory that is full, takes longer once: only what is slow again and again is slow.
    for (let again = 0; again < 4 && milliseconds > longestTime(text); again++) {
      milliseconds = Math.min(milliseconds, timed().milliseconds);
    }
    const scanned = lintText({ ...request, text, mode: 'scan' });
    const all = function* () {
      yield* checkScan(first.linted, scanned);
      yield* breaches(input, first.linted, lint, next, milliseconds);
    };
    for (breach of all()) break;
  } catch (error) {
    breach = thrown(error);
  }
  return { breach, findings, milliseconds };
}

function* breaches(
  { kind, text, kubernetesMinor, dotenv }: FuzzInput,
  linted: Linted,
  lint: (text: string, previous?: ReadFile) => Linted,
  next: string,
  milliseconds: number,
): Generator<Breach> {
  if (milliseconds > longestTime(text)) {
    yield { promise: 'time is bounded', about: kind, detail: `${milliseconds.toFixed(0)} ms for ${text.length} units` };
  }
  yield* checkFindings(linted);
  yield* checkReports(linted);
  yield* checkAddresses(linted.file);
  yield* checkAgain(linted, lint);
  yield* checkLineEnds(linted, lint);
  yield* checkPointing(linted);
  yield* checkPrevious(linted, lint, next);
  const syntax = linted.file.source.problems.filter((problem) => problem.kind === 'syntax').length;
  // A lone carriage return ends a line to some readers and is text to others: a fix cannot please both.
  const isWhole = linted.file.source.problems.every((problem) => problem.kind !== 'limit') && !/\r(?!\n)/.test(text);
  const tried = spread(linted.findings, triedFindings(text));
  for (const finding of isWhole ? tried : []) {
    for (const fix of finding.fixes) {
      const edits = editsOf(linted.file, fix);
      if (edits === undefined) continue;
      yield* checkEdits(text, finding.rule, edits);
      const options = { kubernetesMinor, dotenv, today };
      const where = `${finding.rule} at ${finding.at.span.start} "${fix.title}"`;
      for (const fault of checkFix(kind, text, linted.file, linted.findings, finding, fix, edits, options)) {
        yield {
          promise: `a fix is sound: ${fault.split(/:|\n| at \[|"/)[0]}`,
          about: finding.rule,
          detail: `${where}: ${fault}`,
        };
      }
    }
  }
  yield* checkFixAll(linted, lint, syntax);
  for (const finding of spread(linted.findings, triedFindings(text) / 2)) yield* checkIgnoring(linted, finding, lint);
}

function* checkFindings({ file, findings, failures }: Linted): Generator<Breach> {
  const { text } = file;
  for (const { rule, error } of failures) yield { ...thrown(error), promise: 'no rule throws', about: rule };
  for (const finding of findings) {
    const { rule, message } = finding;
    for (const { at } of [finding, ...finding.related]) {
      const fault = faultOf(at.span, text);
      if (fault !== undefined) {
        yield { promise: `a place is in the text: ${fault}`, about: rule, detail: `${at.span.start}..${at.span.end}` };
      }
    }
    if (message.length > 100 || unfitForMessage.test(message)) {
      yield { promise: 'a message is one short line', about: rule, detail: JSON.stringify(message) };
    }
  }
  const places = new Set<string>();
  for (const { rule, at, suppressed } of findings) {
    const key = `${rule} ${at.span.start} ${at.span.end} ${suppressed === undefined}`;
    if (places.has(key)) yield { promise: 'a rule speaks of a place once', about: rule, detail: key };
    places.add(key);
  }
}

/** Controls, what ends a line or changes the order of text, and halves of characters. */
const unfitForMessage = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

function faultOf({ start, end }: Span, text: string): string | undefined {
  if (!(Number.isInteger(start) && Number.isInteger(end))) return 'it is no number';
  if (start < 0 || end > text.length) return 'it leaves the text';
  if (end < start) return 'it ends before it begins';
  for (const offset of [start, end]) {
    if (isInside(text, offset, /[\uD800-\uDBFF]/, /[\uDC00-\uDFFF]/)) return 'it splits a character';
    if (isInside(text, offset, /\r/, /\n/)) return 'it splits a line end';
  }
  return undefined;
}

function isInside(text: string, offset: number, before: RegExp, behind: RegExp): boolean {
  return offset > 0 && offset < text.length && before.test(text.charAt(offset - 1)) && behind.test(text.charAt(offset));
}

function* checkAddresses(file: ReadFile): Generator<Breach> {
  const { length } = file.text;
  for (const part of [0, 0.13, 0.37, 0.5, 0.71, 0.93, 1]) {
    const { path } = file.addressOf(Math.floor(part * length));
    if (typeof path !== 'string')
      yield { promise: 'a place has an address', about: file.source.kind, detail: `${part}` };
  }
}

/** A scan may leave out what no rule reads, and says nothing else than an open file. */
function* checkScan({ findings }: Linted, scanned: Linted): Generator<Breach> {
  yield* checkFindings(scanned);
  const known = new Set(findings.map(({ rule, at, message }) => `${rule} ${at.span.start} ${at.span.end} ${message}`));
  for (const { rule, at, message } of scanned.findings) {
    // An open file with a syntax error may hide what a comment is for; a scan that leaves the place out has none.
    if (rule === 'unused-suppression') continue;
    const detail = `${rule} ${at.span.start} ${at.span.end} ${message}`;
    if (!known.has(detail)) yield { promise: 'a scan says what an open file says', about: rule, detail };
  }
}

/** The same text gives the same findings, in the same order, whatever was read before. */
function* checkAgain(linted: Linted, lint: (text: string) => Linted): Generator<Breach> {
  const [one, two] = [summaryOf(linted), summaryOf(lint(linted.file.text))];
  const at = one.findIndex((line, index) => line !== two[index]);
  if (at < 0 && one.length === two.length) return;
  const detail = `${one[at] ?? one.length}\n${two[at] ?? two.length}`;
  yield { promise: 'the same text gives the same findings', about: 'the reading', detail };
}

/** Line ends of Windows change nothing but the places. */
function* checkLineEnds({ file, findings }: Linted, lint: (text: string) => Linted): Generator<Breach> {
  const { text } = file;
  if (text.includes('\r')) return;
  const known = (all: readonly Finding[], moved: (offset: number) => number) =>
    all.map(({ rule, at: { span }, suppressed }) =>
      [rule, moved(span.start), moved(span.end), suppressed === undefined].join(' '),
    );
  const breaks = [...text.matchAll(/\n/g)].map(({ index }) => index);
  const before = known(findings, (offset) => offset + leading(breaks, (index) => index < offset));
  const now = known(lint(text.replaceAll('\n', '\r\n')).findings, (offset) => offset);
  const lost = before.find((line) => !now.includes(line));
  const come = now.find((line) => !before.includes(line));
  if (lost === undefined && come === undefined) return;
  const rule = (lost ?? come ?? '').split(' ')[0] ?? '';
  yield { promise: 'line ends of Windows change no finding', about: rule, detail: `went ${lost}, came ${come}` };
}

/** What an editor asks about a place has an answer, and one of bounded length. */
function* checkPointing(linted: Linted): Generator<Breach> {
  const { text, source } = linted.file;
  if (source.kind !== 'dockerfile' && source.kind !== 'compose') return;
  linted.file.links?.();
  for (const part of [0, 0.11, 0.29, 0.43, 0.62, 0.88, 1]) {
    const offset = Math.floor(part * text.length);
    const spot = dockerfileAt(linted, offset);
    if (spot === undefined) continue;
    definitionAt(spot);
    referencesAt(spot);
    const context = dockerfileContextAt(spot);
    const shown =
      context === undefined ? '' : describeDockerfile(context, spot, { text, uri: 'file:///fuzz/Dockerfile' }, true);
    if (shown.length > 20_000)
      yield { promise: 'a hover is short', about: context?.kind ?? '', detail: `${shown.length}` };
  }
}

/** Edits are apart, in the text, and take no line out to put the same one in again. */
function* checkEdits(text: string, rule: string, edits: readonly TextEdit[]): Generator<Breach> {
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start);
  for (const [index, { span, newText }] of ordered.entries()) {
    const { start, end } = span;
    const next = ordered[index + 1];
    const old = text.slice(start, end);
    const fault =
      start < 0 || end < start || end > text.length
        ? 'it leaves the text'
        : next !== undefined && next.span.start < end
          ? 'it meets another one'
          : old === newText
            ? 'it changes nothing'
            : restates(old, newText) || restates(reversed(old), reversed(newText))
              ? 'it writes a line again'
              : faultOf(span, text);
    if (fault === undefined) continue;
    yield { promise: `an edit is minimal: ${fault}`, about: rule, detail: JSON.stringify({ span, old, newText }) };
  }
}

function restates(old: string, now: string): boolean {
  const line = old.indexOf('\n');
  return line > 0 && now.indexOf('\n') === line && old.slice(0, line) === now.slice(0, line);
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}

/** A reading that is told of the one before must be the same as a fresh one, and so must be the way back. */
function* checkPrevious(
  linted: Linted,
  lint: (text: string, previous?: ReadFile) => Linted,
  next: string,
): Generator<Breach> {
  const after = lint(next, linted.file);
  yield* differences(summaryOf(lint(next)), summaryOf(after));
  yield* differences(summaryOf(lint(linted.file.text)), summaryOf(lint(linted.file.text, after.file)));
}

function* differences(fresh: readonly string[], told: readonly string[]): Generator<Breach> {
  const at = fresh.findIndex((line, index) => line !== told[index]);
  if (at < 0 && fresh.length === told.length) return;
  const index = at < 0 ? fresh.length : at;
  const rule = /^finding (\S+)/.exec(fresh[index] ?? told[index] ?? '')?.[1] ?? 'the reading';
  yield {
    promise: 'a reading that is told of the one before is a fresh one',
    about: rule,
    detail: `fresh: ${fresh[index]}\ntold:  ${told[index]}`,
  };
}

function summaryOf({ file, findings }: Linted): readonly string[] {
  return [
    ...file.source.problems.map((problem) => `problem ${JSON.stringify(problem.at)} ${problem.message}`),
    ...file.comments().map((comment) => `comment ${JSON.stringify([comment, file.scopeBelow(comment)])}`),
    ...findings.map(({ fixes, ...finding }) => {
      const edits = fixes.map((fix) => [fix.title, editsOf(file, fix)]);
      const address = file.addressOf(finding.at.span.start);
      return `finding ${finding.rule} ${JSON.stringify([finding, address, edits])}`;
    }),
    ...Object.entries(file.subjects).map(([name, subjects]) => `subjects ${name} ${subjects.length}`),
  ];
}

function* checkFixAll(linted: Linted, lint: (text: string) => Linted, syntax: number): Generator<Breach> {
  const fixed = applySafeFixes(linted, lint);
  const { text } = fixed.linted.file;
  const about = 'fix-all';
  if (applyEdits(linted.file.text, fixed.edits) !== text) {
    yield { promise: 'the edits of fix-all make the text that it gives', about, detail: text };
  }
  const broken = fixed.linted.file.source.problems.filter((problem) => problem.kind === 'syntax').length;
  if (broken > syntax) yield { promise: 'fix-all breaks nothing', about, detail: text };
  const again = applySafeFixes(fixed.linted, lint);
  if (again.applied > 0) {
    const [rule] = again.linted.findings.map((finding) => finding.rule);
    yield {
      promise: 'fix-all ends',
      about,
      detail: `${again.applied} more fixes, ${rule}:\n${again.linted.file.text}`,
    };
  }
}

/** An ignore comment for a finding silences it, and no finding of another rule. */
function* checkIgnoring(linted: Linted, finding: Finding, lint: (text: string) => Linted): Generator<Breach> {
  if (finding.suppressed !== undefined) return;
  const edit = ignoreEdit(linted, finding, 'tried', lint);
  if (edit === undefined) return;
  const after = lint(applyEdits(linted.file.text, [edit]));
  // Where the text cannot be read whole, a comment more may be what stops the reader at another place.
  if (linted.file.source.problems.some((problem) => problem.kind !== 'config')) return;
  const loud = (all: readonly Finding[], moved: (offset: number) => number) =>
    all
      .filter(
        (other) => other.suppressed === undefined && other.rule !== finding.rule && !aboutComments.has(other.rule),
      )
      .map((other) => `${other.rule} ${moved(other.at.span.start)}`);
  const before = loud(linted.findings, (offset) => movedBy(edit, offset)).sort();
  const now = loud(after.findings, (offset) => offset).sort();
  const [gone] = before.filter((line) => !now.includes(line));
  const [come] = now.filter((line) => !before.includes(line));
  if (gone === undefined && come === undefined) return;
  yield {
    promise: 'ignoring a finding leaves the others alone',
    about: (gone ?? come ?? '').split(' ')[0] ?? '',
    detail: `${JSON.stringify(edit)} for ${finding.rule}: ${gone === undefined ? 'came' : 'went'} ${gone ?? come}`,
  };
}

/** Rules that speak of ignore comments, which ignoring changes on purpose. */
const aboutComments: ReadonlySet<string> = new Set(['unused-suppression', 'unknown-suppression-rule']);

function movedBy({ span, newText }: TextEdit, offset: number): number {
  return offset >= span.start ? offset + newText.length : offset;
}

function thrown(error: unknown): Breach {
  if (!(error instanceof Error)) return { promise: 'nothing throws', about: String(error), detail: String(error) };
  const frame = error.stack?.split('\n').find((line) => line.includes('/server/src/')) ?? '';
  const where = /server\/src\/[^):]+/.exec(frame)?.[0] ?? 'elsewhere';
  return { promise: 'nothing throws', about: `${error.name} in ${where}`, detail: error.stack ?? String(error) };
}

/** Items from the whole of a list, at most `count`. */
function spread<T>(all: readonly T[], count: number): readonly T[] {
  if (all.length <= count) return all;
  return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)] as T);
}
