// Reads what ShellCheck writes in its format `json1`. It is another program's text: nothing in it is taken for granted.
import type { ShellCheckLevel, ShellFinding, ShellReplacement } from '../model/dockerfile/shell-script.js';
import { leading } from '../text/leading.js';

const levels: readonly ShellCheckLevel[] = ['error', 'warning', 'info', 'style'];

/** So many remarks about one script are read. */
const most = 1000;

/** The remarks, with offsets in the script that it was given; undefined where the text is something else. */
export function readShellCheck(output: string, script: string): readonly ShellFinding[] | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(output);
  } catch {
    return undefined;
  }
  const comments = isRecord(answer) ? answer.comments : undefined;
  if (!Array.isArray(comments)) return undefined;
  const offsetAt = positions(script);
  const findings: ShellFinding[] = [];
  for (const comment of comments.slice(0, most)) {
    const finding = readComment(comment, offsetAt);
    if (finding === undefined) return undefined;
    findings.push(finding);
  }
  return findings;
}

type Fields = { readonly [key: string]: unknown };
type OffsetAt = (line: unknown, column: unknown) => number | undefined;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readComment(comment: unknown, offsetAt: OffsetAt): ShellFinding | undefined {
  if (!isRecord(comment)) return undefined;
  const { code, message } = comment;
  const level = levels.find((each) => each === comment.level);
  const start = offsetAt(comment.line, comment.column);
  const end = offsetAt(comment.endLine, comment.endColumn);
  if (typeof code !== 'number' || !Number.isSafeInteger(code) || code < 0 || typeof message !== 'string') {
    return undefined;
  }
  if (level === undefined || start === undefined || end === undefined) return undefined;
  const replacements = isRecord(comment.fix) ? readReplacements(comment.fix.replacements, offsetAt) : [];
  return { code: `SC${code}`, level, message, start, end, replacements };
}

/** A fix that is not understood is none. */
function readReplacements(value: unknown, offsetAt: OffsetAt): readonly ShellReplacement[] {
  if (!Array.isArray(value)) return [];
  const read = value.map((each) => readReplacement(each, offsetAt));
  const known = read.filter((each) => each !== undefined);
  return known.length === read.length ? known : [];
}

function readReplacement(value: unknown, offsetAt: OffsetAt): ShellReplacement | undefined {
  if (!isRecord(value) || typeof value.replacement !== 'string') return undefined;
  const start = offsetAt(value.line, value.column);
  const end = offsetAt(value.endLine, value.endColumn);
  if (start === undefined || end === undefined || end < start) return undefined;
  const belongsTo = value.insertionPoint === 'beforeStart' ? 'before' : 'behind';
  return { start, end, text: value.replacement, belongsTo };
}

/** ShellCheck counts lines and columns from 1, and in columns whole characters: one outside of Unicode's first plane is one. */
function positions(script: string): OffsetAt {
  const starts = [0];
  for (let at = script.indexOf('\n'); at >= 0; at = script.indexOf('\n', at + 1)) starts.push(at + 1);
  /** By line: which of its characters have two units, counted in characters. */
  const wide = new Map<number, readonly number[]>();
  const wideIn = (line: number, start: number, end: number): readonly number[] => {
    const known = wide.get(line);
    if (known !== undefined) return known;
    const pairs = script.slice(start, end).matchAll(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g);
    const found = Array.from(pairs, ({ index }, earlier) => index - earlier);
    wide.set(line, found);
    return found;
  };
  return (line, column) => {
    if (typeof line !== 'number' || typeof column !== 'number' || !(column >= 1)) return undefined;
    const start = starts[line - 1];
    if (start === undefined) return undefined;
    const end = (starts[line] ?? script.length + 1) - 1;
    const before = Math.floor(column) - 1;
    const more = leading(wideIn(line, start, end), (position) => position < before);
    return Math.min(start + before + more, end);
  };
}
