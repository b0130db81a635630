import type { Rule, Severity } from '../../engine/rule.js';
import { allRules } from '../../rules/all.js';
import { encode, maximumBytes } from '../../service/decode.js';
import { FilesError } from '../../service/files.js';
import { applySafeFixes } from '../../service/fix.js';
import type { Linted } from '../../service/lint-text.js';
import { describe, lintBytes, lintWorkspace, type WorkspaceStep } from '../../service/lint-workspace.js';
import { below, folderOf } from '../../service/paths.js';
import type { LintedFile, Passed } from '../../service/workspace.js';
import type { Io, Output } from '../io.js';
import { readLintOptions } from '../lint-options.js';
import { openOutputs } from '../outputs.js';
import { progressOn } from '../progress.js';
import { type ReportError, relativeTo, reportOf } from '../report.js';
import type { Command, ExitCode } from '../run.js';
import { requireConfig } from '../settings-options.js';
import { visible } from '../visible.js';

export const lintCommand: Command = (words, io) => lint(words, io, allRules);

const loudness: { readonly [severity in Severity | 'never']: number } = {
  hint: 0,
  info: 1,
  warning: 2,
  error: 3,
  never: 4,
};

const passedReasons: { readonly [reason in Passed]: string } = {
  other: 'no Dockerfile, Compose file or Kubernetes manifest; nothing to check',
  'helm-template': 'a template of a Helm chart; its values decide what it says, so it is not checked',
};

/** Lints with these rules. */
export async function lint(words: readonly string[], io: Io, rules: readonly Rule[]): Promise<ExitCode> {
  const options = readLintOptions(words, io, rules);
  const { cwd, files, stderr } = io;
  await requireConfig(options, io);
  const stdin = options.stdinPath === undefined ? undefined : await io.stdin(options.fix ? Infinity : maximumBytes + 1);
  const { config, overrides } = options;
  const request = { files, root: cwd, rules, config, overrides, today: io.today() };
  const steps =
    stdin === undefined || options.stdinPath === undefined
      ? lintWorkspace(request, options.paths)
      : lintBytes(request, options.stdinPath, stdin);
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
  let loudest = -1;
  let fixedStdin = stdin;

  /** Applies the safe fixes. What could not be written stays as it was. */
  async function fixed(file: LintedFile): Promise<Linted> {
    const outcome = applySafeFixes(file, file.relint);
    if (outcome.applied === 0) return file;
    const bytes = encode(outcome.linted.file.text, file.encoding);
    const path = file.file.source.id;
    if (stdin !== undefined) {
      fixedStdin = bytes;
    } else {
      const reason = await replace(path, encode(file.file.text, file.encoding), bytes);
      if (reason !== undefined) {
        errors.push({ file: relativeTo(cwd, path), message: reason });
        return file;
      }
    }
    fixes += outcome.applied;
    fixedFiles++;
    return outcome.linted;
  }

  /** Gives the reason where it did not work. */
  async function replace(path: string, old: Uint8Array, bytes: Uint8Array): Promise<string | undefined> {
    try {
      const target = await files.resolve(path);
      const named = [cwd, ...options.paths].filter((root) => root !== path && below(root, path) !== undefined);
      const roots = await Promise.all((named.length === 0 ? [folderOf(path)] : named).map(files.resolve));
      if (!roots.some((root) => below(root, target) !== undefined)) {
        return 'it is a link that leads elsewhere; not written';
      }
      await files.replace(path, old, bytes);
      return undefined;
    } catch (error) {
      if (error instanceof FilesError) return `the fixed text could not be written: ${error.message}`;
      throw error;
    }
  }

  async function take(step: WorkspaceStep): Promise<void> {
    if (step.step === 'found') {
      total = step.total;
    } else if (step.step === 'failed') {
      read.add(step.problem.path);
      errors.push({ file: relativeTo(cwd, step.problem.path), message: step.problem.message });
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
  progress.clear();
  errors.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  if (fixedStdin !== undefined && options.fix) io.stdout.write(fixedStdin);
  outputs.end({ files: linted, helmTemplates, fixes, fixedFiles, errors });
  if (options.format !== 'github') {
    for (const { file, message } of errors) stderr.write(`plimsoll: ${visible(file)}: ${visible(message)}\n`);
  }
  const unwritten = await outputs.save(read);
  for (const { file, message } of unwritten) stderr.write(`plimsoll: ${visible(file)}: ${visible(message)}\n`);
  if (errors.length + unwritten.length > 0) return 2;
  return loudest >= loudness[options.failOn] ? 1 : 0;
}
