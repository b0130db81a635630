import type { Rule, Severity } from '../../engine/rule.js';
import { allRules } from '../../rules/all.js';
import { heldBackIn } from '../../service/baseline.js';
import { maximumBytes } from '../../service/decode.js';
import type { Linted } from '../../service/lint-text.js';
import { describe, lintBytes, lintWorkspace, type WorkspaceStep } from '../../service/lint-workspace.js';
import { ShrinkingBaselines } from '../../service/shrink-baseline.js';
import type { LintedFile, Passed } from '../../service/workspace.js';
import { applyFixes } from '../apply-fixes.js';
import { changedSince } from '../changed-files.js';
import type { Io, Output } from '../io.js';
import { keepBaselines } from '../keep-baselines.js';
import { readLintOptions } from '../lint-options.js';
import { openOutputs } from '../outputs.js';
import { progressOn } from '../progress.js';
import { type ReportError, relativeTo, reportOf } from '../report.js';
import type { Command, ExitCode } from '../run.js';
import { requireConfig } from '../settings-options.js';
import { shellChecksOf, troubleOf } from '../shell-check.js';
import { visible } from '../visible.js';

export const lintCommand: Command = (words, io) => lint(words, io, allRules);

const loudness: { readonly [severity in Severity | 'never']: number } = {
  hint: 0,
  info: 1,
  warning: 2,
  error: 3,
  never: 4,
};

const passedReasons: { readonly [reason in Passed | 'excluded']: string } = {
  excluded: 'excluded by the configuration; not checked',
  other: 'no Dockerfile, Compose file or Kubernetes manifest; nothing to check',
  'helm-template': 'a template of a Helm chart; its values decide what it says, so it is not checked',
};

/** Lints with these rules. */
export async function lint(words: readonly string[], io: Io, rules: readonly Rule[]): Promise<ExitCode> {
  const options = readLintOptions(words, io, rules);
  const { cwd, files, stderr } = io;
  await requireConfig(options, io);
  const stdin = options.stdinPath === undefined ? undefined : await io.stdin(options.fix ? Infinity : maximumBytes + 1);
  const among = options.changedSince === undefined ? undefined : await changedSince(options.changedSince, io);
  const { config, baseline, overrides } = options;
  const shellChecks = await shellChecksOf(options.shellCheck, io);
  const request = { files, root: cwd, rules, config, baseline, overrides, today: io.today(), shellChecks };
  const steps =
    stdin === undefined || options.stdinPath === undefined
      ? lintWorkspace(request, options.paths, { among, forceExclude: options.forceExclude })
      : lintBytes(request, options.stdinPath, stdin, { forceExclude: options.forceExclude });
  // The fixed text has standard output for itself.
  const output = stdin !== undefined && options.fix ? stderr : io.stdout;
  const progress = progressOn(options.quiet ? { ...stderr, isTerminal: false } : stderr, io.now);
  const write = (to: Output) => (text: string) => {
    progress.clear();
    to.write(text);
  };
  const tell = write(stderr);
  const outputs = await openOutputs(options, io, rules, output, write(output));

  const errors: ReportError[] = [];
  /** Also what could not be read. */
  const read = new Set<string>();
  let total = 0;
  let opened = 0;
  let linted = 0;
  let helmTemplates = 0;
  let fixes = 0;
  let fixedFiles = 0;
  let unchanged = 0;
  let heldBack = 0;
  let loudest = -1;
  const baselines = new ShrinkingBaselines();
  let fixedStdin = stdin;

  /** What is left of a file when its safe fixes are made. */
  async function fixed(file: LintedFile): Promise<Linted> {
    const { linted, applied, bytes, trouble } = await applyFixes(
      file,
      stdin === undefined ? { io, named: options.paths } : undefined,
    );
    if (trouble !== undefined) errors.push({ file: relativeTo(cwd, file.file.source.id), message: trouble });
    if (stdin !== undefined) fixedStdin = bytes ?? stdin;
    fixes += applied;
    if (applied > 0) fixedFiles++;
    // Of a script that another fix has changed nobody knows yet what ShellCheck says.
    return applied > 0 ? file.checked(linted) : linted;
  }

  async function take(step: WorkspaceStep): Promise<void> {
    if (step.step === 'found') {
      total = step.total;
      unchanged = step.unchanged;
    } else if (step.step === 'failed') {
      read.add(step.problem.path);
      errors.push({ file: relativeTo(cwd, step.problem.path), message: step.problem.message });
    } else if (step.step === 'unapplied') {
      if (options.quiet || options.saysFailOn) return;
      tell(`plimsoll: ${visible(relativeTo(cwd, step.note.path))}: ${visible(step.note.message)}\n`);
    } else if (step.step === 'passed') {
      progress.update(++opened, total);
      read.add(step.path);
      if (step.as === 'helm-template') helmTemplates++;
      if (step.named && !options.quiet) {
        const name = visible(relativeTo(cwd, step.path));
        tell(`plimsoll: ${name}: ${passedReasons[step.as]}\n`);
      }
    } else {
      progress.update(++opened, total);
      read.add(step.file.file.source.id);
      linted++;
      const result = options.fix && step.requested ? await fixed(step.file) : step.file;
      heldBack += heldBackIn(result);
      baselines.take(step.file.baseline, result);
      const report = reportOf(result, { cwd, showSuppressed: options.showSuppressed, fixable: step.requested });
      outputs.file(report);
      for (const finding of result.findings) {
        if (finding.suppressed === undefined) loudest = Math.max(loudest, loudness[finding.severity]);
      }
      for (const { rule, error } of result.failures) {
        errors.push({ file: report.file, message: `the rule '${rule}' failed here: ${describe(error)}` });
      }
    }
  }

  for await (const step of steps) await take(step);
  errors.push(...troubleOf(shellChecks));
  progress.clear();
  errors.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  if (fixedStdin !== undefined && options.fix) io.stdout.write(fixedStdin);
  outputs.end({ files: linted, helmTemplates, unchanged, heldBack, fixes, fixedFiles, errors });
  if (options.format !== 'github') {
    for (const { file, message } of errors) stderr.write(`plimsoll: ${visible(file)}: ${visible(message)}\n`);
  }
  const unwritten = await outputs.save(read);
  for (const { file, message } of unwritten) stderr.write(`plimsoll: ${visible(file)}: ${visible(message)}\n`);
  const notes = errors.length > 0 ? [] : await keepBaselines(baselines, options, io);
  if (!options.quiet) for (const note of notes) stderr.write(`plimsoll: ${visible(note)}\n`);
  if (errors.length + unwritten.length > 0) return 2;
  return loudest >= loudness[options.failOn] ? 1 : 0;
}
