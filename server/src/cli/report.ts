// Findings in the words of the command line: names relative to the working directory, lines and columns from 1.
import { relative } from 'node:path';
import { withSlashes } from '../disk/disk-files.js';
import type { Finding, Suppressed } from '../engine/finding.js';
import type { Confidence, Severity } from '../engine/rule.js';
import type { Address } from '../model/address.js';
import type { Safety } from '../model/change.js';
import { editsOf } from '../service/fix.js';
import type { Linted } from '../service/lint-text.js';
import { LineIndex } from '../text/line-index.js';
import type { Span } from '../text/span.js';

/** Both from 1; columns in UTF-16 units. */
export interface ReportPosition {
  readonly line: number;
  readonly column: number;
}

/** The end is the first position behind. */
export interface ReportRange {
  readonly start: ReportPosition;
  readonly end: ReportPosition;
}

export interface ReportEdit {
  readonly range: ReportRange;
  readonly newText: string;
}

export interface ReportFix {
  readonly title: string;
  readonly safety: Safety;
  readonly edits: readonly ReportEdit[];
}

export interface ReportFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  readonly file: string;
  readonly range: ReportRange;
  readonly standards: readonly string[];
  readonly related: readonly { readonly file: string; readonly range: ReportRange; readonly message: string }[];
  /** Only those that can be made here. */
  readonly fixes: readonly ReportFix[];
  readonly suppressed: Omit<Suppressed, 'ignore'> | undefined;
}

export interface FileReport {
  readonly file: string;
  /** Whether `--fix` may write it: a config file that only speaks for what is linted stays as it is. */
  readonly fixable: boolean;
  readonly lines: Lines;
  /** The same with every secret that was found covered, for what is sent around. */
  readonly shownLines: Lines;
  /** What an offset belongs to. */
  readonly addressOf: (offset: number) => Address;
  /** In the order of the text. */
  readonly findings: readonly { readonly finding: ReportFinding; readonly span: Span }[];
}

export interface ReportError {
  readonly file: string;
  readonly message: string;
}

export interface Totals {
  readonly files: number;
  /** Files that were left alone because a Helm chart's values decide what they say. */
  readonly helmTemplates: number;
  /** Files that were left alone because they have not changed since the commit that `--changed-since` names. */
  readonly unchanged: number;
  /** Findings that a baseline holds back. */
  readonly heldBack: number;
  /** Files among them with something fixed, and how many fixes were made. */
  readonly fixedFiles: number;
  readonly fixes: number;
  readonly errors: readonly ReportError[];
}

/** Takes results as they come and writes them in one format. */
export interface Reporter {
  file(report: FileReport): void;
  end(totals: Totals): void;
}

/** A text by lines, as people count them: a byte order mark is no character of the first line. */
export interface Lines {
  readonly text: string;
  readonly index: LineIndex;
}

export function linesOf(text: string): Lines {
  return { text, index: new LineIndex(text) };
}

function rangeOf(lines: Lines, span: Span): ReportRange {
  return { start: positionOf(lines, span.start), end: positionOf(lines, span.end) };
}

function positionOf({ text, index }: Lines, offset: number): ReportPosition {
  const { line, character } = index.positionAt(offset);
  const mark = line === 0 && text.startsWith('\uFEFF') ? 1 : 0;
  return { line: line + 1, column: Math.max(0, character - mark) + 1 };
}

interface ReportRequest {
  readonly cwd: string;
  readonly showSuppressed: boolean;
  readonly fixable: boolean;
}

/** What is to be told of a file: suppressed findings only where they are asked for. */
export function reportOf(linted: Linted, { cwd, showSuppressed, fixable }: ReportRequest): FileReport {
  const { file: read } = linted;
  const lines = linesOf(read.text);
  const file = relativeTo(cwd, read.source.id);
  const findings = linted.findings
    .filter((finding) => showSuppressed || finding.suppressed === undefined)
    .map((finding) => ({ finding: reportFinding(finding, linted, { own: lines, cwd }), span: finding.at.span }));
  const secrets = linted.findings.flatMap((finding) => (finding.secret === true ? [finding.at.span] : []));
  const shownLines = secrets.length === 0 ? lines : linesOf(covered(read.text, secrets));
  return { file, fixable, lines, shownLines, addressOf: (offset) => read.addressOf(offset), findings };
}

/** The text with each unit of these spans covered, at the same offsets; line ends stay. */
function covered(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start < done) continue;
    parts.push(text.slice(done, start), text.slice(start, end).replaceAll(/[^\r\n]/g, '•'));
    done = end;
  }
  return parts.join('') + text.slice(done);
}

interface Surroundings {
  readonly own: Lines;
  readonly cwd: string;
}

function reportFinding(finding: Finding, { file: read, elsewhere }: Linted, { own, cwd }: Surroundings): ReportFinding {
  const { rule, severity, confidence, message, standards, suppressed } = finding;
  const file = relativeTo(cwd, read.source.id);
  const related = finding.related.flatMap(({ at, message: why }) => {
    const other = elsewhere?.get(at.file);
    const lines = at.file === read.source.id ? own : other === undefined ? undefined : linesOf(other);
    return lines === undefined
      ? []
      : [{ file: relativeTo(cwd, at.file), range: rangeOf(lines, at.span), message: why }];
  });
  const fixes = finding.fixes.flatMap((fix): ReportFix[] => {
    const edits = editsOf(read, fix);
    if (edits === undefined) return [];
    const { title, safety } = fix;
    return [{ title, safety, edits: edits.map(({ span, newText }) => ({ range: rangeOf(own, span), newText })) }];
  });
  const range = rangeOf(own, finding.at.span);
  return {
    rule,
    severity,
    confidence,
    message,
    file,
    range,
    standards,
    related,
    fixes,
    suppressed: reportSuppressed(suppressed),
  };
}

/** Without what only the engine wants to know. */
function reportSuppressed(suppressed: Finding['suppressed']): ReportFinding['suppressed'] {
  if (suppressed === undefined) return undefined;
  const { by, tool, reason } = suppressed;
  return tool === undefined ? { by, reason } : { by, tool, reason };
}

/** A path as the user would write it. */
export function relativeTo(cwd: string, path: string): string {
  return withSlashes(relative(cwd, path)) || '.';
}
