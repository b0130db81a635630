// One page of HTML for people who do not work on a terminal: a summary first, then each finding, then what the rules mean.
import type { RuleMeta } from '../../engine/rule.js';
import { type Frame, frameOf } from '../frame.js';
import type { Reporter, ReportFinding } from '../report.js';
import { pageOf } from './html-page.js';
import { inOrder, kept } from './kept.js';
import { pieces } from './pieces.js';

export interface HtmlOptions {
  readonly write: (text: string) => void;
  readonly version: string;
  /** The name of what is linted. */
  readonly project: string;
  /** `2026-12-31` */
  readonly today: string;
  readonly rules: readonly RuleMeta[];
  /** Why a rule matters and what to do, in Markdown. */
  readonly introOf: (id: string) => string | undefined;
  readonly showSuppressed: boolean;
}

export interface HtmlFinding extends ReportFinding {
  readonly frame: Pick<Frame, 'lineNumber' | 'parts'>;
}

const columns = 160;

export function htmlReporter(options: HtmlOptions): Reporter {
  const findings: HtmlFinding[] = [];
  return {
    file(report) {
      for (const { finding, span } of report.findings) {
        const { lineNumber, parts } = frameOf(report.shownLines, span, columns);
        findings.push(kept({ ...finding, frame: { lineNumber, parts } }));
      }
    },
    end(totals) {
      for (const piece of pieces(pageOf(inOrder(findings), totals, options))) options.write(piece);
    },
  };
}
