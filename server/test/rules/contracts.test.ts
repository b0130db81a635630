// What holds for all rules together: no half-typed text makes one throw, and they agree where a thing stands.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import type { ReadFile } from '../../src/engine/language.js';
import { allRules } from '../../src/rules/all.js';
import { editsOf } from '../../src/service/fix.js';
import { type LintOptions, lint } from '../support/lint.js';
import { type Fence, readPage } from '../support/page.js';
import { pagesOf } from '../support/rule-pages.js';

const fences: readonly (Fence & { readonly name: string })[] = allRules.flatMap((rule) =>
  pagesOf(rule.meta.id).flatMap((path) =>
    readPage(readFileSync(path, 'utf8')).map((fence) => ({ ...fence, name: `${rule.meta.id}:${fence.line}` })),
  ),
);

function optionsOf({ kubernetesMinor, project }: Fence): LintOptions {
  return { kubernetesMinor, project };
}

/** `previous`: the reading of a text that was nearly the same, as in an editor. Gives its own. */
function checkSpans(fence: Fence, text: string, previous?: ReadFile): ReadFile {
  const { file, findings, failures } = lint(fence.kind, text, { ...optionsOf(fence), previous });
  assert.deepEqual(failures, [], text);
  for (const finding of findings) {
    for (const place of [finding.at, ...finding.related.map((related) => related.at)]) {
      const { start, end } = place.span;
      if (place.file !== file.source.id) continue;
      assert.ok(
        0 <= start && start <= end && end <= text.length,
        `${finding.rule} marks ${start}..${end} of ${text.length}`,
      );
    }
    for (const fix of finding.fixes) {
      for (const edit of editsOf(file, fix) ?? []) assert.ok(0 <= edit.span.start && edit.span.end <= text.length);
    }
  }
  return file;
}

/** The end of each line, and one place in it: another one in each text, so that together they are everywhere. */
function* cuts(text: string, index: number): Iterable<number> {
  let start = 0;
  for (const [number, line] of text.split('\n').entries()) {
    const content = line.trimStart().length;
    const indentation = line.length - content;
    if (content > 1) yield start + indentation + 1 + ((index + number) % (content - 1));
    yield start + line.length;
    start += line.length + 1;
  }
}

describe('All rules over all pages', () => {
  it('have texts to run on', () => {
    assert.ok(fences.length >= allRules.length * 2, `${fences.length} fences of ${allRules.length} rules`);
  });

  it('lint every prefix of the shortest text that each rule marks, with every span inside the text', () => {
    for (const rule of allRules) {
      const [shortest] = fences
        .filter(({ name, expectations }) => name.startsWith(`${rule.meta.id}:`) && expectations.length > 0)
        .sort((a, b) => a.text.length - b.text.length);
      if (shortest === undefined) continue;
      let last: ReadFile | undefined;
      for (let end = 0; end <= shortest.text.length; end++) {
        last = checkSpans(shortest, shortest.text.slice(0, end), last);
      }
    }
  }).timeout(300_000);

  it('lint every text cut off in each of its lines and behind it, with every span inside the text', () => {
    const done = new Set<string>();
    for (const [index, fence] of fences.entries()) {
      let last: ReadFile | undefined;
      for (const end of cuts(fence.text, index)) {
        const text = fence.text.slice(0, end);
        // Most pages begin with the same lines.
        const key = `${fence.kind} ${fence.kubernetesMinor} ${fence.project?.file} ${text}`;
        if (!done.has(key)) last = checkSpans(fence, text, last);
        done.add(key);
      }
    }
  }).timeout(300_000);

  it('lint every text with Windows line ends', () => {
    for (const fence of fences) checkSpans(fence, fence.text.replaceAll('\n', '\r\n'));
  }).timeout(120_000);

  it('mark ranges that are the same or nested, never crossing', () => {
    for (const fence of fences) {
      const { findings } = lint(fence.kind, fence.text, optionsOf(fence));
      for (const a of findings) {
        for (const b of findings) {
          const crossing =
            a.at.span.start < b.at.span.start && b.at.span.start < a.at.span.end && a.at.span.end < b.at.span.end;
          assert.ok(!crossing, `${a.rule} and ${b.rule} cross in ${fence.name}`);
        }
      }
    }
  }).timeout(120_000);

  it('give no two findings of one rule at one place', () => {
    for (const fence of fences) {
      const keys = lint(fence.kind, fence.text, optionsOf(fence)).findings.map(
        (finding) => `${finding.rule}@${finding.at.span.start}-${finding.at.span.end}`,
      );
      assert.equal(new Set(keys).size, keys.length, fence.name);
    }
  }).timeout(120_000);
});
