// For people: a line and a code frame for each finding, and a summary with what to do next.
import type { Severity } from '../../engine/rule.js';
import { silencerOf } from '../../service/silencer.js';
import type { Span } from '../../text/span.js';
import { frameOf } from '../frame.js';
import type { FileReport, Lines, Reporter, ReportFinding, Totals } from '../report.js';
import type { Style } from '../style.js';
import { visible } from '../visible.js';
import { bySeverity, count, plurals } from '../words.js';

export interface TextOptions {
  readonly write: (text: string) => void;
  readonly style: Style;
  readonly columns: number;
  /** Without summary. */
  readonly quiet: boolean;
  /** Whether safe fixes have been applied already. */
  readonly fixing: boolean;
}

export function textReporter(options: TextOptions): Reporter {
  const { write, style, quiet, fixing } = options;
  const counts = new Map<Severity, number>();
  let filesWithFindings = 0;
  let safe = 0;
  let others = 0;
  /** The first of the worst. */
  let worst: ReportFinding | undefined;

  return {
    file({ lines, findings, fixable }: FileReport): void {
      let counted = 0;
      const texts: string[] = [];
      for (const { finding, span } of findings) {
        texts.push(`${findingText(finding, span, lines, options)}\n`);
        if (finding.suppressed !== undefined) continue;
        counted++;
        counts.set(finding.severity, (counts.get(finding.severity) ?? 0) + 1);
        if (finding.fixes.some((fix) => fix.safety === 'safe')) safe += fixable ? 1 : 0;
        else if (finding.fixes.length > 0) others++;
        if (worst === undefined || loudness(finding) < loudness(worst)) worst = finding;
      }
      if (texts.length > 0) write(texts.join(''));
      if (counted > 0) filesWithFindings++;
    },

    end({ files, helmTemplates, unchanged, heldBack, fixes, fixedFiles, errors }: Totals): void {
      if (quiet) return;
      const lines: string[] = [];
      if (fixes > 0)
        lines.push(`Fixed ${count(fixes, 'problem', 'problems')} in ${count(fixedFiles, 'file', 'files')}.`);
      const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
      const checked = count(files, 'file', 'files');
      if (files === 0) {
        const why =
          unchanged > 0
            ? 'no Dockerfile, Compose file or Kubernetes manifest has changed'
            : 'there is no Dockerfile, Compose file or Kubernetes manifest, or it is excluded';
        lines.push(errors.length > 0 ? 'Nothing was checked.' : `Nothing was checked: ${why}.`);
      } else if (total === 0) {
        lines.push(`No problems in ${checked}.`);
      } else {
        const parts = bySeverity.flatMap((severity) => {
          const n = counts.get(severity) ?? 0;
          return n === 0 ? [] : [style.severity(severity, count(n, severity, plurals[severity]))];
        });
        lines.push(`${parts.join(', ')} in ${filesWithFindings} of ${checked}.`);
        if (safe > 0 && !fixing) lines.push(`${count(safe, 'safe fix', 'safe fixes')}: add '--fix' to apply.`);
        if (others > 0)
          lines.push(
            `${count(others, 'fix', 'fixes')} to review: '--fix' leaves to you what may change how things behave.`,
          );
        if (worst !== undefined) lines.push(`Why, and what to do: plimsoll explain ${worst.rule}`);
      }
      if (unchanged > 0 && files > 0) {
        lines.push(
          `${count(unchanged, 'file has', 'files have')} not changed, and ${unchanged === 1 ? 'was' : 'were'} not checked.`,
        );
      }
      if (heldBack > 0) {
        lines.push(
          `${count(heldBack, 'finding is', 'findings are')} held back by the baseline: '--no-baseline' tells of them.`,
        );
      }
      if (helmTemplates > 0) {
        lines.push(
          `${count(helmTemplates, 'Helm template', 'Helm templates')} not checked: values decide what they say.`,
        );
      }
      write(`${lines.join('\n')}\n`);
    },
  };
}

function findingText(finding: ReportFinding, span: Span, lines: Lines, options: TextOptions): string {
  const { style } = options;
  const { line, column } = finding.range.start;
  const suppressed = finding.suppressed === undefined ? '' : ' (ignored)';
  const head = [
    `${style.bold(`${visible(finding.file)}:${line}:${column}`)}`,
    style.severity(finding.severity, finding.severity) + suppressed,
    style.bold(finding.rule),
    visible(finding.message),
  ].join(' ');
  const frame = frameOf(lines, span, options.columns - String(line).length - 5);
  const number = String(frame.lineNumber);
  const margin = ' '.repeat(number.length);
  const bar = style.dim('|');
  const text = [
    head,
    ` ${style.dim(number)} ${bar} ${frame.code}`,
    ` ${margin} ${bar} ${frame.indent}${style.severity(finding.severity, frame.marks)}`,
  ];
  const note = (kind: string, what: string) => text.push(` ${margin} ${style.dim('=')} ${kind}: ${what}`);
  for (const related of finding.related) {
    const { start } = related.range;
    note('see', `${visible(related.file)}:${start.line}:${start.column} ${visible(related.message)}`);
  }
  for (const fix of finding.fixes) {
    note('fix', `${visible(fix.title)}${fix.safety === 'safe' ? '' : ' (to review)'}`);
  }
  if (finding.suppressed !== undefined) {
    const { reason } = finding.suppressed;
    note(`ignored by ${silencerOf(finding.suppressed)}`, visible(reason) || 'no reason given');
  }
  return `${text.join('\n')}\n`;
}

/** The smaller, the louder. */
function loudness(finding: ReportFinding): number {
  return bySeverity.indexOf(finding.severity);
}
