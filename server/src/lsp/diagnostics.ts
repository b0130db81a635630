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
import type { LintedDocument } from './documents.js';
import { type Space, uriOf } from './uris.js';

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

/** Where findings stand. */
interface Source {
  readonly space: Space;
  readonly text: string;
  /** The texts of other files that findings point into. */
  readonly elsewhere?: ReadonlyMap<FileId, string> | undefined;
  /** An open file, and its URI as the client writes it. */
  readonly open?: { readonly file: FileId; readonly uri: string } | undefined;
}

/** The diagnostics of findings in one text. Suppressed ones are left out. */
export function diagnosticsOf(
  findings: readonly Finding[],
  { space, text, elsewhere, open }: Source,
  { abilities, rulePage }: DiagnosticStyle,
): Diagnostic[] {
  const shown = findings.filter((finding) => finding.suppressed === undefined);
  if (shown.length === 0) return [];
  const lines = new LineIndex(text);
  const others = new Map([...(elsewhere ?? [])].map(([file, other]) => [file, new LineIndex(other)]));
  const rangeOf = (span: Span, index: LineIndex = lines) => ({
    start: index.positionAt(span.start),
    end: index.positionAt(span.end),
  });
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
        location: {
          uri: at.file === open?.file ? open.uri : uriOf(space, at.file),
          range: rangeOf(at.span, others.get(at.file)),
        },
        message,
      }),
    );
    if (abilities.relatedInformation && related.length > 0) diagnostic.relatedInformation = related;
    if (abilities.diagnosticData) diagnostic.data = { rule: finding.rule, fixable: finding.fixes.length > 0 };
    return diagnostic;
  });
}

/** The diagnostics of an open document. */
export function documentDiagnostics(
  { document, path, root, linted }: LintedDocument,
  style: DiagnosticStyle,
  findings: readonly Finding[] = linted.findings,
): Diagnostic[] {
  const open = { file: path, uri: document.uri };
  const { file, elsewhere } = linted;
  return diagnosticsOf(findings, { space: root.space, text: file.text, elsewhere, open }, style);
}
