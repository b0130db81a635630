// Lints the files of the workspace folders, open or not, and keeps the results up to date.
import type { Connection, Diagnostic } from 'vscode-languageserver';
import { below } from '../model/paths.js';
import { heldBackIn } from '../service/baseline.js';
import { discover } from '../service/discover.js';
import { FilesError } from '../service/files.js';
import { describe } from '../service/lint-workspace.js';
import { type Ahead, readAhead } from '../service/read-ahead.js';
import type { LintedFile } from '../service/workspace.js';
import { type DiagnosticStyle, diagnosticsOf, documentDiagnostics } from './diagnostics.js';
import type { Documents } from './documents.js';
import { logFailures, logUnreadable } from './log.js';
import type { ScanState } from './protocol.js';
import { reportId } from './report-id.js';
import type { Root, Roots } from './roots.js';
import { sameUri, uriOf } from './uris.js';

/** By itself, when somebody asks, or never. */
export type ScanSetting = 'automatic' | 'onCommand' | 'off';

/** A scan of more files only starts when somebody asks. */
export const automaticLimit = 10_000;

/** So many files are linted again without a word on progress. */
const quietly = 20;

export interface Report {
  readonly uri: string;
  /** Names the contents. */
  readonly id: string;
  readonly diagnostics: readonly Diagnostic[];
  /** How many findings a baseline holds back. */
  readonly heldBack: number;
}

/** What is told of a file. */
type Told = Pick<Report, 'diagnostics' | 'heldBack'>;

const nothing: Told = { diagnostics: [], heldBack: 0 };

export interface ScanRequest {
  readonly connection: Connection;
  readonly roots: Roots;
  readonly documents: Documents;
  readonly style: DiagnosticStyle;
  /** Lets messages that wait be handled. */
  readonly turn: () => Promise<void>;
  /** Reports that changed, came or went (by URI); called while the scan goes on. */
  readonly onReports: (uris: readonly string[]) => void;
  /** More may be known than when these files were linted. */
  readonly onOutdated: (uris: readonly string[]) => void;
  readonly onProgress: () => void;
}

interface Target {
  readonly root: Root;
  readonly path: string;
}

export class Scan {
  readonly #request: ScanRequest;
  readonly #reports = new Map<string, Report>();
  /** All files in scope, by the URI of their report. */
  readonly #targets = new Map<string, Target>();
  /** What has to be linted, in order. */
  readonly #waiting = new Set<string>();
  readonly #unreadable = new Set<string>();
  readonly #ahead = new Map<Root, Ahead>();
  /** Undefined until it is told. */
  #setting: ScanSetting | undefined;
  #state: ScanState = 'idle';
  #discovers = false;
  #lintsAll = false;
  #asked = false;
  #cancelled = false;
  /** A cancelled scan has not seen all files. */
  #isPartial = false;
  /** Switched off, or waiting for a command. */
  #isStill = false;
  #running: Promise<void> | undefined;
  #done = 0;
  #inHand = false;
  #concluded = false;
  /** How many files are in scope, also where they are too many. */
  #found = 0;

  constructor(request: ScanRequest) {
    this.#request = request;
  }

  get state(): ScanState {
    return this.#state;
  }

  get done(): number {
    return this.#done;
  }

  /** Files to do in all; where the scan stands back, those that it found. */
  get total(): number {
    return this.#state === 'standing-back' ? this.#found : this.#done + this.#waiting.size + (this.#inHand ? 1 : 0);
  }

  /** How many files and folders could not be read. */
  get unreadable(): number {
    return this.#unreadable.size;
  }

  /** How many findings baselines hold back in all files of the scan. */
  get heldBack(): number {
    let sum = 0;
    for (const { heldBack } of this.#reports.values()) sum += heldBack;
    return sum;
  }

  /** By the URI in the form of {@link sameUri}. */
  get reports(): ReadonlyMap<string, Report> {
    return this.#reports;
  }

  get targets(): readonly Target[] {
    return [...this.#targets.values()];
  }

  /** Takes a setting over; resolves when what follows from it is done. */
  configure(setting: ScanSetting): Promise<void> {
    // Who asked before the setting was made did not ask for what comes after it.
    if (setting === 'onCommand' && this.#setting !== undefined && this.#setting !== setting) this.#asked = false;
    this.#setting = setting;
    if (setting === 'off') {
      this.#asked = false;
      this.#standStill('off');
      return Promise.resolve();
    }
    return this.restart();
  }

  /** Somebody wants a scan now, whatever the setting and however many files there are. */
  scanNow(): Promise<void> {
    this.#asked = true;
    return this.restart();
  }

  /** Stops; what was found so far stays. */
  cancel(): void {
    if (this.#running !== undefined) this.#cancelled = true;
  }

  /** Everything may have changed: folders, settings, ignored files. */
  restart(): Promise<void> {
    if (this.#setting === 'off' && !this.#asked) return Promise.resolve();
    if (this.#setting === 'onCommand' && !this.#asked) {
      this.#standStill('waiting');
      return Promise.resolve();
    }
    this.#isStill = false;
    this.#discovers = true;
    this.#lintsAll = true;
    this.#cancelled = false;
    this.#isPartial = false;
    return this.#run();
  }

  /** Files or folders came or went; what has not changed is not linted again. */
  rediscover(): Promise<void> {
    if (!this.#isLive()) return Promise.resolve();
    this.#discovers = true;
    return this.#run();
  }

  /** The contents of a file may have changed. */
  changed(uri: string): Promise<void> {
    const key = sameUri(uri);
    const target = this.#targets.get(key);
    if (target === undefined || !this.#isLive()) return Promise.resolve();
    this.#ahead.get(target.root)?.drop(target.path);
    this.#waiting.add(key);
    return this.#run();
  }

  /** Whether it reads a file again that changes: one that it found. */
  follows(uri: string): boolean {
    return this.#isLive() && this.#targets.has(sameUri(uri));
  }

  /** Drops a file, or all files below a folder; resolves when the others know it. */
  removed(uri: string): Promise<void> {
    const key = sameUri(uri);
    const gone = [...this.#targets.keys()].filter((other) => below(key, other) !== undefined);
    this.#drop(gone);
    return gone.length > 0 && this.#isLive() ? this.#run() : Promise.resolve();
  }

  /** More may be known than when these files were linted. */
  outdated(uris: readonly string[]): Promise<void> {
    if (!this.#isLive()) return Promise.resolve();
    for (const key of uris.map(sameUri)) if (this.#targets.has(key)) this.#waiting.add(key);
    return this.#run();
  }

  /** Drops all results; a file that is being linted ends nothing and begins nothing. */
  #standStill(state: 'off' | 'waiting'): void {
    this.#isStill = true;
    this.clear();
    this.#settle(state);
  }

  clear(): void {
    this.#waiting.clear();
    this.#discovers = false;
    this.#drop([...this.#targets.keys()]);
  }

  /** Whether there are results that are to be kept up to date, or there will be. */
  #isLive(): boolean {
    if (this.#running !== undefined) return !this.#isStill;
    return this.#state === 'done' || this.#state === 'cancelled';
  }

  #run(): Promise<void> {
    this.#running ??= this.#workUntilDone();
    return this.#running;
  }

  /** What comes in while the last file is wound up is done too: whoever asked for it waits for this run. */
  async #workUntilDone(): Promise<void> {
    try {
      do await this.#work();
      while (this.#waiting.size > 0 || this.#discovers);
    } finally {
      this.#running = undefined;
    }
  }

  async #work(): Promise<void> {
    this.#done = 0;
    this.#ahead.clear();
    for (;;) {
      if (this.#discovers && !(await this.#discover())) return;
      if (this.#waiting.size === 0) await this.#conclude();
      const [key] = this.#waiting;
      if (key === undefined) break;
      if (this.#cancelled) {
        this.#cancelled = false;
        this.#isPartial = true;
        this.#waiting.clear();
        break;
      }
      // A file or two, which somebody just saved, are not worth a word.
      if (this.#state !== 'done' || this.total > quietly) this.#settle('scanning');
      this.#waiting.delete(key);
      this.#inHand = true;
      await this.#lint(key);
      this.#inHand = false;
      this.#done++;
      await this.#request.turn();
    }
    // Whoever switched it off meanwhile has said how it stands.
    if (!this.#isStill) this.#settle(this.#isPartial ? 'cancelled' : this.#request.roots.hasFolders ? 'done' : 'idle');
  }

  /**
   * When all has been linted, config files are linted once more: only now it is known which others they are extended
   * by, and which of their ignores silence nothing. So is every file that was linted before all was known that it is
   * judged by.
   */
  async #conclude(): Promise<void> {
    if (this.#isPartial) return;
    const isFirst = !this.#concluded;
    this.#concluded = true;
    const { roots, onOutdated } = this.#request;
    const uris: string[] = [];
    for (const root of await roots.all()) {
      const configs = isFirst ? this.#settleIgnores(root) : [];
      const outdated = new Set([...configs, ...root.workspace.takeOutdated()]);
      uris.push(...[...outdated].map((path) => uriOf(root.space, path)));
    }
    if (uris.length === 0) return;
    onOutdated(uris);
    for (const key of uris.map(sameUri)) if (this.#targets.has(key)) this.#waiting.add(key);
  }

  #settleIgnores({ workspace, path: top }: Root): ReadonlySet<string> {
    const covers = (base: string) => this.#unreadable.size === 0 && below(top, base) !== undefined;
    return new Set([...workspace.settle(covers), ...workspace.usedConfigs()]);
  }

  /** Finds the files in scope. False where the scan ends here. */
  async #discover(): Promise<boolean> {
    this.#discovers = false;
    const lintsAll = this.#lintsAll;
    if (lintsAll) this.#concluded = false;
    this.#lintsAll = false;
    const found = new Map<string, Target>();
    this.#unreadable.clear();
    const { connection, roots } = this.#request;
    for (const root of await roots.all()) {
      if (!root.enabled || !root.reads) continue;
      try {
        const { found: files, unreadable } = await discover(root.files, [root.path], root.workspace.configurations);
        for (const { path } of files) found.set(sameUri(uriOf(root.space, path)), { root, path });
        logUnreadable(connection, unreadable);
        for (const { path } of unreadable) this.#unreadable.add(path);
      } catch (error) {
        connection.console.error(`The folder ${root.path} could not be scanned: ${describe(error)}`);
      }
    }
    // Switched off meanwhile.
    if (this.#isStill) return false;
    this.#found = found.size;
    const gone = [...this.#targets.keys()].filter((key) => !found.has(key));
    if (!this.#asked && found.size > automaticLimit) {
      this.clear();
      this.#settle('standing-back');
      return false;
    }
    this.#drop(gone);
    for (const [key, target] of found) {
      if (lintsAll || !this.#targets.has(key)) this.#waiting.add(key);
      this.#targets.set(key, target);
    }
    return true;
  }

  async #lint(key: string): Promise<void> {
    const target = this.#targets.get(key);
    if (target === undefined) return;
    const { connection, documents } = this.#request;
    const { root, path } = target;
    const uri = uriOf(root.space, path);
    try {
      const open = documents.get(uri);
      const told = open === undefined ? await this.#tellClosed(target) : await this.#tellOpen(uri);
      this.#unreadable.delete(path);
      // Excluded or deleted while it was read.
      if (!this.#targets.has(key)) return;
      this.#put(key, { uri: open?.uri ?? uri, id: reportId(told.diagnostics), ...told });
    } catch (error) {
      // One file must not cost the others theirs.
      const message = error instanceof FilesError ? error.message : describe(error);
      this.#unreadable.add(path);
      logUnreadable(connection, [{ path, message }]);
      this.#put(key, { uri, id: reportId([]), ...nothing });
    }
  }

  /** What is read while other files are linted. */
  #aheadOf(root: Root): Ahead {
    const ahead = this.#ahead.get(root) ?? readAhead(root.files, this.#pathsIn(root));
    this.#ahead.set(root, ahead);
    return ahead;
  }

  *#pathsIn(root: Root): Generator<string> {
    for (const key of this.#waiting) {
      const target = this.#targets.get(key);
      if (target?.root === root && this.#request.documents.get(key) === undefined) yield target.path;
    }
  }

  async #tellOpen(uri: string): Promise<Told> {
    const { documents, style } = this.#request;
    const linted = await documents.lint(uri);
    if (linted === undefined) return nothing;
    return { diagnostics: documentDiagnostics(linted, style), heldBack: heldBackIn(linted.linted) };
  }

  async #tellClosed(target: Target): Promise<Told> {
    const linted = await this.#lintClosed(target);
    if (linted === undefined) return nothing;
    const { file, findings, elsewhere } = linted;
    const place = { space: target.root.space, text: file.text, elsewhere };
    const diagnostics = diagnosticsOf(findings, place, this.#request.style);
    return { diagnostics, heldBack: heldBackIn(linted) };
  }

  async #lintClosed({ root, path }: Target): Promise<LintedFile | undefined> {
    const { connection, documents } = this.#request;
    logUnreadable(connection, await root.workspace.prepare(path));
    const linted = await root.workspace.lint(path, await this.#aheadOf(root).read(path));
    if (typeof linted === 'string') return undefined;
    // Opened while it was read: its document speaks for it.
    if (documents.get(uriOf(root.space, path)) === undefined) root.workspace.take(linted);
    logFailures(connection, path, linted);
    if ((linted.unchecked ?? []).length === 0) return linted;
    // Others are judged by what the file holds, and need not wait for what ShellCheck says of it.
    const checked = { ...linted, ...(await linted.checked(linted)) };
    if (documents.get(uriOf(root.space, path)) === undefined) root.workspace.take(checked);
    return checked;
  }

  #put(key: string, report: Report): void {
    const before = this.#reports.get(key);
    this.#reports.set(key, report);
    if (before?.id !== report.id) this.#request.onReports([report.uri]);
  }

  #drop(keys: readonly string[]): void {
    const uris: string[] = [];
    for (const key of keys) {
      const report = this.#reports.get(key);
      const target = this.#targets.get(key);
      target?.root.workspace.remove(target.path);
      this.#targets.delete(key);
      this.#waiting.delete(key);
      this.#reports.delete(key);
      if (report !== undefined) uris.push(report.uri);
    }
    if (uris.length > 0) this.#request.onReports(uris);
  }

  #settle(state: ScanState): void {
    this.#state = state;
    this.#request.onProgress();
  }
}
