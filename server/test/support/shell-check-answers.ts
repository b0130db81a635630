// What the real ShellCheck says about the scripts of the pages, so that they can be run where there is none.
// `npx tsx tools/shell-check-answers.ts` writes it down anew; where ShellCheck is there, a test compares the two.
import { readFileSync } from 'node:fs';
import type { ShellFinding } from '../../src/model/dockerfile/shell-script.js';
import { readShellCheck } from '../../src/service/shell-check-output.js';
import { lint } from './lint.js';
import { readPage } from './page.js';
import { pagesOf } from './rule-pages.js';

export const answersFile = new URL('shell-check-answers.json', import.meta.url);

export interface RecordedAnswers {
  /** Of ShellCheck: others say other things. */
  readonly version: string;
  /** What it wrote, by what it was given. */
  readonly answers: { readonly [script: string]: unknown };
}

export function readAnswers(): RecordedAnswers {
  return JSON.parse(readFileSync(answersFile, 'utf8'));
}

let answers: RecordedAnswers | undefined;

/** @throws Error for a script of which nothing was written down. */
export function recordedAnswer(script: string): readonly ShellFinding[] {
  answers ??= readAnswers();
  const answer = answers.answers[script];
  if (answer === undefined) throw new Error(`Run tools/shell-check-answers.ts: nothing is known of\n${script}`);
  return readShellCheck(JSON.stringify(answer), script) ?? [];
}

/** All scripts of the pages that are run with ShellCheck, mended ones among them. */
export function scriptsOfPages(): readonly string[] {
  const fences = pagesOf('shellcheck-finding').flatMap((path) => readPage(readFileSync(path, 'utf8')));
  const scripts = fences
    .filter(({ shellCheck, fixed }) => shellCheck || fixed !== undefined)
    .flatMap(({ text }) => lint('dockerfile', text, { only: 'shellcheck-finding' }).file.subjects.instruction ?? [])
    .flatMap(({ script }) => script ?? []);
  return [...new Set(scripts)].sort();
}
