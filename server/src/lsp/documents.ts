// The open documents, each linted at most once per version and settings.
import { type Connection, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { ReadFile } from '../engine/language.js';
import type { Linted } from '../service/lint-text.js';
import type { TextLinter } from '../service/workspace.js';
import { logFailures, logUnreadable } from './log.js';
import type { Root, Roots } from './roots.js';
import { isWork, pathOf, sameUri, uriOf } from './uris.js';

/** A version of a document, linted. */
export interface LintedDocument {
  readonly document: TextDocument;
  readonly version: number;
  readonly root: Root;
  readonly path: string;
  readonly linted: Linted;
  /** Lints another text in its place. */
  readonly lint: TextLinter;
}

/** One linting of a document, under way or done. */
interface Work {
  readonly generation: number;
  /** The version that was linted; undefined while it waits, when it will take the newest there is. */
  version: number | undefined;
  readonly result: Promise<LintedDocument | undefined>;
}

export class Documents {
  readonly open = new TextDocuments(TextDocument);
  readonly #connection: Connection;
  readonly #roots: Roots;
  readonly #work = new Map<string, Work>();
  readonly #read = new Map<string, { readonly generation: number; readonly file: ReadFile }>();
  /** By the way in which URIs are compared: the way that the client writes them. */
  readonly #names = new Map<string, string>();
  readonly #onOutdated: (uris: readonly string[]) => void;
  readonly #onLinted: (linted: LintedDocument) => void;
  #generation = 0;

  /** `onOutdated`: because of a document, more is known than when these files were linted. */
  constructor(
    connection: Connection,
    roots: Roots,
    onOutdated: (uris: readonly string[]) => void,
    onLinted: (linted: LintedDocument) => void,
  ) {
    this.#connection = connection;
    this.#roots = roots;
    this.#onOutdated = onOutdated;
    this.#onLinted = onLinted;
    this.open.onDidOpen(({ document }) => this.#names.set(sameUri(document.uri), document.uri));
    this.open.onDidClose(({ document }) => {
      this.#names.delete(sameUri(document.uri));
      this.#work.delete(document.uri);
      this.#read.delete(document.uri);
    });
  }

  /** The open document at a URI, in whatever way that is written. */
  get(uri: string): TextDocument | undefined {
    return this.open.get(uri) ?? this.open.get(this.#names.get(sameUri(uri)) ?? '');
  }

  /** Settings or surroundings may have changed: what was linted before no longer counts. */
  forget(): void {
    this.#generation++;
  }

  /** What was linted of these documents no longer counts. Whether one of them is open. */
  drop(uris: readonly string[]): boolean {
    const open = uris.flatMap((uri) => this.get(uri)?.uri ?? []);
    for (const uri of open) this.#work.delete(uri);
    return open.length > 0;
  }

  /**
   * The newest version of a document, linted; undefined where it is none of ours. A version that another one overtakes
   * while it waits is not linted.
   */
  lint(uri: string): Promise<LintedDocument | undefined> {
    const document = this.get(uri);
    if (document === undefined || !isWork(URI.parse(document.uri).scheme)) return Promise.resolve(undefined);
    const known = this.#work.get(document.uri);
    if (known?.generation === this.#generation && (known.version ?? document.version) === document.version) {
      return known.result;
    }
    const generation = this.#generation;
    const result = this.#lint(document.uri, generation, (version) => {
      work.version = version;
    });
    const work: Work = { generation, version: undefined, result };
    this.#work.set(document.uri, work);
    result.catch(() => {
      if (this.#work.get(document.uri) === work) this.#work.delete(document.uri);
    });
    return result;
  }

  async #lint(
    uri: string,
    generation: number,
    tellVersion: (version: number) => void,
  ): Promise<LintedDocument | undefined> {
    const at = URI.parse(uri);
    const path = pathOf(at);
    const root = await this.#roots.of(at);
    logUnreadable(this.#connection, await root.workspace.prepare(path));
    const before = this.open.get(uri);
    if (before === undefined) return undefined;
    const text = before.getText();
    const lint = await root.workspace.linterFor({ path, text, languageId: before.languageId, mode: 'open' });
    // From here on nothing waits: this is the newest version there is.
    const document = this.open.get(uri);
    if (document === undefined) return undefined;
    const { version } = document;
    tellVersion(version);
    if (!root.enabled || typeof lint === 'string') {
      this.#read.delete(uri);
      return undefined;
    }
    const last = this.#read.get(uri);
    const linted = lint(document.getText(), last?.generation === generation ? last.file : undefined);
    this.#read.set(uri, { generation, file: linted.file });
    logFailures(this.#connection, uri, linted);
    root.workspace.take(linted);
    const outdated = root.workspace.takeOutdated();
    if (outdated.length > 0) this.#onOutdated(outdated.map((each) => uriOf(root.space, each)));
    const result = { document, version, root, path, linted, lint };
    this.#onLinted(result);
    return result;
  }
}
