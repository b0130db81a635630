// The rules as the manifest lists them, for pickers that need no server.
import type * as vscode from 'vscode';

export interface RuleSummary {
  readonly id: string;
  readonly summary: string;
}

export function rulesOf(extension: vscode.Extension<unknown>): readonly RuleSummary[] {
  const { properties }: { readonly properties: { readonly [id: string]: { readonly description: string } } } =
    extension.packageJSON.contributes.configuration.properties['plimsoll.rules'];
  return Object.entries(properties).map(([id, { description }]) => ({ id, summary: description }));
}
