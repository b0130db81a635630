// The forms that findings can be written in, and the files that they go to.
import { type Arguments, notKnown } from './args.js';
import { UsageError } from './usage-error.js';

export const formats = ['text', 'json', 'sarif', 'github', 'gitlab', 'junit', 'html'] as const;

export type Format = (typeof formats)[number];

export interface OutputFile {
  readonly format: Format;
  /** Absolute. */
  readonly path: string;
}

/**
 * What `--output` asks for.
 * @throws UsageError for anything that is no format with a file of its own.
 */
export function outputFiles(args: Arguments, absolute: (path: string) => string): readonly OutputFile[] {
  const outputs = new Map<string, OutputFile>();
  for (const word of args.values.get('output') ?? []) {
    const { format, file } = parts(word);
    const path = absolute(file);
    if (outputs.has(path)) throw new UsageError(`'--output' names '${file}' twice: a file takes one format.`);
    outputs.set(path, { format, path });
  }
  return [...outputs.values()];
}

function parts(word: string): { readonly format: Format; readonly file: string } {
  const equals = word.indexOf('=');
  if (equals < 0) throw new UsageError(`'--output ${word}' lacks a format or a file: --output FORMAT=FILE.`);
  const name = word.slice(0, equals);
  const file = word.slice(equals + 1);
  const format = formats.find((candidate) => candidate === name);
  if (format === undefined) {
    throw new UsageError(`${notKnown('format', name, formats)} It is one of ${formats.join(', ')}.`);
  }
  if (file === '') throw new UsageError(`'--output ${word}' lacks a file: --output FORMAT=FILE.`);
  if (file === '-') {
    throw new UsageError(`'-' is no file: '--format ${format}' writes to standard output.`);
  }
  if (/[/\\]$/.test(file)) throw new UsageError(`'${file}' is a folder: --output FORMAT=FILE.`);
  return { format, file };
}
