// Diagnostics for clients that ask for them: for open documents at once, for the workspace when something changed.
import {
  type CancellationToken,
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { describe } from '../service/lint-workspace.js';
import { type DiagnosticStyle, documentDiagnostics } from './diagnostics.js';
import type { Documents } from './documents.js';
import { reportId } from './report-id.js';
import type { Scan } from './scan.js';
import { sameUri } from './uris.js';

export interface PullRequest {
  readonly documents: Documents;
  readonly scan: Scan;
  readonly style: DiagnosticStyle;
  readonly turn: () => Promise<void>;
  /** Has the client ask for open documents again. */
  readonly refresh: () => void;
  /** Changes come in swarms: so many milliseconds pass between the first one and the answer. */
  readonly patience: number;
  readonly log: (message: string) => void;
}

/** A request for the workspace that is held open until there is something to tell. */
interface Held {
  /** The ids that the client knows, by the URI in the form of {@link sameUri}. */
  readonly known: ReadonlyMap<string, string>;
  readonly answer: (report: WorkspaceDiagnosticReport) => void;
}

export class Pull {
  readonly #request: PullRequest;
  #held: Held | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Files that are reported whatever the client knows, by their URI in the form of {@link sameUri}: as it writes it. */
  readonly #forced = new Map<string, string>();
  /** Files that were asked for while they were closed, by their URI in the form of {@link sameUri}. */
  readonly #early = new Set<string>();

  constructor(request: PullRequest) {
    this.#request = request;
  }

  /** Never fails for a reason of ours: the client would stop asking. */
  async document(params: DocumentDiagnosticParams, token: CancellationToken): Promise<DocumentDiagnosticReport> {
    const { documents, style, turn } = this.#request;
    // A change or a cancellation may be waiting behind this request.
    await turn();
    if (token.isCancellationRequested) throw cancelled();
    const { uri } = params.textDocument;
    try {
      const result = await documents.lint(uri);
      const items = result === undefined ? this.#unread(uri) : documentDiagnostics(result, style);
      // Nothing has an id as well: the client would be told of a file again and again whose id it does not know.
      const resultId = reportId(items);
      if (params.previousResultId === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
      return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...items] };
    } catch (error) {
      this.#request.log(`${uri} could not be linted: ${describe(error)}`);
      throw new ResponseError(LSPErrorCodes.ServerCancelled, 'failed', { retriggerRequest: true });
    }
  }

  /** What is known of a document that was not linted: it is none of ours, or not open. */
  #unread(uri: string): readonly Diagnostic[] {
    const { documents, scan } = this.#request;
    if (documents.get(uri) !== undefined) return [];
    const key = sameUri(uri);
    this.#early.add(key);
    return scan.reports.get(key)?.diagnostics ?? [];
  }

  /**
   * A document was opened. VS Code asks when a tab is closed, and once more when it is open again, which the document
   * need not be yet; it takes that answer for the one about the version that comes.
   */
  opened(uri: string): void {
    if (this.#early.delete(sameUri(uri))) this.#request.refresh();
  }

  /** Answered at once where the client does not know all there is, else when something changes. */
  workspace(params: WorkspaceDiagnosticParams, token: CancellationToken): Promise<WorkspaceDiagnosticReport> {
    // A token that was cancelled before it got here calls nobody any more.
    if (token.isCancellationRequested) return Promise.reject(cancelled());
    this.#answer([]);
    const known = new Map(params.previousResultIds.map(({ uri, value }) => [sameUri(uri), value]));
    return new Promise((answer, refuse) => {
      const held = { known, answer };
      this.#held = held;
      token.onCancellationRequested(() => {
        if (this.#held !== held) return;
        this.#held = undefined;
        refuse(cancelled());
      });
      if (this.#news(held).length > 0) this.changed();
    });
  }

  /** Something changed that a held request may want to know. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#held === undefined) return;
      const items = this.#news(this.#held);
      if (items.length === 0) return;
      this.#forced.clear();
      this.#answer(items);
    }, this.#request.patience);
  }

  /** A document was closed: what stands in Problems came from its open text and is to be replaced or cleared. */
  closed(uri: string): void {
    this.#forced.set(sameUri(uri), uri);
    this.changed();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#answer([]);
  }

  #answer(items: WorkspaceDocumentDiagnosticReport[]): void {
    const held = this.#held;
    this.#held = undefined;
    held?.answer({ items });
  }

  /** What differs from what the client knows. */
  #news({ known }: Held): WorkspaceDocumentDiagnosticReport[] {
    const { documents, scan } = this.#request;
    const news: WorkspaceDocumentDiagnosticReport[] = [];
    for (const [key, { uri, id, diagnostics }] of scan.reports) {
      if (known.get(key) === id && !this.#forced.has(key)) continue;
      // Open documents are among them: those that no tab shows are not asked for, and the others are left aside there.
      const version = documents.get(uri)?.version ?? null;
      news.push({ kind: DocumentDiagnosticReportKind.Full, uri, version, resultId: id, items: [...diagnostics] });
    }
    for (const key of new Set([...known.keys(), ...this.#forced.keys()])) {
      if (scan.reports.has(key) || documents.get(key) !== undefined) continue;
      const uri = this.#forced.get(key) ?? key;
      // Without an id the client forgets the file.
      news.push({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: [] });
    }
    return news;
  }
}

function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}
