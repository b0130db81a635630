// Writes the findings to standard output and, at the end, to the files that were asked for.
import type { Rule } from '../engine/rule.js';
import { below, join } from '../model/paths.js';
import { FilesError } from '../service/files.js';
import type { OutputFile } from './formats.js';
import type { Io, Output } from './io.js';
import type { LintOptions } from './lint-options.js';
import { type ReportError, type Reporter, relativeTo } from './report.js';
import { reporterFor } from './reporter-for.js';

export interface Outputs extends Reporter {
  /**
   * Writes the files, after `end`; gives those that could not be written. What was to be checked in this run is never
   * overwritten: it is somebody's source. `read` are the paths that it has there.
   */
  save(read: ReadonlySet<string>): Promise<readonly ReportError[]>;
}

interface Collected {
  readonly file: OutputFile;
  readonly reporter: Reporter;
  readonly pieces: readonly Uint8Array[];
}

/** `write` writes to `output`, which takes the format that `--format` says. */
export async function openOutputs(
  options: LintOptions,
  io: Io,
  rules: readonly Rule[],
  output: Output,
  write: (text: string) => void,
): Promise<Outputs> {
  const shown = await reporterFor(options, io, rules, output, write);
  const collected = await Promise.all(options.outputs.map((file) => collect(file, options, io, rules)));
  const reporters = [shown, ...collected.map(({ reporter }) => reporter)];
  return {
    file(report) {
      for (const reporter of reporters) reporter.file(report);
    },
    end(totals) {
      for (const reporter of reporters) reporter.end(totals);
    },
    async save(read) {
      const problems: ReportError[] = [];
      for (const { file, pieces } of collected) {
        const reason = await saved(file.path, pieces, read, options, io);
        if (reason !== undefined) problems.push({ file: relativeTo(io.cwd, file.path), message: reason });
      }
      return problems;
    },
  };
}

/** Keeps bytes, not strings: they take half the room and none of the memory that the engine may run out of. */
async function collect(file: OutputFile, options: LintOptions, io: Io, rules: readonly Rule[]): Promise<Collected> {
  const pieces: Uint8Array[] = [];
  const write = (text: string) => pieces.push(new TextEncoder().encode(text));
  // Colours are for terminals, and a log is one; a file is none, whatever FORCE_COLOR says.
  const forFile = { ...options, format: file.format, colour: false };
  const reporter = await reporterFor(forFile, io, rules, { write, isTerminal: false, columns: undefined }, write);
  return { file, reporter, pieces };
}

/** Gives the reason where it did not work. */
async function saved(
  path: string,
  pieces: readonly Uint8Array[],
  read: ReadonlySet<string>,
  { paths, config }: LintOptions,
  { cwd, files }: Io,
): Promise<string | undefined> {
  try {
    if (config.from === 'file' && config.path === path) return 'it is the config file; not overwritten';
    if (await wasRead(path)) return 'it is one of the files to be checked; not overwritten';
    await files.overwrite(path, pieces);
    return undefined;
  } catch (error) {
    if (error instanceof FilesError) return `the report could not be written: ${error.message}`;
    throw error;
  }

  /** Links are not followed on the way through a folder, so that only those in what was named can hide a path. */
  async function wasRead(asked: string): Promise<boolean> {
    if (read.has(asked)) return true;
    if ((await files.stat(asked)) !== 'file') return false;
    const real = await files.resolve(asked);
    if (read.has(real)) return true;
    for (const named of [cwd, ...paths]) {
      if ((await files.stat(named)) === undefined) continue;
      const rest = below(await files.resolve(named), real);
      if (rest !== undefined && read.has(rest === '' ? named : join(named, rest))) return true;
    }
    return false;
  }
}
