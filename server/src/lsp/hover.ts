// What a finding means, for the person who points at it.
import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver';
import type { Finding } from '../engine/finding.js';
import { loadPages } from '../service/explain.js';
import { findStandard } from '../standards/standards.js';
import type { Abilities } from './capabilities.js';
import type { Documents } from './documents.js';

export interface HoverRequest {
  readonly documents: Documents;
  readonly abilities: Abilities;
  readonly rulePage: string | undefined;
}

export async function hover({ textDocument, position }: HoverParams, request: HoverRequest): Promise<Hover | null> {
  const target = await request.documents.lint(textDocument.uri);
  if (target === undefined) return null;
  const { document, linted } = target;
  const offset = document.offsetAt(position);
  const findings = linted.findings.filter(
    ({ at, suppressed }) => suppressed === undefined && at.span.start <= offset && offset <= at.span.end,
  );
  const [first] = findings;
  if (first === undefined) return null;
  const pages = await loadPages();
  const parts = findings.map((finding) => describeFinding(finding, pages.introOf(finding.rule), request.rulePage));
  const markdown = parts.join('\n\n---\n\n');
  const range = { start: document.positionAt(first.at.span.start), end: document.positionAt(first.at.span.end) };
  return request.abilities.hoverMarkdown
    ? { contents: { kind: MarkupKind.Markdown, value: markdown }, range }
    : { contents: { kind: MarkupKind.PlainText, value: plain(markdown) }, range };
}

/** The message itself is shown by the editor; here is why, how to mend it, and who says so. */
function describeFinding(finding: Finding, intro: string | undefined, rulePage: string | undefined): string {
  const { rule, severity, standards } = finding;
  const name = rulePage === undefined ? `\`${rule}\`` : `[\`${rule}\`](${rulePage.replace('{id}', rule)})`;
  const lines = [`**Plimsoll** ${severity} ${name}`];
  if (intro !== undefined) lines.push(intro);
  const titles = standards.flatMap((id) => findStandard(id)?.title ?? []);
  if (titles.length > 0) lines.push(titles.map((title) => `- ${title}`).join('\n'));
  return lines.join('\n\n');
}

function plain(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\*\*|[`*]|^---$/gm, '');
}
