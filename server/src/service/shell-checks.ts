// Asks ShellCheck about scripts, and remembers what it says.
import type { ReadFile } from '../engine/language.js';
import type { ShellFinding, ShellFindings } from '../model/dockerfile/shell-script.js';
import { readShellCheck } from './shell-check-output.js';

/** The rule that passes on what ShellCheck says. */
export const shellCheckRule = 'shellcheck-finding';

/** What a program wrote before it ended. */
export interface ProgramAnswer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts ShellCheck, which a door finds. */
export interface ShellChecker {
  /** As the user named it. */
  readonly name: string;
  /**
   * Runs it with these words and this text on its standard input.
   * @throws ShellCheckerError where it does not run to its end. An aborted one may end in any way.
   */
  run(words: readonly string[], input: string, signal: AbortSignal): Promise<ProgramAnswer>;
}

/** Why ShellCheck gave no answer, in words that follow its name and a colon. */
export class ShellCheckerError extends Error {
  /** Whether it is of no use to try again. */
  readonly isFinal: boolean;

  constructor(message: string, isFinal: boolean) {
    super(message);
    this.isFinal = isFinal;
  }
}

/** Files that are not to be looked for, and a dialect that is read as another one: what hadolint leaves out, too. */
const excluded = 'SC1090,SC1091,SC2187';
/** What users and folders say about ShellCheck does not count: neither does any of it for hadolint. */
const words: readonly string[] = ['--norc', '--format=json1', `--exclude=${excluded}`];
/** So many run at a time. */
const atOnce = 2;
/** After so many failures in a row it is not asked again. */
const patience = 3;
/** Longer scripts are left out, in UTF-16 units: no person writes one, and it would take ShellCheck very long. */
const longest = 100_000;
/** Of so many units of scripts it is remembered what was said; those that were asked for last. */
const memory = 4_000_000;

/** What was learned about the scripts of all files. */
export class ShellChecks {
  readonly #checker: ShellChecker;
  readonly #onTrouble: (trouble: string) => void;
  readonly #known = new Map<string, readonly ShellFinding[]>();
  readonly #waiting: (() => void)[] = [];
  readonly #stopped = new AbortController();
  #size = 0;
  #running = 0;
  #failures = 0;
  #trouble: string | undefined;

  /** `onTrouble` is told once why there are no answers. */
  constructor(checker: ShellChecker, onTrouble: (trouble: string) => void = () => undefined) {
    this.#checker = checker;
    this.#onTrouble = onTrouble;
  }

  get name(): string {
    return this.#checker.name;
  }

  /** Why some scripts have no answer: the first reason; undefined where all went well. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** Nothing that it is asked from here on is answered. */
  stop(): void {
    this.#failures = patience;
    this.#stopped.abort();
  }

  /** What is known about a script. Of those that nobody will answer for it is nothing. */
  known(script: string): readonly ShellFinding[] | undefined {
    const known = this.#known.get(script);
    if (known === undefined) return this.#isOver || script.length > longest ? [] : undefined;
    this.#known.delete(script);
    this.#known.set(script, known);
    return known;
  }

  /** Asks about those of which nothing is known. Never rejects; resolves early where it is aborted. */
  async ask(scripts: readonly string[], signal?: AbortSignal): Promise<void> {
    const either = signal === undefined ? this.#stopped.signal : AbortSignal.any([signal, this.#stopped.signal]);
    await Promise.all([...new Set(scripts)].map((script) => this.#askFor(script, either)));
  }

  get #isOver(): boolean {
    return this.#failures >= patience;
  }

  async #askFor(script: string, signal: AbortSignal): Promise<void> {
    await this.#turn();
    try {
      if (signal.aborted || this.known(script) !== undefined) return;
      const findings = await this.#answer(script, signal);
      if (findings === undefined) return;
      this.#failures = 0;
      this.#remember(script, findings);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ShellCheckerError)) throw error;
      this.#fail(error);
      this.#remember(script, []);
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }

  /** Resolves when another one may run. */
  async #turn(): Promise<void> {
    if (this.#running >= atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running++;
  }

  async #answer(script: string, signal: AbortSignal): Promise<readonly ShellFinding[] | undefined> {
    const dialect = /^#!\/bin\/(\w+)/.exec(script)?.[1] ?? 'sh';
    const { code, stdout, stderr } = await this.#checker.run([...words, `--shell=${dialect}`, '-'], script, signal);
    if (signal.aborted) return undefined;
    const findings = code === 0 || code === 1 ? readShellCheck(stdout, script) : undefined;
    if (findings !== undefined) return findings;
    const [said = ''] = stderr.split('\n').filter((line) => line.trim() !== '');
    const end = said === '' ? '' : `: ${said.slice(0, 200)}`;
    throw new ShellCheckerError(
      code === 0 || code === 1 ? `its answer is not understood${end}` : `it ended with code ${code}${end}`,
      false,
    );
  }

  #fail({ message, isFinal }: ShellCheckerError): void {
    this.#failures = isFinal ? patience : this.#failures + 1;
    if (this.#trouble !== undefined) return;
    this.#trouble = message;
    this.#onTrouble(message);
  }

  #remember(script: string, findings: readonly ShellFinding[]): void {
    // Two files may have asked about it at once.
    if (!this.#known.has(script)) this.#size += script.length;
    this.#known.set(script, findings);
    for (const [oldest] of this.#known) {
      if (this.#size <= memory) break;
      this.#known.delete(oldest);
      this.#size -= oldest.length;
    }
  }
}

/** The rules that cannot judge all of these files as long as nobody is asked. */
export function unaskedRules(
  files: readonly ReadFile[],
  known: ShellFindings | undefined,
): ReadonlySet<string> | undefined {
  const isAsked = known !== undefined && uncheckedScripts(files, known).length === 0;
  return isAsked ? undefined : new Set([shellCheckRule]);
}

/** The scripts in these files of which nothing is known. */
export function uncheckedScripts(files: readonly ReadFile[], known: ShellFindings): readonly string[] {
  const scripts = files.flatMap(({ subjects }) => subjects.instruction ?? []).flatMap(({ script }) => script ?? []);
  return [...new Set(scripts)].filter((script) => known(script) === undefined);
}
