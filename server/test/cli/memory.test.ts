// What a report keeps until its end is made of findings, not of the files that they are in.
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, it } from 'mocha';
import { formats } from '../../src/cli/formats.js';
import { readLintOptions } from '../../src/cli/lint-options.js';
import { nodeFiles } from '../../src/cli/node-files.js';
import { reportOf } from '../../src/cli/report.js';
import { reporterFor } from '../../src/cli/reporter-for.js';
import { allRules } from '../../src/rules/all.js';
import { lint } from '../support/lint.js';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const output = { write: () => undefined, isTerminal: false, columns: undefined };
const io = {
  ...{ cwd: '/', env: {}, version: '1.2.3', stdout: output, stderr: output, files: nodeFiles },
  ...{ stdin: () => Promise.resolve(new Uint8Array()), now: () => 0, today: () => '2026-06-15' },
  git: () => Promise.reject(new Error('no git here')),
  shellChecker: () => Promise.reject(new Error('Nobody asks for it.')),
};
const totals = { files: 30, helmTemplates: 0, unchanged: 0, heldBack: 0, fixedFiles: 0, fixes: 0, errors: [] };

function megabytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1e6;
}

describe('the memory of a report', () => {
  for (const format of formats) {
    it(`in the format ${format} is bounded by its findings: files of 30 MB leave less than 6 MB`, async () => {
      const options = readLintOptions(['--format', format], io, allRules);
      let written = 0;
      const reporter = await reporterFor(options, io, allRules, output, (text) => {
        written += text.length;
      });
      const before = megabytes();
      for (let i = 0; i < 30; i++) {
        // Name and reason are long enough to be cut out of the text, not copied.
        const service = `web-service-number-${i}`;
        const text = `services:\n  ${service}:\n    image: docker.io/library/nginx:1.27.${i}\n    privileged: true # plimsoll: ignore[privileged] it mounts the disks of its host\n    pid: host\n`;
        const linted = lint('compose', text + `# ${'x'.repeat(98)}\n`.repeat(10_000));
        reporter.file(reportOf(linted, { cwd: '/', showSuppressed: true, fixable: true }));
      }
      const after = megabytes();
      assert.ok(after - before < 6, `${(after - before).toFixed(1)} MB`);
      reporter.end(totals);
      assert.ok(written > 0);
    });
  }
});

describe('the time for a report', () => {
  for (const format of formats) {
    it(`in the format ${format} is near-linear in the findings, and it is written in small pieces`, async () => {
      const linted = lint(
        'compose',
        `services:\n${Array.from({ length: 4000 }, (_, i) => `  s${i}: { build: ., privileged: true }\n`).join('')}`,
        { only: 'privileged' },
      );
      const report = reportOf(linted, { cwd: '/', showSuppressed: true, fixable: true });
      assert.equal(report.findings.length, 4000);
      const timeOf = async (share: number) => {
        const options = readLintOptions(['--format', format], io, allRules);
        let longest = 0;
        const reporter = await reporterFor(options, io, allRules, output, (text) => {
          longest = Math.max(longest, text.length);
        });
        const start = performance.now();
        for (let i = 0; i < 4; i++) {
          const findings = report.findings.slice(0, report.findings.length * share);
          reporter.file({ ...report, file: `${i}.yaml`, findings });
        }
        reporter.end(totals);
        // People see the findings of a file as soon as it is read.
        if (format !== 'text') assert.ok(longest < 200_000, String(longest));
        return performance.now() - start;
      };
      await timeOf(0.1);
      const few = await timeOf(0.1);
      const many = await timeOf(1);
      assert.ok(many < 30 * few + 300, `${few.toFixed(0)} ms, then ${many.toFixed(0)} ms`);
    });
  }
});
