// JUnit XML, for what shows test results: a suite for each file, and a failed test for each finding in it.
import { addressName } from '../../model/address.js';
import { silencerOf } from '../../service/silencer.js';
import { frameOf } from '../frame.js';
import { numbering } from '../numbering.js';
import type { FileReport, ReportError, Reporter, ReportFinding } from '../report.js';
import { escaped } from './markup.js';
import { pieces } from './pieces.js';

/** A place in a deep document can have a long name. */
const longestName = 300;
const columns = 120;

/** Writes each file as it comes. */
export function junitReporter(write: (text: string) => void): Reporter {
  let begun = false;
  function begin(): void {
    if (!begun) write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="plimsoll">\n');
    begun = true;
  }
  function writeSuite(file: string, cases: readonly Case[]): void {
    begin();
    for (const piece of pieces(suite(file, cases))) write(piece);
  }
  return {
    file: (report) => writeSuite(report.file, casesOf(report)),
    end({ errors }) {
      begin();
      for (const [file, messages] of byFile(errors)) {
        writeSuite(
          file,
          messages.map((message, index) => errorCase(file, message, index)),
        );
      }
      write('</testsuites>\n');
    },
  };
}

interface Case {
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped';
  readonly xml: string;
}

function* suite(file: string, cases: readonly Case[]): Generator<string, void, undefined> {
  const count = (outcome: Case['outcome']) => cases.filter((one) => one.outcome === outcome).length;
  const counts = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  yield `  <testsuite name="${escaped(file)}" ${counts} time="0">\n`;
  for (const { xml } of cases) yield xml;
  yield '  </testsuite>\n';
}

function casesOf(report: FileReport): readonly Case[] {
  const { file, findings } = report;
  if (findings.length === 0) return [{ outcome: 'passed', xml: testCase(file, 'no findings', '') }];
  // Those who compare two runs do so by name: it must not change when lines move, nor name two tests.
  const numbered = numbering();
  return findings.map(({ finding, span }) => {
    const place = addressName(report.addressOf(span.start));
    const name = numbered((place === '' ? finding.rule : `${finding.rule}: ${place}`).slice(0, longestName));
    const { suppressed } = finding;
    if (suppressed !== undefined) {
      const reason = `ignored by ${silencerOf(suppressed)}: ${suppressed.reason || 'no reason given'}`;
      return { outcome: 'skipped', xml: testCase(file, name, `      <skipped message="${escaped(reason)}"/>\n`) };
    }
    const text = textOf(report, finding, span).map(escaped).join('\n');
    const failure = `      <failure type="${finding.severity}" message="${escaped(finding.message)}">${text}</failure>\n`;
    return { outcome: 'failure', xml: testCase(file, name, failure) };
  });
}

function errorCase(file: string, message: string, index: number): Case {
  const name = index === 0 ? 'can be checked' : `can be checked (${index + 1})`;
  return {
    outcome: 'error',
    xml: testCase(file, name, `      <error type="plimsoll" message="${escaped(message)}"/>\n`),
  };
}

function testCase(file: string, name: string, inside: string): string {
  const path = escaped(file);
  const start = `    <testcase classname="${path}" name="${escaped(name)}" file="${path}" time="0"`;
  return inside === '' ? `${start}/>\n` : `${start}>\n${inside}    </testcase>\n`;
}

/** What the text report says of a finding, as far as it helps without a terminal. */
function textOf(
  { shownLines }: FileReport,
  finding: ReportFinding,
  span: FileReport['findings'][number]['span'],
): readonly string[] {
  const { file, range, severity, rule, message, related, fixes } = finding;
  const { lineNumber, code, indent, marks } = frameOf(shownLines, span, columns);
  const margin = ' '.repeat(String(lineNumber).length);
  return [
    `${file}:${range.start.line}:${range.start.column} ${severity} ${rule} ${message}`,
    ` ${lineNumber} | ${code}`,
    ` ${margin} | ${indent}${marks}`,
    ...related.map(({ range: { start }, message: why }) => ` see ${file}:${start.line}:${start.column} ${why}`),
    ...fixes.map(({ title, safety }) => ` fix: ${title}${safety === 'safe' ? '' : ' (to review)'}`),
    ` more: plimsoll explain ${rule}`,
  ];
}

function byFile(errors: readonly ReportError[]): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, string[]>();
  for (const { file, message } of errors) {
    const messages = files.get(file) ?? [];
    files.set(file, messages);
    messages.push(message);
  }
  return files;
}
