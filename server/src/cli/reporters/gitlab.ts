// GitLab Code Quality, a part of the format of Code Climate: a list of issues that merge requests show beside the lines.
import { createHash } from 'node:crypto';
import type { Severity } from '../../engine/rule.js';
import { addressName } from '../../model/address.js';
import { numbering } from '../numbering.js';
import type { FileReport, ReportError, Reporter, ReportFinding } from '../report.js';
import { inOrder, kept } from './kept.js';
import { writeJson } from './write-json.js';

const severities: { readonly [severity in Severity]: string } = {
  error: 'critical',
  warning: 'major',
  info: 'minor',
  hint: 'info',
};

interface Issue extends Pick<ReportFinding, 'file' | 'range' | 'rule' | 'message' | 'severity'> {
  readonly fingerprint: string;
}

export function gitlabReporter(write: (text: string) => void): Reporter {
  const issues: Issue[] = [];
  return {
    file(report) {
      for (const issue of issuesOf(report)) issues.push(kept(issue));
    },
    end({ errors }) {
      writeJson(write, [...inOrder(issues).map(entryOf), ...errorsOf(errors)]);
    },
  };
}

/** An issue cannot say that it is ignored: what is suppressed is left out. */
function issuesOf(report: FileReport): readonly Issue[] {
  const { file, findings, lines } = report;
  const numbered = numbering();
  return findings.flatMap(({ finding, span }): Issue[] => {
    if (finding.suppressed !== undefined) return [];
    const { rule, range, message, severity } = finding;
    const marked = lines.text.slice(span.start, span.end);
    // A name may be as long as a file, and there may be thousands of them: what is kept of each is short.
    const identity = hash(JSON.stringify([rule, file, addressName(report.addressOf(span.start)), marked]));
    const name = numbered(identity);
    const fingerprint = name === identity ? identity : hash(name);
    return [{ file, range, rule, message, severity, fingerprint }];
  });
}

function entryOf({ message, rule, fingerprint, severity, file, range: { start, end } }: Issue): object {
  return {
    description: message,
    check_name: rule,
    fingerprint,
    severity: severities[severity],
    location: { path: file, lines: { begin: start.line, end: end.line } },
  };
}

/** What could not be checked must not look clean. */
function errorsOf(errors: readonly ReportError[]): readonly object[] {
  const numbered = numbering();
  return errors.map(({ file, message }) => ({
    description: `This could not be checked: ${message}`,
    check_name: 'plimsoll',
    fingerprint: hash(numbered(JSON.stringify(['plimsoll', file]))),
    severity: 'blocker',
    location: { path: file, lines: { begin: 1, end: 1 } },
  }));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
