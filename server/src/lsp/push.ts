// Diagnostics for clients that do not ask: all of them, or those of files that are not open.
import type { Connection, Diagnostic } from 'vscode-languageserver';
import { describe } from '../service/lint-workspace.js';
import { type DiagnosticStyle, documentDiagnostics } from './diagnostics.js';
import type { Documents } from './documents.js';
import { reportId } from './report-id.js';
import type { Scan } from './scan.js';
import { sameUri } from './uris.js';

export interface PushRequest {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly scan: Scan;
  readonly style: DiagnosticStyle;
  readonly turn: () => Promise<void>;
  /** Whether open documents are pushed too, or asked for by the client. */
  readonly pushesOpen: boolean;
}

export class Push {
  readonly #request: PushRequest;
  /** What the client has of files that are not empty there, by URI in the form of {@link sameUri}. */
  readonly #sent = new Map<string, string>();
  readonly #scheduled = new Set<string>();
  /** Open documents that the client asked for itself, by URI in the form of {@link sameUri}. */
  readonly #asked = new Set<string>();

  constructor(request: PushRequest) {
    this.#request = request;
  }

  /** A document was opened or changed. Several changes in one go are one. */
  changed(uri: string): void {
    // Until the client asks for it, the scan speaks for it: Neovim asks for what is in a window only.
    if (!this.#request.pushesOpen) return;
    if (this.#scheduled.has(uri)) return;
    this.#scheduled.add(uri);
    void this.#publish(uri);
  }

  async #publish(uri: string): Promise<void> {
    const { connection, documents, style, turn } = this.#request;
    await turn();
    this.#scheduled.delete(uri);
    try {
      const result = await documents.lint(uri);
      const document = documents.get(uri);
      // Closed in the meantime, or overtaken by a change that publishes for itself.
      if (document === undefined || (result !== undefined && result.version !== document.version)) return;
      const diagnostics = result === undefined ? [] : documentDiagnostics(result, style);
      this.#send(uri, diagnostics, document.version);
    } catch (error) {
      connection.console.error(`${uri} could not be linted: ${describe(error)}`);
    }
  }

  /** The client asks for a document: what was pushed before would stand there twice. */
  asked(uri: string): void {
    if (this.#request.pushesOpen || this.#request.documents.get(uri) === undefined) return;
    this.#asked.add(sameUri(uri));
    this.#send(uri, []);
  }

  /** A document was closed: what the scan says of the file counts again. */
  closed(uri: string): void {
    this.#asked.delete(sameUri(uri));
    this.#send(uri, this.#request.scan.reports.get(sameUri(uri))?.diagnostics ?? []);
  }

  /** Reports of the scan changed, came or went. */
  scanned(uris: readonly string[]): void {
    const { documents, pushesOpen, scan } = this.#request;
    for (const uri of uris) {
      const isOthers = documents.get(uri) !== undefined && (pushesOpen || this.#asked.has(sameUri(uri)));
      if (!isOthers) this.#send(uri, scan.reports.get(sameUri(uri))?.diagnostics ?? []);
    }
  }

  /** The settings changed. */
  refresh(): void {
    if (!this.#request.pushesOpen) return;
    for (const { uri } of this.#request.documents.open.all()) this.changed(uri);
  }

  /** Clean files that were clean before, or never told of, are not worth a message; versions of open ones are. */
  #send(uri: string, diagnostics: readonly Diagnostic[], version?: number): void {
    const key = sameUri(uri);
    const id = reportId(diagnostics);
    const before = this.#sent.get(key);
    if (version === undefined && (before === id || (before === undefined && diagnostics.length === 0))) return;
    if (diagnostics.length === 0) this.#sent.delete(key);
    else this.#sent.set(key, id);
    void this.#request.connection.sendDiagnostics({
      uri,
      diagnostics: [...diagnostics],
      ...(version === undefined ? {} : { version }),
    });
  }
}
