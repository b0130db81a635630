// What a finding means, for the person who points at it.
import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver';
import type { Finding, Suppressed } from '../engine/finding.js';
import type { Rule } from '../engine/rule.js';
import { dockerfileAt, dockerfileContextAt } from '../service/dockerfile-context.js';
import { serviceAt } from '../service/effective-service.js';
import { loadPages } from '../service/explain.js';
import { securityContextAt } from '../service/security-context.js';
import { silencerOf } from '../service/silencer.js';
import { findStandard } from '../standards/standards.js';
import type { Span } from '../text/span.js';
import type { Abilities } from './capabilities.js';
import { describeDockerfile } from './dockerfile-hover.js';
import type { Documents, LintedDocument } from './documents.js';
import { code, escaped, plainText } from './markdown.js';
import { describeContext } from './security-hover.js';
import { describeService } from './service-hover.js';

export interface HoverRequest {
  readonly documents: Documents;
  readonly abilities: Abilities;
  readonly rulePage: string | undefined;
  /** The rules that stand for checks of the Pod Security admission controller. */
  readonly securityRules: readonly Rule[];
}

export async function hover({ textDocument, position }: HoverParams, request: HoverRequest): Promise<Hover | null> {
  const target = await request.documents.lint(textDocument.uri);
  if (target === undefined) return null;
  const { document, linted } = target;
  const offset = document.offsetAt(position);
  const here = linted.findings.filter(({ at }) => at.span.start <= offset && offset <= at.span.end);
  // What is underlined comes first.
  const findings = [...here.filter(({ suppressed }) => suppressed === undefined), ...here.filter(isSilenced)];
  const isMarkdown = request.abilities.hoverMarkdown;
  const inForce = inForceAt(target, offset, request);
  const span = findings[0]?.at.span ?? inForce?.at;
  if (span === undefined) return null;
  const pages = await loadPages();
  const parts = findings.map((finding) => {
    const title = titleOf(finding, request.rulePage);
    if (isSilenced(finding)) return inFormat(title, isMarkdown) + ignoredLine(finding.suppressed, isMarkdown);
    return inFormat(describeFinding(finding, title, pages.introOf(finding.rule)), isMarkdown);
  });
  // First, for the pages of rules are long; what is wrong here the editor itself says above all.
  if (inForce !== undefined) parts.unshift(inForce.text);
  const range = { start: document.positionAt(span.start), end: document.positionAt(span.end) };
  return isMarkdown
    ? { contents: { kind: MarkupKind.Markdown, value: parts.join('\n\n---\n\n') }, range }
    : { contents: { kind: MarkupKind.PlainText, value: parts.join('\n\n\n\n') }, range };
}

interface InForce {
  readonly at: Span;
  readonly text: string;
}

/** What is in force for the thing that is named at an offset. */
function inForceAt(target: LintedDocument, offset: number, request: HoverRequest): InForce | undefined {
  const { linted, root, path } = target;
  const isMarkdown = request.abilities.hoverMarkdown;
  const dockerfile = dockerfileAt(linted, offset);
  if (dockerfile !== undefined) {
    const context = dockerfileContextAt(dockerfile);
    return (
      context && {
        at: dockerfile.spanOf(context.at),
        text: describeDockerfile(context, dockerfile, { text: linted.file.text, uri: target.document.uri }, isMarkdown),
      }
    );
  }
  if (linted.file.source.kind === 'compose') {
    const service = serviceAt(linted, offset);
    return service && { at: service.at, text: describeService(service, target, isMarkdown) };
  }
  const { settings } = root.workspace.effective(path);
  const context = securityContextAt({ linted, settings, rules: request.securityRules }, offset);
  return context && { at: context.at, text: describeContext(context, linted.file.text, isMarkdown) };
}

type SilencedFinding = Finding & { readonly suppressed: Suppressed };

function isSilenced(finding: Finding): finding is SilencedFinding {
  return finding.suppressed !== undefined;
}

function titleOf({ rule, severity, suppressed }: Finding, rulePage: string | undefined): string {
  const name = rulePage === undefined ? `\`${rule}\`` : `[\`${rule}\`](${rulePage.replace('{id}', rule)})`;
  return `**Plimsoll** ${suppressed === undefined ? `${severity} ` : ''}${name}`;
}

/** The message itself is shown by the editor; here is why, how to mend it, and who says so. */
function describeFinding({ standards }: Finding, title: string, intro: string | undefined): string {
  const lines = [title];
  if (intro !== undefined) lines.push(intro);
  const titles = standards.flatMap((id) => findStandard(id)?.title ?? []);
  if (titles.length > 0) lines.push(titles.map((standard) => `- ${standard}`).join('\n'));
  return lines.join('\n\n');
}

/** Why a finding is not underlined. The reason and the check are the words of the file. */
function ignoredLine({ check, reason, ...silencer }: Suppressed, isMarkdown: boolean): string {
  const checked = check === undefined ? '' : ` (${isMarkdown ? code(check) : plainText(check)})`;
  const because = isMarkdown ? escaped(reason) : plainText(reason);
  return `\n\nIgnored by ${silencerOf(silencer)}${checked}${because === '' ? ', without a reason.' : `: ${because}`}`;
}

/** Our own words, which are Markdown. */
function inFormat(markdown: string, isMarkdown: boolean): string {
  return isMarkdown ? markdown : markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\*\*|[`*]|^---$/gm, '');
}
