// What the flags of `plimsoll lint` ask for.
import type { Rule } from '../engine/rule.js';
import type { FileChoice } from '../service/file-choice.js';
import { choice, lastValue, readArguments } from './args.js';
import { type Format, formats, type OutputFile, outputFiles } from './formats.js';
import type { Io } from './io.js';
import { lintFlags } from './lint-flags.js';
import { absolutePath } from './local-paths.js';
import { type AskedSettings, fileChoice, readSettings } from './settings-options.js';
import { shellCheckNamed } from './shell-check.js';
import { UsageError } from './usage-error.js';

export interface LintOptions extends AskedSettings {
  readonly baseline: FileChoice;
  /** Only files that differ from where the branch left this commit. */
  readonly changedSince: string | undefined;
  /** Which ShellCheck is asked; undefined: none. */
  readonly shellCheck: string | undefined;
  /** Absolute; the working directory where none is named. */
  readonly paths: readonly string[];
  /** Of what goes to standard output. */
  readonly format: Format;
  readonly outputs: readonly OutputFile[];
  readonly failOn: 'error' | 'warning' | 'info' | 'never';
  /** Whether `failOn` was asked for, be it the default. */
  readonly saysFailOn: boolean;
  readonly forceExclude: boolean;
  readonly fix: boolean;
  /** Absolute; undefined when nothing comes from standard input. */
  readonly stdinPath: string | undefined;
  readonly showSuppressed: boolean;
  readonly quiet: boolean;
  readonly colour: boolean | undefined;
}

const thresholds: readonly LintOptions['failOn'][] = ['error', 'warning', 'info', 'never'];

/** @throws UsageError for anything that is not understood. */
export function readLintOptions(words: readonly string[], io: Io, rules: readonly Rule[]): LintOptions {
  const args = readArguments('lint', lintFlags, words);
  const { positionals, values } = args;
  const absolute = (path: string) => absolutePath(io.cwd, path);
  const stdinName = lastValue(args, 'stdin-filename');
  if (positionals.includes('-')) {
    throw new UsageError("To lint standard input, say what file it stands for: '--stdin-filename NAME'.");
  }
  if (stdinName !== undefined && positionals.length > 0) {
    throw new UsageError("With '--stdin-filename' the text comes from standard input: name no other path.");
  }
  if (stdinName !== undefined && values.has('changed-since')) {
    throw new UsageError(
      "With '--stdin-filename' there is one text, whether or not it has changed: no '--changed-since'.",
    );
  }
  if (positionals.includes('')) throw new UsageError('A path is empty.');
  return {
    paths: positionals.length === 0 ? [io.cwd] : positionals.map(absolute),
    format: choice(args, 'format', formats) ?? 'text',
    outputs: outputFiles(args, absolute),
    failOn: choice(args, 'fail-on', thresholds) ?? 'error',
    saysFailOn: values.has('fail-on'),
    forceExclude: values.has('force-exclude'),
    fix: values.has('fix'),
    stdinPath: stdinName === undefined ? undefined : absolute(stdinName),
    showSuppressed: values.has('show-suppressed'),
    quiet: values.has('quiet'),
    colour: values.has('no-color') ? false : values.has('color') ? true : undefined,
    baseline: fileChoice(args, 'baseline', io),
    changedSince: lastValue(args, 'changed-since'),
    shellCheck: shellCheckNamed(args),
    ...readSettings(args, io, rules),
  };
}
