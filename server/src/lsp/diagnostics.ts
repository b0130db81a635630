// Findings as the diagnostics of the protocol.
import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
} from 'vscode-languageserver';
import type { Finding } from '../engine/finding.js';
import type { Severity } from '../engine/rule.js';
import { LineIndex } from '../text/line-index.js';
import type { FileId, Span } from '../text/span.js';
import type { Abilities } from './capabilities.js';

export const source = 'plimsoll';

const severities: { readonly [severity in Severity]: DiagnosticSeverity } = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export interface DiagnosticStyle {
  readonly abilities: Abilities;
  /** Where the page of a rule is; `{id}` stands for the rule. */
  readonly rulePage: string | undefined;
}

interface Text {
  readonly text: string;
  readonly uriOf: (file: FileId) => string;
}

/** The diagnostics of findings in one text. Suppressed ones are left out. */
export function diagnosticsOf(
  findings: readonly Finding[],
  { text, uriOf }: Text,
  { abilities, rulePage }: DiagnosticStyle,
): Diagnostic[] {
  const shown = findings.filter((finding) => finding.suppressed === undefined);
  if (shown.length === 0) return [];
  const lines = new LineIndex(text);
  const rangeOf = (span: Span) => ({ start: lines.positionAt(span.start), end: lines.positionAt(span.end) });
  return shown.map((finding) => {
    const diagnostic: Diagnostic = {
      range: rangeOf(finding.at.span),
      severity: severities[finding.severity],
      source,
      code: finding.rule,
      message: finding.message,
    };
    if (abilities.codeDescription && rulePage !== undefined) {
      diagnostic.codeDescription = { href: rulePage.replace('{id}', finding.rule) };
    }
    if (abilities.unnecessaryTag && finding.rule === 'unused-suppression') {
      diagnostic.tags = [DiagnosticTag.Unnecessary];
    }
    const related = finding.related.map(
      ({ at, message }): DiagnosticRelatedInformation => ({
        location: { uri: uriOf(at.file), range: rangeOf(at.span) },
        message,
      }),
    );
    if (abilities.relatedInformation && related.length > 0) diagnostic.relatedInformation = related;
    if (abilities.diagnosticData) diagnostic.data = { rule: finding.rule, fixable: finding.fixes.length > 0 };
    return diagnostic;
  });
}
