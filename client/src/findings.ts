// The findings that the editor shows.
import * as vscode from 'vscode';

export interface ShownFinding {
  readonly rule: string;
  readonly message: string;
  readonly range: vscode.Range;
}

/** The findings on the line of the cursor, those under the cursor first. */
export function findingsAtCursor(editor: vscode.TextEditor | undefined): readonly ShownFinding[] {
  if (editor === undefined) return [];
  const cursor = editor.selection.active;
  return vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter(
      ({ source, range }) => source === 'plimsoll' && range.start.line <= cursor.line && cursor.line <= range.end.line,
    )
    .flatMap(({ code, message, range }) => {
      const rule = typeof code === 'object' ? code.value : code;
      return typeof rule === 'string' ? [{ rule, message, range }] : [];
    })
    .sort((a, b) => Number(b.range.contains(cursor)) - Number(a.range.contains(cursor)));
}
