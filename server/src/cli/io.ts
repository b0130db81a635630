// Everything that a command takes from outside, so that tests can stand in for it.
import type { Files } from '../service/files.js';
import type { ShellChecker } from '../service/shell-checks.js';

export interface Output {
  write(text: string | Uint8Array): void;
  readonly isTerminal: boolean;
  /** The width of the terminal; undefined where it is none. */
  readonly columns: number | undefined;
}

/** What only the command line may do with files. Every method rejects with a FilesError. */
export interface LocalFiles extends Files {
  /** The place that a path leads to, links followed. */
  resolve(path: string): Promise<string>;
  /**
   * Puts new contents in the place of a file whose contents are `old`, in one step and with the same mode. Refuses a
   * file that has changed in the meantime.
   */
  replace(path: string, old: Uint8Array, bytes: Uint8Array): Promise<void>;
  /**
   * Writes a file in one step, whole or not at all, with the mode of the one that it replaces; what is no regular file
   * (a pipe) is written to as it is. Folders that are missing are made.
   */
  overwrite(path: string, pieces: readonly Uint8Array[]): Promise<void>;
  /** Writes a file that is not there yet. */
  create(path: string, text: string): Promise<void>;
}

/** What git said. */
export interface GitAnswer {
  /** Undefined: there is no git. */
  readonly code: number | undefined;
  readonly stdout: string;
}

export interface Io {
  /** Absolute, with `/` between its parts. */
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
  readonly version: string;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly files: LocalFiles;
  /** Asks git in the working directory. Never rejects. */
  git(words: readonly string[]): Promise<GitAnswer>;
  /** The ShellCheck of this name or path. Nothing is looked for or started before it is asked. */
  shellChecker(name: string): Promise<ShellChecker>;
  /** All of standard input, at most `limit` bytes. */
  stdin(limit: number): Promise<Uint8Array>;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** `2026-12-31`, in UTC: what has ended does not depend on the machine. */
  today(): string;
}
