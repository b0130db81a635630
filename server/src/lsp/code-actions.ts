// Code actions: mend a finding, mend all of its rule, trust a registry, ignore with a reason.
import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type Range,
} from 'vscode-languageserver';
import type { Finding } from '../engine/finding.js';
import { type ConfigChange, configEdits, newConfig } from '../languages/config/edit.js';
import { folderOf, join } from '../model/paths.js';
import { configNames } from '../service/config-files.js';
import { decode, maximumBytes } from '../service/decode.js';
import { applySafeFixes, editsOf, fixesOfRule } from '../service/fix.js';
import { ignoreEdit } from '../service/ignore.js';
import { trustOffers } from '../service/trust.js';
import type { TextEdit } from '../text/edit.js';
import type { Span } from '../text/span.js';
import type { Abilities } from './capabilities.js';
import { documentDiagnostics, source } from './diagnostics.js';
import type { Documents, LintedDocument } from './documents.js';
import {
  type HardenOffer,
  hardenAllKind,
  hardenAllOffer,
  hardenEditsAt,
  hardenKind,
  hardenOffers,
} from './harden-actions.js';
import { type IgnoreParams, ignoreWithReason } from './protocol.js';
import { uriOf } from './uris.js';
import { type FileEdits, workspaceEdit } from './workspace-edit.js';

const fixAllKind = `${CodeActionKind.SourceFixAll}.${source}`;

/** A selection of a whole file may hold thousands of findings: nobody reads a menu of them all. */
const offeredAtOnce = 20;

/** What stands for a reason until somebody writes one. */
const noReason = 'say why';

export interface CodeActionsRequest {
  readonly documents: Documents;
  readonly abilities: Abilities;
  /** Whether the client asks for the reason of an ignore comment. */
  readonly asksReason: boolean;
  readonly rulePage: string | undefined;
}

/** What an action remembers until it is resolved. */
type ActionData =
  | { readonly action: 'fix-all'; readonly uri: string; readonly rule: string }
  | { readonly action: 'ignore'; readonly uri: string; readonly ignore: IgnoreParams }
  | { readonly action: 'configure'; readonly uri: string; readonly change: ConfigChange }
  /** `at`: where the containers are; null for all of them. */
  | { readonly action: 'harden'; readonly uri: string; readonly at: Span | null };

const dataActions: ReadonlySet<string> = new Set<ActionData['action']>(['fix-all', 'ignore', 'configure', 'harden']);

/** All kinds of what is offered. */
export const actionKinds: readonly CodeActionKind[] = [CodeActionKind.QuickFix, fixAllKind, hardenKind, hardenAllKind];

export class CodeActions {
  readonly #request: CodeActionsRequest;

  constructor(request: CodeActionsRequest) {
    this.#request = request;
  }

  async provide({ textDocument, range, context }: CodeActionParams, token: CancellationToken): Promise<CodeAction[]> {
    const { documents } = this.#request;
    const only = context.only ?? [CodeActionKind.QuickFix, hardenKind];
    const wants = (wanted: CodeActionKind) => only.some((kind) => covers(kind, wanted));
    if (!actionKinds.some(wants)) return [];
    const target = await documents.lint(textDocument.uri);
    if (target === undefined || token.isCancellationRequested) return [];
    const actions: CodeAction[] = [];
    if (wants(fixAllKind)) actions.push(...this.#fixAll(target));
    if (wants(CodeActionKind.QuickFix)) actions.push(...(await this.#quickFixes(target, range, context.diagnostics)));
    const selection = { start: target.document.offsetAt(range.start), end: target.document.offsetAt(range.end) };
    if (wants(hardenKind)) actions.push(...this.#harden(target, hardenOffers(target, selection)));
    if (wants(hardenAllKind)) actions.push(...this.#harden(target, hardenAllOffer(target)));
    return actions;
  }

  /** Safe fixes only, until none is left; nothing where there are none. */
  #fixAll(target: LintedDocument): CodeAction[] {
    const { edits } = applySafeFixes(target.linted, (text) => target.lint(text));
    if (edits.length === 0) return [];
    const edit = this.#edit([this.#inDocument(target, edits)]);
    return [{ title: 'Fix all that is safe to fix', kind: fixAllKind, edit }];
  }

  /** The edits are made when an action is chosen: the text is linted again for each field that is missing. */
  #harden(target: LintedDocument, offers: readonly HardenOffer[]): CodeAction[] {
    return offers.flatMap(({ action, at }): CodeAction[] => {
      if (this.#request.abilities.resolvesEdits) {
        const data: ActionData = { action: 'harden', uri: target.document.uri, at: at ?? null };
        return [{ ...action, data }];
      }
      const edits = hardenEditsAt(target, at);
      return edits === undefined ? [] : [{ ...action, edit: this.#edit([this.#inDocument(target, edits)]) }];
    });
  }

  async #quickFixes(target: LintedDocument, range: Range, asked: readonly Diagnostic[]): Promise<CodeAction[]> {
    const { document, linted } = target;
    const wanted = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    const findings = linted.findings
      .filter(
        ({ at, suppressed }) => suppressed === undefined && at.span.start <= wanted.end && wanted.start <= at.span.end,
      )
      .slice(0, offeredAtOnce);
    const fixes: CodeAction[] = [];
    const more: CodeAction[] = [];
    const last: CodeAction[] = [];
    const rules = new Set<string>();
    for (const finding of findings) {
      const diagnostics = this.#diagnosticOf(target, finding, asked);
      const offered = finding.fixes.flatMap((fix) => {
        const edits = editsOf(linted.file, fix);
        return edits === undefined ? [] : [{ fix, edits }];
      });
      for (const { fix, edits } of offered) {
        fixes.push({
          title: fix.title,
          kind: CodeActionKind.QuickFix,
          diagnostics,
          edit: this.#edit([this.#inDocument(target, edits)]),
          ...(offered.length === 1 ? { isPreferred: true } : {}),
        });
      }
      if (!rules.has(finding.rule)) {
        rules.add(finding.rule);
        more.push(...this.#fixAllOfRule(target, finding.rule, diagnostics));
        more.push(...(await this.#trust(target, finding, diagnostics)));
        last.push(...(await this.#switchOff(target, finding.rule, diagnostics)));
      }
      last.unshift(...this.#ignore(target, finding, diagnostics));
    }
    return [...fixes, ...more, ...last];
  }

  /** The edit is made when the action is chosen: it takes all of the file to be linted again. */
  #fixAllOfRule(target: LintedDocument, rule: string, diagnostics: Diagnostic[]): CodeAction[] {
    const { document, linted } = target;
    const count = linted.findings.filter(
      (finding) => finding.rule === rule && finding.suppressed === undefined && finding.fixes.length > 0,
    ).length;
    if (count < 2) return [];
    const title = `Fix all ${count} of '${rule}' in this file`;
    const action: CodeAction = { title, kind: CodeActionKind.QuickFix, diagnostics };
    if (this.#request.abilities.resolvesEdits) {
      const data: ActionData = { action: 'fix-all', uri: document.uri, rule };
      return [{ ...action, data }];
    }
    const edits = this.#fixesOfRule(target, rule);
    return edits === undefined ? [] : [{ ...action, edit: this.#edit([edits]) }];
  }

  #fixesOfRule(target: LintedDocument, rule: string): FileEdits | undefined {
    const edits = fixesOfRule(target.linted, rule, (text) => target.lint(text));
    return edits.length === 0 ? undefined : this.#inDocument(target, edits);
  }

  async #trust(target: LintedDocument, finding: Finding, diagnostics: Diagnostic[]): Promise<CodeAction[]> {
    const actions: CodeAction[] = [];
    for (const registry of trustOffers(target.linted.file, finding)) {
      actions.push(...(await this.#configure(target, `Trust '${registry}'`, { kind: 'trust', registry }, diagnostics)));
    }
    return actions;
  }

  #switchOff(target: LintedDocument, rule: string, diagnostics: Diagnostic[]): Promise<CodeAction[]> {
    const title = `Ignore '${rule}' everywhere: switch it off in ${configNames[0]}`;
    return this.#configure(target, title, { kind: 'switch-off', rule }, diagnostics);
  }

  async #configure(
    target: LintedDocument,
    title: string,
    change: ConfigChange,
    diagnostics: Diagnostic[],
  ): Promise<CodeAction[]> {
    const action: CodeAction = { title, kind: CodeActionKind.QuickFix, diagnostics };
    const { resolvesEdits, createsFiles } = this.#request.abilities;
    // Where a file may have to be made that cannot be, it is found out before anything is offered.
    if (resolvesEdits && createsFiles) {
      const data: ActionData = { action: 'configure', uri: target.document.uri, change };
      return [{ ...action, data }];
    }
    const edit = await this.#configEdit(target, change);
    return edit === undefined ? [] : [{ ...action, edit: this.#edit([edit]) }];
  }

  #ignore(target: LintedDocument, finding: Finding, diagnostics: Diagnostic[]): CodeAction[] {
    const { document } = target;
    const { abilities, asksReason } = this.#request;
    const { start, end } = finding.at.span;
    const range = { start: document.positionAt(start), end: document.positionAt(end) };
    const ignore: IgnoreParams = { uri: document.uri, rule: finding.rule, range, reason: noReason };
    const action: CodeAction = {
      title: `Ignore '${finding.rule}' here, with a reason${asksReason ? '…' : ''}`,
      kind: CodeActionKind.QuickFix,
      diagnostics,
    };
    if (asksReason) {
      return [{ ...action, command: { title: action.title, command: ignoreWithReason, arguments: [ignore] } }];
    }
    if (abilities.resolvesEdits) {
      const data: ActionData = { action: 'ignore', uri: document.uri, ignore };
      return [{ ...action, data }];
    }
    const edit = ignoreEdit(target.linted, finding, noReason, (text) => target.lint(text));
    return edit === undefined ? [] : [{ ...action, edit: this.#edit([this.#inDocument(target, [edit])]) }];
  }

  /** Gives an action the edit that it was offered without. An action that cannot be done keeps none. */
  async resolve(action: CodeAction): Promise<CodeAction> {
    const data = readData(action.data);
    if (data === undefined) return action;
    const target = await this.#request.documents.lint(data.uri);
    const edits = target === undefined ? undefined : await this.#editsOf(target, data);
    return edits === undefined ? action : { ...action, edit: this.#edit([edits]) };
  }

  async #editsOf(target: LintedDocument, data: ActionData): Promise<FileEdits | undefined> {
    switch (data.action) {
      case 'fix-all':
        return this.#fixesOfRule(target, data.rule);
      case 'ignore':
        return this.ignoreEdits(target, data.ignore);
      case 'configure':
        return this.#configEdit(target, data.change);
      case 'harden': {
        const edits = hardenEditsAt(target, data.at ?? undefined);
        return edits === undefined ? undefined : this.#inDocument(target, edits);
      }
    }
  }

  /** The edit that ignores a finding; undefined where none can, or the finding is no longer there. */
  ignoreEdits(target: LintedDocument, { rule, range, reason }: IgnoreParams): FileEdits | undefined {
    const start = target.document.offsetAt(range.start);
    const finding = target.linted.findings.find(
      ({ rule: other, at, suppressed }) => other === rule && at.span.start === start && suppressed === undefined,
    );
    if (finding === undefined) return undefined;
    const edit = ignoreEdit(target.linted, finding, reason, (text) => target.lint(text));
    return edit === undefined ? undefined : this.#inDocument(target, [edit]);
  }

  async #configEdit(target: LintedDocument, change: ConfigChange): Promise<FileEdits | undefined> {
    const { root } = target;
    if (!root.reads) return undefined;
    const found = await configFileFor(target, change);
    if (found === undefined) {
      if (!this.#request.abilities.createsFiles) return undefined;
      const uri = uriOf(root.space, join(root.path, configNames[0] ?? ''));
      return { uri, version: null, text: '', edits: [], creates: newConfig(change) };
    }
    const uri = uriOf(root.space, found);
    const open = this.#request.documents.get(uri);
    const text = open?.getText() ?? decode(await root.files.read(found, maximumBytes)).text;
    const edits = configEdits(text, change);
    return edits === undefined ? undefined : { uri: open?.uri ?? uri, version: open?.version ?? null, text, edits };
  }

  #inDocument({ document, version, linted }: LintedDocument, edits: readonly TextEdit[]): FileEdits {
    return { uri: document.uri, version, text: linted.file.text, edits };
  }

  #edit(files: readonly FileEdits[]) {
    return workspaceEdit(files, this.#request.abilities);
  }

  /** The diagnostic that the client showed for a finding, so that it can tie the action to it. */
  #diagnosticOf(target: LintedDocument, finding: Finding, asked: readonly Diagnostic[]): Diagnostic[] {
    const own = documentDiagnostics(target, this.#request, [finding]);
    const [diagnostic] = own;
    const shown = asked.find(
      ({ code, range, source: from }) =>
        from === source && code === finding.rule && diagnostic !== undefined && sameRange(range, diagnostic.range),
    );
    return shown === undefined ? own : [shown];
  }
}

/** The file that a change has to be made in: a list of registries that hadolint is given stays one list. */
async function configFileFor(
  { root, path, linted }: LintedDocument,
  change: ConfigChange,
): Promise<string | undefined> {
  const { configurations } = root.workspace;
  const { config, path: own } = await configurations.of(folderOf(path));
  const isHadolints = linted.file.source.kind === 'dockerfile' && config.trustedRegistries === undefined;
  if (change.kind !== 'trust' || !isHadolints) return own;
  const hadolint = await configurations.hadolintOf(folderOf(path));
  return hadolint?.config.trustedRegistries === undefined ? own : hadolint.path;
}

/** Whether a kind that was asked for includes another one: kinds are paths with dots. */
function covers(asked: string, kind: string): boolean {
  return asked === '' || kind === asked || kind.startsWith(`${asked}.`);
}

function sameRange(a: Range, b: Range): boolean {
  return (
    a.start.line === b.start.line &&
    a.start.character === b.start.character &&
    a.end.line === b.end.line &&
    a.end.character === b.end.character
  );
}

/** Undefined for what is no data of ours; the client gives it back as it got it. */
function readData(data: unknown): ActionData | undefined {
  if (typeof data !== 'object' || data === null || !('action' in data) || !('uri' in data)) return undefined;
  const isOurs = typeof data.action === 'string' && dataActions.has(data.action);
  return isOurs && typeof data.uri === 'string' ? (data as ActionData) : undefined;
}
