// The page is the test: every fence of rule.md and cases.md is linted, its carets are compared, its fixes applied.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import type { Finding } from '../../src/engine/finding.js';
import { type Rule, severityOf } from '../../src/engine/rule.js';
import { allRules } from '../../src/rules/all.js';
import { editsOf } from '../../src/service/fix.js';
import { findStandard } from '../../src/standards/standards.js';
import { applyEdits, conflicts, type TextEdit } from '../../src/text/edit.js';
import { LineIndex } from '../../src/text/line-index.js';
import { type LintOptions, lint } from '../support/lint.js';
import { type Fence, readPage } from '../support/page.js';
import { pageOf, pagesOf } from '../support/rule-pages.js';
import { recordedAnswer } from '../support/shell-check-answers.js';

/** A rule about ignore comments needs the rules that the comments name; any other runs alone. */
function optionsOf(rule: Rule, fence: Fence): LintOptions {
  return {
    only: rule.check.suppression === undefined ? rule.meta.id : undefined,
    options: fence.options,
    optionsFor: rule.meta.id,
    kubernetesMinor: fence.kubernetesMinor,
    trustedRegistries: fence.trusted,
    dotenv: fence.dotenv,
    project: fence.project,
    today: fence.today,
    shellFindings: fence.shellCheck ? recordedAnswer : undefined,
  };
}

function findingsOf(rule: Rule, fence: Fence, text: string) {
  const result = lint(fence.kind, text, optionsOf(rule, fence));
  assert.deepEqual(result.failures, []);
  const findings = result.findings.filter(
    (finding) => finding.rule === rule.meta.id && finding.suppressed === undefined,
  );
  return { file: result.file, findings };
}

function describeFinding(finding: Finding, text: string): string {
  const index = new LineIndex(text);
  const start = index.positionAt(finding.at.span.start);
  const end = index.positionAt(finding.at.span.end);
  const lineEnd = index.lineSpan(start.line).end - index.lineSpan(start.line).start;
  // A finding at the end of a line has one caret behind its last character.
  const column =
    end.line > start.line ? '…' : String(start.character === lineEnd ? start.character + 1 : end.character);
  return `${start.line + 1}:${start.character}-${column} ${finding.rule} ${finding.severity}`;
}

function checkFence(rule: Rule, fence: Fence): void {
  const { findings } = findingsOf(rule, fence, fence.text);
  const actual = findings.map((finding) => describeFinding(finding, fence.text)).sort();
  const expected = fence.expectations.map((wanted) => {
    const severity = wanted.severity ?? severityOf(rule.meta, fence.kind);
    return `${wanted.line + 1}:${wanted.start}-${wanted.continues ? '…' : wanted.end} ${wanted.rule} ${severity}`;
  });
  assert.deepEqual(actual, expected.sort(), `${findings.map((finding) => finding.message).join(' | ')}\n${fence.text}`);
  for (const wanted of fence.expectations) {
    if (wanted.message === undefined) continue;
    const index = new LineIndex(fence.text);
    const offset = index.lineSpan(wanted.line).start + wanted.start;
    const messages = findings.filter((finding) => finding.at.span.start === offset).map((finding) => finding.message);
    assert.ok(
      messages.some((message) => message.includes(wanted.message ?? '')),
      `"${wanted.message}" is not in ${JSON.stringify(messages)}`,
    );
  }
  for (const finding of findings) checkMessage(finding);
}

function checkMessage(finding: Finding): void {
  const { message } = finding;
  assert.ok(message.length <= 100, `"${message}" is longer than 100 characters.`);
  assert.match(message, /^[^\n]*[.?]$/, 'A message is one line and ends in a full stop.');
}

/** Applies the n-th fix of every finding; edits that overlap wait for the next round. */
function mend(rule: Rule, fence: Fence, number: number): string {
  let { text } = fence;
  for (let round = 0; round < 10; round++) {
    const { file, findings } = findingsOf(rule, fence, text);
    const edits: TextEdit[] = [];
    for (const finding of findings) {
      const fix = finding.fixes[number - 1];
      const made = fix === undefined ? undefined : editsOf(file, fix);
      if (made === undefined || made.some((edit) => edits.some((other) => conflicts(edit, other)))) continue;
      edits.push(...made);
    }
    if (edits.length === 0) return text;
    text = applyEdits(text, edits);
  }
  return text;
}

for (const rule of allRules) {
  const { id } = rule.meta;
  describe(`The page of ${id}`, () => {
    for (const path of pagesOf(id)) {
      const fences = readPage(readFileSync(path, 'utf8'));
      fences.forEach((fence, index) => {
        const name = `${path.slice(path.lastIndexOf('/') + 1)}:${fence.line}`;
        if (fence.fixed === undefined) {
          const flagged = fence.expectations.length;
          it(`${flagged === 0 ? 'stays silent on' : 'marks what it says in'} the ${fence.kind} text at ${name}`, () =>
            checkFence(rule, fence));
          return;
        }
        const number = fence.fixed;
        const before = fences.slice(0, index).findLast((candidate) => candidate.fixed === undefined);
        it(`mends into the ${fence.kind} text at ${name}, and then has nothing to say`, () => {
          assert.ok(before, 'A fixed fence follows a flagged one.');
          assert.equal(before.kind, fence.kind);
          const mended = mend(rule, before, number);
          assert.equal(mended, fence.text);
          const again = { ...before, text: mended };
          assert.deepEqual(
            findingsOf(rule, again, mended)
              .findings.filter((finding) => finding.fixes.length > 0)
              .map((finding) => finding.message),
            [],
          );
          assert.equal(mend(rule, again, number), mended);
        });
      });
    }

    it('shows a flagged and a clean text of each format that it covers, and the mended one where it mends', () => {
      const fences = readPage(readFileSync(pageOf(id), 'utf8'));
      for (const kind of rule.meta.formats) {
        const own = fences.filter((fence) => fence.kind === kind);
        assert.ok(
          own.some((fence) => fence.expectations.length > 0),
          `No flagged ${kind} text.`,
        );
        assert.ok(
          own.some((fence) => fence.expectations.length === 0 && fence.fixed === undefined),
          `No clean ${kind} text.`,
        );
        const mends = own.some((fence) =>
          findingsOf(rule, fence, fence.text).findings.some((finding) => finding.fixes.length > 0),
        );
        assert.equal(
          own.some((fence) => fence.fixed !== undefined),
          mends,
          `It ${mends ? 'mends' : 'does not mend'} ${kind}: the page must say so.`,
        );
      }
      assert.ok(
        fences.every(({ kind, project }) => rule.meta.formats.includes(kind) || project !== undefined),
        'A text of a format that the rule does not cover.',
      );
    });

    it('begins with its id, explains itself and ends its summary with a full stop', () => {
      const page = readFileSync(pageOf(id), 'utf8');
      assert.ok(page.startsWith(`# ${id}\n`), `The page must begin with "# ${id}".`);
      assert.match(rule.meta.summary, /^[A-Z].*\.$/);
      assert.ok(existsSync(pageOf(id)));
    });

    it('refers only to standards that there are', () => {
      assert.deepEqual(
        rule.meta.standards.filter((standard) => findStandard(standard) === undefined),
        [],
      );
    });
  });
}
