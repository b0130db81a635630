// Workflow commands of GitHub Actions: each finding becomes an annotation of the changed files.
import type { Severity } from '../../engine/rule.js';
import type { Reporter, ReportFinding } from '../report.js';
import { visible } from '../visible.js';

const commands: { readonly [severity in Severity]: string } = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

export function githubReporter(write: (text: string) => void): Reporter {
  return {
    file({ findings }) {
      for (const { finding } of findings) {
        // An annotation cannot say that it is ignored.
        if (finding.suppressed === undefined) write(`${annotation(finding)}\n`);
      }
    },
    end({ errors }) {
      for (const { file, message } of errors) {
        write(`::error file=${property(file)},title=plimsoll::${data(`${file}: ${message}`)}\n`);
      }
    },
  };
}

function annotation({ severity, file, range: { start, end }, rule, message }: ReportFinding): string {
  // GitHub takes the last column of an annotation as inside, and columns only within one line.
  const columns =
    start.line === end.line ? `,col=${start.column},endColumn=${Math.max(start.column, end.column - 1)}` : '';
  const where = `file=${property(file)},line=${start.line},endLine=${end.line}${columns}`;
  return `::${commands[severity]} ${where},title=plimsoll(${property(rule)})::${data(message)}`;
}

/** No text of a file may end a command and begin another one. */
function data(text: string): string {
  return visible(text.replaceAll('\r', '').replaceAll('\n', ' ')).replaceAll('%', '%25');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
