// What has to hold for everything that writes findings.
import { type FileReport, type Reporter, reportOf } from '../../server/src/cli/report.js';
import { githubReporter } from '../../server/src/cli/reporters/github.js';
import { gitlabReporter } from '../../server/src/cli/reporters/gitlab.js';
import { htmlReporter } from '../../server/src/cli/reporters/html.js';
import { jsonReporter } from '../../server/src/cli/reporters/json.js';
import { junitReporter } from '../../server/src/cli/reporters/junit.js';
import { sarifReporter } from '../../server/src/cli/reporters/sarif.js';
import { textReporter } from '../../server/src/cli/reporters/text.js';
import { styleOf } from '../../server/src/cli/style.js';
import { allRules } from '../../server/src/rules/all.js';
import type { Linted } from '../../server/src/service/lint-text.js';
import type { Breach } from './promises.js';

type Write = (text: string) => void;

const cwd = '/folder';

const reporters: { readonly [format: string]: (write: Write) => Reporter } = {
  text: (write) => textReporter({ write, style: styleOf(false), columns: 100, quiet: false, fixing: false }),
  json: (write) => jsonReporter(write, '0.0.0'),
  github: (write) => githubReporter(write),
  gitlab: (write) => gitlabReporter(write),
  junit: (write) => junitReporter(write),
  html: (write) =>
    htmlReporter({
      ...{ write, version: '0.0.0', rules: allRules.map(({ meta }) => meta), introOf: () => undefined },
      ...{ showSuppressed: true, project: 'folder', today: '2030-01-01' },
    }),
  sarif: (write) =>
    sarifReporter({ write, version: '0.0.0', cwd, rules: allRules, pageOf: () => undefined, showSuppressed: true }),
};

/** What a terminal would act on, but for the ends of lines. */
const dangerous = /[^\P{Cc}\n]|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}/u;

/** Every reporter takes the findings, and what it writes can be read by its reader and moves no cursor. */
export function* checkReports(linted: Linted): Generator<Breach> {
  const report = reportOf(linted, { cwd, showSuppressed: true, fixable: true });
  for (const [format, reporter] of Object.entries(reporters)) {
    const output = written(reporter, report);
    const about = `--format ${format}`;
    const match = dangerous.exec(output);
    if (match !== null) {
      const detail = JSON.stringify(output.slice(Math.max(0, match.index - 60), match.index + 20));
      yield { promise: 'a report has no character that a terminal acts on', about, detail };
    }
    if (format === 'json' || format === 'sarif' || format === 'gitlab') JSON.parse(output);
    if (format !== 'github') continue;
    const shown = report.findings.filter(({ finding }) => finding.suppressed === undefined).length;
    const lines = output.split('\n').filter((line) => line !== '');
    if (lines.length !== shown || lines.some((line) => !/^::(?:error|warning|notice) file=/.test(line))) {
      yield { promise: 'a finding is one annotation', about, detail: output };
    }
  }
}

function written(reporter: (write: Write) => Reporter, report: FileReport): string {
  const parts: string[] = [];
  const writer = reporter((text) => parts.push(text));
  writer.file(report);
  writer.end({ files: 1, helmTemplates: 0, unchanged: 0, heldBack: 0, fixedFiles: 0, fixes: 0, errors: [] });
  return parts.join('');
}
