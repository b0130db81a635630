// Names the contents of a report: the same diagnostics have the same id, whoever asks and when.
import type { Diagnostic } from 'vscode-languageserver';
import { fingerprint } from '../text/fingerprint.js';

export function reportId(diagnostics: readonly Diagnostic[]): string {
  return fingerprint(JSON.stringify(diagnostics));
}
