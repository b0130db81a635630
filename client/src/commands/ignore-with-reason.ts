import * as vscode from 'vscode';
import { findingsAtCursor } from '../findings.js';
import type { ServerConnection } from '../server-connection.js';

interface Position {
  readonly line: number;
  readonly character: number;
}

/** A finding as the code action of the server names it. */
interface IgnoredFinding {
  readonly uri: string;
  readonly rule: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

/** Asks why a finding is acceptable and has the server write the comment. Without a finding: one at the cursor. */
export async function ignoreWithReason(server: ServerConnection, given: IgnoredFinding | undefined): Promise<void> {
  const finding = given ?? (await pickFinding());
  if (finding === undefined) return;
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t("Ignore '{0}' on this line", finding.rule),
    prompt: vscode.l10n.t('It becomes part of the comment.'),
    placeHolder: vscode.l10n.t('Why is it acceptable here?'),
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Say why, for whoever reads it next.') : undefined),
  });
  if (reason === undefined) return;
  const done = await server.execute<boolean>('plimsoll.server.ignore', { ...finding, reason: reason.trim() });
  if (!done) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t("No comment can stand here. '{0}' can be ignored in .plimsoll.yaml.", finding.rule),
    );
  }
}

async function pickFinding(): Promise<IgnoredFinding | undefined> {
  const editor = vscode.window.activeTextEditor;
  const findings = findingsAtCursor(editor);
  const [first] = findings;
  if (editor === undefined || first === undefined) {
    await vscode.window.showInformationMessage(vscode.l10n.t('Put the cursor on a finding of Plimsoll first.'));
    return undefined;
  }
  const items = findings.map((finding) => ({ label: finding.rule, detail: finding.message, finding }));
  const picked =
    items.length === 1
      ? first
      : (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('The finding to ignore') }))?.finding;
  if (picked === undefined) return undefined;
  const { start, end } = picked.range;
  return {
    uri: editor.document.uri.toString(),
    rule: picked.rule,
    range: {
      start: { line: start.line, character: start.character },
      end: { line: end.line, character: end.character },
    },
  };
}
