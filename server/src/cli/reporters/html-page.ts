// The parts of the HTML report, in the order in which they are read. Nothing in it is loaded, run or sent.
import { createHash } from 'node:crypto';
import type { Totals } from '../report.js';
import { count } from '../words.js';
import type { HtmlFinding, HtmlOptions } from './html.js';
import { article, suppressedTable } from './html-findings.js';
import { style } from './html-style.js';
import { byFile, summary, verdict } from './html-summary.js';
import { html, type Markup, nothing } from './markup.js';
import { prose } from './prose.js';

/** Pieces of the page. `all` is in the order of the page, suppressed ones among them. */
export function* pageOf(
  all: readonly HtmlFinding[],
  totals: Totals,
  options: HtmlOptions,
): Generator<string, void, undefined> {
  const findings = all.filter(({ suppressed }) => suppressed === undefined);
  const suppressed = all.filter((finding) => finding.suppressed !== undefined);
  yield head(findings, totals, options).markup;
  yield header(findings, suppressed, options).markup;
  yield '<main>\n';
  yield troubles(totals).markup;
  yield summary(findings, totals, options).markup;
  if (findings.length > 0) {
    yield '<section aria-labelledby="findings">\n<h2 id="findings">Findings</h2>\n';
    let number = 0;
    for (const [file, ofFile] of byFile(findings)) {
      number++;
      yield html`<section aria-labelledby="file-${number}">\n<h3 id="file-${number}"><bdi>${file}</bdi></h3>\n`.markup;
      for (const finding of ofFile) yield article(finding, options).markup;
      yield '</section>\n';
    }
    yield '</section>\n';
  }
  if (options.showSuppressed) yield* ignored(suppressed);
  yield* rulesOf(findings, options);
  yield '</main>\n';
  yield footer(options).markup;
}

function head(findings: readonly HtmlFinding[], totals: Totals, { project }: HtmlOptions): Markup {
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${project}: ${verdict(findings, totals)} Plimsoll report</title>
<style>${{ markup: style }}</style>
</head>
<body>
`;
}

function header(
  findings: readonly HtmlFinding[],
  suppressed: readonly HtmlFinding[],
  { project, today, showSuppressed }: HtmlOptions,
): Markup {
  const links: readonly (readonly [id: string, title: string, isThere: boolean])[] = [
    ['summary', 'Summary', true],
    ['findings', 'Findings', findings.length > 0],
    ['ignored', `Ignored (${suppressed.length})`, showSuppressed],
    ['rules', 'What the rules mean', findings.length > 0],
  ];
  return html`<header>
<h1>${mark}<span>Plimsoll report: <bdi>${project}</bdi></span></h1>
<p class="quiet">Dockerfiles, Compose files and Kubernetes manifests, checked on <time>${today}</time></p>
<nav aria-label="Parts of the report">
<ul>${links.flatMap(([id, title, isThere]) => (isThere ? [html`<li><a href="#${id}">${title}</a></li>`] : []))}</ul>
</nav>
</header>
`;
}

/** The ring with the line through it. */
const mark: Markup = {
  markup:
    '<svg viewBox="0 0 256 256" aria-hidden="true" focusable="false"><rect width="256" height="256" rx="56" fill="#0b2a3c"/><circle cx="128" cy="128" r="66" fill="none" stroke="#fff" stroke-width="22"/><rect x="28" y="117" width="200" height="22" rx="4" fill="#ffb000"/></svg>',
};

/** First of all: what is not known must not look clean. */
function troubles({ errors }: Totals): Markup {
  if (errors.length === 0) return nothing;
  return html`<section aria-labelledby="unchecked">
<h2 id="unchecked">Not checked</h2>
<div class="trouble">
<p>${count(errors.length, 'thing', 'things')} could not be checked: nothing is known about ${errors.length === 1 ? 'it' : 'them'}.</p>
<ul>${errors.map(({ file, message }) => html`<li><code><bdi>${file}</bdi></code>: <bdi>${message}</bdi></li>\n`)}</ul>
</div>
</section>
`;
}

function* ignored(suppressed: readonly HtmlFinding[]): Generator<string, void, undefined> {
  yield '<section aria-labelledby="ignored">\n<h2 id="ignored">Ignored</h2>\n';
  if (suppressed.length === 0) yield '<p>Nothing is ignored.</p>\n';
  else yield* suppressedTable(suppressed);
  yield '</section>\n';
}

function* rulesOf(findings: readonly HtmlFinding[], options: HtmlOptions): Generator<string, void, undefined> {
  const seen = new Set(findings.map(({ rule }) => rule));
  if (seen.size === 0) return;
  yield '<section aria-labelledby="rules">\n<h2 id="rules">What the rules mean</h2>\n';
  for (const { id, summary: line } of options.rules) {
    if (!seen.has(id)) continue;
    const intro = options.introOf(id);
    yield html`<section aria-labelledby="rule-${id}">
<h3 id="rule-${id}"><code>${id}</code></h3>
<p><strong>${line}</strong></p>
${intro === undefined ? nothing : prose(intro)}</section>
`.markup;
  }
  yield '</section>\n';
}

function footer({ version }: HtmlOptions): Markup {
  return html`<footer>
<p>Written by Plimsoll ${version}. This page loads nothing and sends nothing. More about a rule, with examples: <code>plimsoll explain ID</code></p>
</footer>
</body>
</html>
`;
}
