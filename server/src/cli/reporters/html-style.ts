// How the page of the HTML report looks. It holds in a policy of its own hash, so that no other style can come in.
import type { Severity } from '../../engine/rule.js';
import { bySeverity } from '../words.js';

/** Everything that is read is told from what it stands on by a contrast of 4.5 or more. */
export interface Palette {
  readonly page: string;
  readonly panel: string;
  readonly line: string;
  readonly text: string;
  readonly quiet: string;
  readonly link: string;
  readonly mark: string;
  readonly markText: string;
  readonly error: string;
  readonly warning: string;
  readonly info: string;
  readonly hint: string;
}

export const light: Palette = {
  page: '#ffffff',
  panel: '#f3f6f9',
  line: '#d3dce4',
  text: '#14222e',
  quiet: '#4a5a68',
  link: '#0a5196',
  mark: '#ffe08a',
  markText: '#14222e',
  error: '#b3201a',
  warning: '#855000',
  info: '#0b5d85',
  hint: '#5d4a9c',
};

export const dark: Palette = {
  page: '#0e1922',
  panel: '#172632',
  line: '#2f4353',
  text: '#e7eef4',
  quiet: '#a6b6c4',
  link: '#83c5f7',
  mark: '#5a4500',
  markText: '#ffecb8',
  error: '#ff8f86',
  warning: '#ffbc5c',
  info: '#74cbff',
  hint: '#c6b8ff',
};

/** The style sheet. Paper is light, whatever the screen is. */
export const style = `
:root { color-scheme: light dark; ${variables(light)} }
@media screen and (prefers-color-scheme: dark) { :root { ${variables(dark)} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
body > * { max-width: 68rem; margin: 0 auto; padding: 0 1.5rem; }
body > header { padding-top: 2rem; }
h1 { display: flex; align-items: center; gap: 0.75rem; margin: 0; font-size: 1.75rem; line-height: 1.2; overflow-wrap: anywhere; }
h1 svg { flex: none; width: 2.5rem; height: 2.5rem; }
h2 { margin: 2.5rem 0 0.75rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 1.35rem; }
h3 { margin: 2rem 0 0.75rem; font-size: 1.1rem; overflow-wrap: anywhere; }
h4 { margin: 0; font-size: 1rem; overflow-wrap: anywhere; }
p { margin: 0.5rem 0; }
a { color: var(--link); }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.875em; }
ul { margin: 0.5rem 0; padding-left: 1.25rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 1rem 0 0; padding: 0; list-style: none; }
.quiet { color: var(--quiet); }
.verdict { font-size: 1.15rem; font-weight: 600; }
.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 0.75rem; margin: 1rem 0 1.5rem; padding: 0; list-style: none; }
.counts li { padding: 0.75rem 1rem; border: 1px solid var(--line); border-top-width: 4px; border-radius: 0.375rem; background: var(--panel); }
.counts strong { display: block; font-size: 1.75rem; line-height: 1.2; }
.counts b { display: block; }
.badge { display: inline-block; margin-right: 0.25rem; padding: 0 0.5rem; border: 1px solid; border-radius: 1rem; font-size: 0.8125rem; font-weight: 600; white-space: nowrap; }
table { width: 100%; margin: 0.5rem 0 1.5rem; border-collapse: collapse; }
caption { padding: 0.5rem 0; font-weight: 600; text-align: left; }
th, td { padding: 0.375rem 0.75rem 0.375rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { color: var(--quiet); font-size: 0.875rem; overflow-wrap: normal; }
tbody th { font-weight: 400; }
.number { width: 5.5rem; text-align: right; font-variant-numeric: tabular-nums; }
article { margin: 0 0 1rem; padding: 0.75rem 1rem; border: 1px solid var(--line); border-left-width: 5px; border-radius: 0.375rem; background: var(--panel); }
${bySeverity.map(coloured).join('\n')}
.counts .none { border-top-color: var(--line); }
.counts .none strong { color: var(--quiet); }
pre { margin: 0.625rem 0; padding: 0.5rem 0.75rem; border: 1px solid var(--line); border-radius: 0.25rem; background: var(--page); white-space: pre-wrap; overflow-wrap: anywhere; }
pre, bdi, td, th { unicode-bidi: isolate; }
pre code { font-size: inherit; }
pre span { margin-right: 0.75rem; color: var(--quiet); }
mark { padding: 0.0625rem 0; border-bottom: 2px solid var(--warning); background: var(--mark); color: var(--mark-text); }
dl { display: grid; grid-template-columns: 9rem 1fr; gap: 0.25rem 1rem; margin: 0.5rem 0 0; font-size: 0.9375rem; }
dt { color: var(--quiet); }
dd { margin: 0; }
dd ul { margin: 0; padding: 0; list-style: none; }
.trouble { padding: 0.25rem 1rem; border: 1px solid var(--error); border-left-width: 5px; border-radius: 0.375rem; }
footer { margin-top: 3rem; padding-top: 1rem; padding-bottom: 2rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: 0.875rem; }
@media (min-width: 45rem) { a code { white-space: nowrap; } }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 0.5rem; } }
@media print {
  body { font-size: 10pt; }
  body > * { max-width: none; padding-left: 0; padding-right: 0; }
  nav { display: none; }
  a { color: inherit; text-decoration: none; }
  article, tr, .counts li { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  mark, .counts li, article, pre { print-color-adjust: exact; }
}
`;

function coloured(severity: Severity): string {
  const colour = `var(--${severity})`;
  return `.counts .${severity} { border-top-color: ${colour}; }
.counts .${severity} strong, .badge.${severity} { color: ${colour}; }
article.${severity} { border-left-color: ${colour}; }`;
}

function variables(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, colour]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${colour};`)
    .join(' ');
}
