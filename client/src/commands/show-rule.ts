import * as vscode from 'vscode';
import { findingsAtCursor } from '../findings.js';
import { type RuleSummary, rulesOf } from '../rules.js';
import { rulePageUri } from '../virtual-documents.js';

interface RuleItem extends vscode.QuickPickItem {
  readonly id?: string;
}

/** Shows the page of a rule as Markdown, beside the file that is being edited; asks which where no id is given. */
export async function showRule(extension: vscode.Extension<unknown>, given: unknown): Promise<void> {
  const rules = rulesOf(extension);
  const id = typeof given === 'string' && rules.some((rule) => rule.id === given) ? given : await pickRule(rules);
  if (id === undefined) return;
  const uri = rulePageUri(id);
  const preview = vscode.window.activeTextEditor === undefined ? 'markdown.showPreview' : 'markdown.showPreviewToSide';
  try {
    await vscode.commands.executeCommand(preview, uri);
  } catch {
    // VS Code's own Markdown extension can be switched off.
    await vscode.window.showTextDocument(uri, { preview: true });
  }
}

async function pickRule(rules: readonly RuleSummary[]): Promise<string | undefined> {
  const here = new Set(findingsAtCursor(vscode.window.activeTextEditor).map(({ rule }) => rule));
  const item = ({ id, summary }: RuleSummary): RuleItem => ({ label: id, detail: summary, id });
  const heading = (label: string): RuleItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const first = rules.filter(({ id }) => here.has(id)).map(item);
  const rest = rules.filter(({ id }) => !here.has(id)).map(item);
  const items =
    first.length === 0
      ? rest
      : [heading(vscode.l10n.t('on this line')), ...first, heading(vscode.l10n.t('all rules')), ...rest];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Show rule'),
    placeHolder: vscode.l10n.t('The rule to read about'),
    matchOnDetail: true,
  });
  return picked?.id;
}
