// Asks ShellCheck about open documents, behind everything else: what is known without it is told without it.
import type { ShellChecks } from '../service/shell-checks.js';
import type { LintedDocument } from './documents.js';

/** Milliseconds without another linting after which it is asked. */
const pause = 500;

export interface ShellRunsRequest {
  readonly checks: ShellChecks;
  /** The version of an open document. */
  readonly versionOf: (uri: string) => number | undefined;
  /** More is known about the scripts of a document. */
  readonly onAnswers: (uri: string) => void;
  readonly onError: (error: unknown) => void;
}

interface Run {
  readonly version: number;
  readonly abort: AbortController;
  readonly timer: ReturnType<typeof setTimeout>;
}

export class ShellRuns {
  readonly #request: ShellRunsRequest;
  /** The last one of each document, waiting, under way or done. */
  readonly #runs = new Map<string, Run>();

  constructor(request: ShellRunsRequest) {
    this.#request = request;
  }

  /** A document was linted. Each version is asked about once, whatever comes of it. */
  linted({ document, version, linted }: LintedDocument): void {
    const { uri } = document;
    const last = this.#runs.get(uri);
    if (last?.version === version) return;
    this.closed(uri);
    const scripts = linted.unchecked ?? [];
    if (scripts.length === 0) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      this.#ask(uri, version, scripts, abort.signal).catch(this.#request.onError);
    }, pause);
    this.#runs.set(uri, { version, abort, timer });
  }

  async #ask(uri: string, version: number, scripts: readonly string[], signal: AbortSignal): Promise<void> {
    const { checks, versionOf, onAnswers } = this.#request;
    await checks.ask(scripts, signal);
    // A newer version asks for itself.
    if (!signal.aborted && versionOf(uri) === version) onAnswers(uri);
  }

  closed(uri: string): void {
    const run = this.#runs.get(uri);
    if (run === undefined) return;
    clearTimeout(run.timer);
    run.abort.abort();
    this.#runs.delete(uri);
  }

  stop(): void {
    for (const uri of [...this.#runs.keys()]) this.closed(uri);
    this.#request.checks.stop();
  }
}
