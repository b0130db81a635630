// Tells people how the scan stands: a status for our own client, work-done progress for every client that shows it.
import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver';
import type { Abilities } from './capabilities.js';
import { statusNotification } from './protocol.js';
import type { Roots } from './roots.js';
import type { Scan } from './scan.js';
import { statusOf } from './status.js';

/** Milliseconds between two words. A scan that is over before the first one needs none. */
const interval = 200;

export interface ScanProgressRequest {
  readonly connection: Connection;
  readonly roots: Roots;
  readonly abilities: Abilities;
  /** Whether the client wants the status. */
  readonly tellsStatus: boolean;
  readonly scan: () => Scan;
  /** What keeps a part of the findings from being known. */
  readonly trouble: () => string | undefined;
  readonly onError: (error: unknown) => void;
}

export class ScanProgress {
  readonly #request: ScanProgressRequest;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether somebody waits for the end of the scan, which then ends what is shown, too. */
  #isAsked = false;
  #shown: Promise<WorkDoneProgressServerReporter> | undefined;

  constructor(request: ScanProgressRequest) {
    this.#request = request;
  }

  /** The scan has moved on. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#tell().catch(this.#request.onError);
    }, interval);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** For a scan that somebody asked for: it may be cancelled where it is shown. */
  async begin(): Promise<void> {
    this.#isAsked = true;
    await this.#show(true);
  }

  async end(): Promise<void> {
    const shown = this.#shown;
    this.#isAsked = false;
    this.#shown = undefined;
    (await shown)?.done();
  }

  async #tell(): Promise<void> {
    const { connection, roots, tellsStatus, trouble } = this.#request;
    const scan = this.#request.scan();
    const folders = await roots.all();
    const status = statusOf(
      scan,
      folders.every((root) => root.reads),
      trouble(),
    );
    if (tellsStatus) await connection.sendNotification(statusNotification, status);
    if (status.scan !== 'scanning') {
      if (!this.#isAsked) await this.end();
      return;
    }
    await this.#show(false);
    (await this.#shown)?.report(Math.floor((100 * status.done) / Math.max(1, status.total)), status.message);
  }

  async #show(cancellable: boolean): Promise<void> {
    const { connection, abilities } = this.#request;
    if (!abilities.progress || this.#shown !== undefined) return;
    this.#shown = connection.window.createWorkDoneProgress();
    const progress = await this.#shown;
    progress.begin('Plimsoll: scanning', 0, '', cancellable);
    progress.token.onCancellationRequested(() => this.#request.scan().cancel());
  }
}
