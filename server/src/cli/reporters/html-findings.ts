// One finding of the HTML report, and the table of those that are ignored.
import { silencerOf } from '../../service/silencer.js';
import { findStandard } from '../../standards/standards.js';
import type { ReportFinding } from '../report.js';
import type { HtmlFinding, HtmlOptions } from './html.js';
import { badge } from './html-summary.js';
import { html, type Markup, nothing } from './markup.js';
import { titleOf } from './prose.js';

export function article(finding: HtmlFinding, { rules }: HtmlOptions): Markup {
  const { severity, message, rule, range, related, fixes, standards } = finding;
  const why = rules.find(({ id }) => id === rule)?.summary ?? '';
  const more = html`<a href="#rule-${rule}">More about <code>${rule}</code></a>`;
  return html`<article class="${severity}">
<h4>${badge(severity)}<bdi>${message}</bdi></h4>
${codeOf(finding)}<dl>
<dt>Where</dt><dd>line ${range.start.line}, column ${range.start.column}</dd>
${
  related.length === 0
    ? nothing
    : html`<dt>See also</dt><dd><ul>${related.map((place) => html`<li>${placeOf(place, finding)}: <bdi>${place.message}</bdi></li>`)}</ul></dd>\n`
}<dt>Why it matters</dt><dd>${why} ${more}</dd>
<dt>What to do</dt><dd>${fixes.length === 0 ? html`There is no ready fix: <a href="#rule-${rule}">the rule says what to do</a>.` : fixList(fixes)}</dd>
${standards.length === 0 ? nothing : html`<dt>Standards</dt><dd>${standardList(standards)}</dd>\n`}</dl>
</article>
`;
}

function placeOf({ file, range: { start } }: ReportFinding['related'][number], own: HtmlFinding): string {
  return file === own.file ? `line ${start.line}` : `${file}, line ${start.line}`;
}

function codeOf({ frame: { lineNumber, parts } }: HtmlFinding): Markup {
  const { before, marked, after } = parts;
  // A place between two characters has to be seen, too.
  return html`<pre><code><span>${lineNumber} </span>${before}<mark>${marked === '' ? ' ' : marked}</mark>${after}</code></pre>\n`;
}

function fixList(fixes: ReportFinding['fixes']): Markup {
  return html`<ul>${fixes.map(
    ({ title, safety }) =>
      html`<li>${titleOf(title)} <span class="quiet">${safety === 'safe' ? '(plimsoll lint --fix does it)' : '(to be reviewed)'}</span></li>`,
  )}</ul>`;
}

function standardList(standards: readonly string[]): Markup {
  return html`<ul>${standards.map((id) => html`<li>${findStandard(id)?.title ?? id}</li>`)}</ul>`;
}

export function* suppressedTable(findings: readonly HtmlFinding[]): Generator<string, void, undefined> {
  yield `<table>
<caption>Known, and left as it is for a reason</caption>
<thead><tr><th scope="col">Where</th><th scope="col">What</th><th scope="col">Ignored by</th><th scope="col">Reason</th></tr></thead>
<tbody>
`;
  for (const { file, range, severity, message, rule, suppressed } of findings) {
    const reason = suppressed?.reason ?? '';
    yield html`<tr><th scope="row"><bdi>${file}</bdi>, line ${range.start.line}</th><td>${badge(severity)}<bdi>${message}</bdi> <code class="quiet">${rule}</code></td><td>${suppressed === undefined ? '' : silencerOf(suppressed)}</td><td>${reason === '' ? html`<span class="quiet">none given</span>` : html`<bdi>${reason}</bdi>`}</td></tr>\n`
      .markup;
  }
  yield '</tbody>\n</table>\n';
}
