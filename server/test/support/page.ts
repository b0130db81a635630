// Reads a rule's page: its fences, with the carets that mark the findings they must give.
import type { Severity } from '../../src/engine/rule.js';
import type { FileKind } from '../../src/model/format.js';

export interface Expectation {
  readonly rule: string;
  readonly severity: Severity | undefined;
  /** A part of the message; undefined where the page leaves it open. */
  readonly message: string | undefined;
  /** From 0, in the text without caret lines. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** Whether the marked range goes on behind this line. */
  readonly continues: boolean;
}

export interface Fence {
  readonly kind: FileKind;
  /** The line of the page that it begins on, from 1. */
  readonly line: number;
  /** Without caret lines. */
  readonly text: string;
  readonly expectations: readonly Expectation[];
  /** From 1: the text after the n-th fix of the fence before it. */
  readonly fixed: number | undefined;
  readonly options: { readonly [name: string]: string | number | boolean | readonly string[] } | undefined;
  readonly kubernetesMinor: number | undefined;
  readonly trusted: readonly string[] | undefined;
  readonly dotenv: string | undefined;
  /**
   * The files of one Compose project, each a fence of the page: this one, and the texts of all of them in merge order,
   * the Dockerfiles of its services among them.
   */
  readonly project: { readonly file: string; readonly texts: ReadonlyMap<string, string> } | undefined;
  /** `2026-12-31`. */
  readonly today: string | undefined;
  /** Whether the rule hears what ShellCheck says: see `shell-check-answers.ts`. */
  readonly shellCheck: boolean;
}

const kinds: readonly string[] = ['dockerfile', 'compose', 'kubernetes', 'config'];

/** The fences of a page that are executed: those whose info names a kind. Throws on an info that it cannot read. */
export function readPage(markdown: string): readonly Fence[] {
  const lines = markdown.split('\n');
  const fences: Draft[] = [];
  for (let i = 0; i < lines.length; i++) {
    const open = /^```(\S+)(.*)$/.exec(lines[i] ?? '');
    if (open === null) continue;
    const close = lines.indexOf('```', i + 1);
    if (close < 0) throw new Error(`Line ${i + 1}: the fence is never closed.`);
    const fence = readFence(open[1] ?? '', open[2] ?? '', lines.slice(i + 1, close), i + 1);
    if (fence !== undefined) fences.push(fence);
    i = close;
  }
  return fences.map(({ file, projectName, ...fence }) => ({
    ...fence,
    project: file === undefined ? undefined : { file, texts: textsOf(fences, projectName) },
  }));
}

/** Mended texts are no files of their own. */
function textsOf(fences: readonly Draft[], name: string | undefined): ReadonlyMap<string, string> {
  const own = fences.filter(({ projectName, fixed }) => projectName === name && fixed === undefined);
  return new Map(own.map(({ file, text }) => [file ?? '', text]));
}

interface Draft extends Omit<Fence, 'project'> {
  readonly file: string | undefined;
  readonly projectName: string | undefined;
}

function readFence(language: string, info: string, lines: readonly string[], line: number): Draft | undefined {
  const words = info.match(/(?:[^\s{["]|\{[^}]*\}|\[[^\]]*\]|"[^"]*")+/g) ?? [];
  const named = words.find((word) => kinds.includes(word)) ?? (language === 'dockerfile' ? language : undefined);
  if (named === undefined) return undefined;
  let fixed: number | undefined;
  let options: Fence['options'];
  let kubernetesMinor: number | undefined;
  let trusted: readonly string[] | undefined;
  let dotenv: string | undefined;
  let today: string | undefined;
  let file: string | undefined;
  let projectName: string | undefined;
  let shellCheck = false;
  for (const word of words) {
    const [key, value] = split(word);
    if (kinds.includes(word)) continue;
    if (key === 'fixed') fixed = value === undefined ? 1 : Number(value);
    else if (key === 'options' && value !== undefined) options = JSON.parse(value);
    else if (key === 'kubernetes' && value !== undefined) kubernetesMinor = Number(value.replace('1.', ''));
    else if (key === 'trusted' && value !== undefined) trusted = JSON.parse(value);
    else if (key === 'today') today = value;
    else if (word === 'shellcheck') shellCheck = true;
    else if (key === 'file') file = value;
    else if (key === 'project') projectName = value;
    else if (key === 'env' && value !== undefined) dotenv = JSON.parse(value);
    else throw new Error(`Line ${line}: what is '${word}' in the fence?`);
  }
  return {
    kind: named as FileKind,
    line,
    ...readLines(lines),
    fixed,
    options,
    kubernetesMinor,
    trusted,
    dotenv,
    today,
    shellCheck,
    file,
    projectName,
  };
}

function split(word: string): readonly [string, string | undefined] {
  const equals = word.indexOf('=');
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}

const caretLine = /^#?\s*(\^+)(…?)\s+([a-z0-9-]+)(?:\s+(error|warning|info|hint))?(?:\s+"([^"]*)")?\s*$/;

function readLines(lines: readonly string[]): Pick<Fence, 'text' | 'expectations'> {
  const kept: string[] = [];
  const expectations: Expectation[] = [];
  for (const line of lines) {
    const match = caretLine.exec(line);
    if (match === null) {
      kept.push(line);
      continue;
    }
    const [, carets = '', continues, rule = '', severity, message] = match;
    const start = line.indexOf('^');
    expectations.push({
      rule,
      severity: severity as Severity | undefined,
      message,
      line: kept.length - 1,
      start,
      end: start + carets.length,
      continues: continues !== '',
    });
  }
  return { text: kept.length === 0 ? '' : `${kept.join('\n')}\n`, expectations };
}
