// The first part of the HTML report: how much there is, of what, and where.
import type { Severity } from '../../engine/rule.js';
import type { Totals } from '../report.js';
import { bySeverity, count, plurals } from '../words.js';
import type { HtmlFinding, HtmlOptions } from './html.js';
import { compare } from './kept.js';
import { html, type Markup, nothing } from './markup.js';

/** More would be no summary. */
const mostFiles = 50;

const meanings: { readonly [severity in Severity]: string } = {
  error: 'broken, or a clear breach',
  warning: 'a risk that should go',
  info: 'worth knowing',
  hint: 'a matter of opinion',
};

type Counts = { readonly [severity in Severity]: number };

interface Row {
  readonly name: string;
  readonly counts: Counts;
  readonly total: number;
}

/** In the order of the findings. */
export function byFile(findings: readonly HtmlFinding[]): ReadonlyMap<string, readonly HtmlFinding[]> {
  return grouped(findings, ({ file }) => file);
}

/** One sentence. */
export function verdict(findings: readonly HtmlFinding[], { files, errors }: Totals): string {
  const checked = count(files, 'file', 'files');
  if (files === 0) {
    const why = 'there is no Dockerfile, Compose file or Kubernetes manifest, or it is excluded';
    return errors.length > 0 ? 'Nothing was checked.' : `Nothing was checked: ${why}.`;
  }
  if (findings.length === 0) return `No problems in ${checked}.`;
  const counts = countsOf(findings);
  const parts = bySeverity.flatMap((severity) => {
    const n = counts[severity];
    return n === 0 ? [] : [count(n, severity, plurals[severity])];
  });
  return `${parts.join(', ')} in ${byFile(findings).size} of ${checked}.`;
}

export function summary(findings: readonly HtmlFinding[], totals: Totals, { rules }: HtmlOptions): Markup {
  const summaries = new Map(rules.map(({ id, summary: line }) => [id, line]));
  const files = rowsOf(byFile(findings));
  const numbers = new Map([...byFile(findings).keys()].map((file, index) => [file, index + 1]));
  return html`<section aria-labelledby="summary">
<h2 id="summary">Summary</h2>
<p class="verdict">${verdict(findings, totals)}</p>
${notes(totals)}${totals.files === 0 ? nothing : tiles(countsOf(findings))}${
  findings.length === 0
    ? nothing
    : html`<table>
<caption>What was found, the gravest first</caption>
<thead><tr><th scope="col">Rule</th><th scope="col">What it finds</th><th scope="col" class="number">Findings</th></tr></thead>
<tbody>
${rowsOf(grouped(findings, ({ rule }) => rule)).map(
  ({ name, counts, total }) =>
    html`<tr><th scope="row"><a href="#rule-${name}"><code>${name}</code></a></th><td>${badges(counts)}${summaries.get(name) ?? ''}</td><td class="number">${total}</td></tr>\n`,
)}</tbody>
</table>
<table>
<caption>Where</caption>
<thead><tr><th scope="col">File</th>${bySeverity.map((severity) => html`<th scope="col" class="number">${capital(plurals[severity])}</th>`)}</tr></thead>
<tbody>
${files
  .slice(0, mostFiles)
  .map(
    ({ name, counts }) =>
      html`<tr><th scope="row"><a href="#file-${numbers.get(name) ?? 0}"><bdi>${name}</bdi></a></th>${bySeverity.map((severity) => html`<td class="number">${counts[severity]}</td>`)}</tr>\n`,
  )}</tbody>
</table>
${files.length > mostFiles ? html`<p>And ${count(files.length - mostFiles, 'more file', 'more files')}, below.</p>\n` : nothing}`
}</section>
`;
}

function notes({ helmTemplates, unchanged, heldBack, fixes, fixedFiles }: Totals): Markup {
  const fixed = `Fixed ${count(fixes, 'problem', 'problems')} in ${count(fixedFiles, 'file', 'files')}; they are not in this report.`;
  const held = `${count(heldBack, 'finding is', 'findings are')} held back by the baseline: ${heldBack === 1 ? 'it was' : 'they were'} there before.`;
  const same = `${count(unchanged, 'file has', 'files have')} not changed, and ${unchanged === 1 ? 'was' : 'were'} not checked.`;
  const templates = `${count(helmTemplates, 'Helm template', 'Helm templates')} not checked: values decide what they say.`;
  return html`${fixes > 0 ? html`<p>${fixed}</p>\n` : nothing}${unchanged > 0 ? html`<p>${same}</p>\n` : nothing}${heldBack > 0 ? html`<p>${held}</p>\n` : nothing}${helmTemplates > 0 ? html`<p>${templates}</p>\n` : nothing}`;
}

function tiles(counts: Counts): Markup {
  return html`<ul class="counts">
${bySeverity.map(
  (severity) =>
    html`<li class="${severity}${counts[severity] === 0 ? ' none' : ''}"><strong>${counts[severity]}</strong><b>${counts[severity] === 1 ? severity : plurals[severity]}</b><span class="quiet">${meanings[severity]}</span></li>\n`,
)}</ul>
`;
}

function badges(counts: Counts): readonly Markup[] {
  return bySeverity.flatMap((severity) => (counts[severity] === 0 ? [] : [badge(severity)]));
}

export function badge(severity: Severity): Markup {
  return html`<span class="badge ${severity}">${severity}</span> `;
}

/** Where there is the most of the worst comes first. */
function rowsOf(groups: ReadonlyMap<string, readonly HtmlFinding[]>): readonly Row[] {
  const rows = [...groups].map(([name, group]) => ({ name, counts: countsOf(group), total: group.length }));
  return rows.sort((a, b) => {
    const worse = bySeverity.find((severity) => a.counts[severity] !== b.counts[severity]);
    return worse === undefined ? compare(a.name, b.name) : b.counts[worse] - a.counts[worse];
  });
}

function countsOf(findings: readonly HtmlFinding[]): Counts {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

function grouped(
  findings: readonly HtmlFinding[],
  nameOf: (finding: HtmlFinding) => string,
): ReadonlyMap<string, readonly HtmlFinding[]> {
  const groups = new Map<string, HtmlFinding[]>();
  for (const finding of findings) {
    const name = nameOf(finding);
    const group = groups.get(name) ?? [];
    groups.set(name, group);
    group.push(finding);
  }
  return groups;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
