import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Finding } from '../../src/engine/finding.js';
import type { ReadFile } from '../../src/engine/language.js';
import { type Change, type Fix, replaceText, type Safety } from '../../src/model/change.js';
import { applySafeFixes, editsOf } from '../../src/service/fix.js';
import type { Linted } from '../../src/service/lint-text.js';
import { applyEdits } from '../../src/text/edit.js';

/** A text in which `replaceText` works, and everything else does not. Each `!` is a syntax error. */
function read(text: string): ReadFile {
  const problems = [...text.matchAll(/!/g)].map((match) => ({
    kind: 'syntax' as const,
    at: { file: 'a', span: { start: match.index, end: match.index + 1 } },
    message: 'Bad.',
  }));
  return {
    source: { id: 'a', kind: 'dockerfile', problems },
    text,
    subjects: {},
    comments: () => [],
    scopeBelow: () => undefined,
    blockAt: () => undefined,
    lackingAt: () => undefined,
    annotations: () => [],
    addressOf: () => ({ resource: undefined, path: '' }),
    edits: (change) =>
      change.kind === 'replaceText' ? [{ span: change.place.span, newText: change.text }] : undefined,
  };
}

function replacement(start: number, end: number, text: string): Change {
  return replaceText({ file: 'a', span: { start, end } }, text);
}

function fixOf(changes: readonly Change[], safety: Safety = 'safe'): Fix {
  return { title: 'Fix it', safety, changes };
}

/** Each rule is a pattern and what it becomes. */
function linter(rules: readonly (readonly [pattern: RegExp, replacement: string, safety?: Safety])[]) {
  const texts: string[] = [];
  const lint = (text: string): Linted => {
    texts.push(text);
    const findings = rules.flatMap(([pattern, newText, safety]) =>
      [...text.matchAll(pattern)].map((match): Finding => {
        const span = { start: match.index, end: match.index + match[0].length };
        return {
          rule: pattern.source,
          severity: 'warning',
          confidence: 'high',
          message: 'Wrong.',
          at: { file: 'a', span },
          related: [],
          standards: [],
          fixes: [fixOf([replacement(span.start, span.end, newText)], safety)],
          suppressed: text.includes('ignored') ? { by: 'comment', reason: '' } : undefined,
        };
      }),
    );
    findings.sort((a, b) => a.at.span.start - b.at.span.start);
    return { file: read(text), findings, failures: [] };
  };
  return { lint, texts };
}

function fixed(text: string, rules: Parameters<typeof linter>[0]): readonly [text: string, applied: number] {
  const { lint } = linter(rules);
  const { linted, applied } = applySafeFixes(lint(text), lint);
  return [linted.file.text, applied];
}

describe('the edits of a fix', () => {
  it('are in the order of the text', () => {
    const edits = editsOf(read('abc'), fixOf([replacement(2, 3, 'C'), replacement(0, 1, 'A')]));
    assert.equal(applyEdits('abc', edits ?? []), 'AbC');
    assert.deepEqual(
      edits?.map((edit) => edit.span.start),
      [0, 2],
    );
  });

  it('are made once where several changes want the same', () => {
    const change = replacement(0, 1, 'A');
    assert.deepEqual(editsOf(read('abc'), fixOf([change, change])), [{ span: { start: 0, end: 1 }, newText: 'A' }]);
  });

  it('are all or none', () => {
    const impossible: Change = { kind: 'createFile', file: 'b', text: '' };
    assert.equal(editsOf(read('abc'), fixOf([replacement(0, 1, 'A'), impossible])), undefined);
    assert.equal(editsOf(read('abc'), fixOf([replacement(0, 2, 'A'), replacement(1, 3, 'B')])), undefined);
    assert.equal(editsOf(read('abc'), fixOf([])), undefined);
  });
});

describe('fixing a text', () => {
  it('applies everything that is safe in one round, and counts it', () => {
    const { lint, texts } = linter([[/a/g, 'b']]);
    const { linted, applied } = applySafeFixes(lint('a-a-a'), lint);
    assert.equal(linted.file.text, 'b-b-b');
    assert.equal(applied, 3);
    assert.deepEqual(texts, ['a-a-a', 'b-b-b']);
  });

  it('leaves unsafe and ignored ones alone', () => {
    assert.deepEqual(
      fixed('a-c', [
        [/a/g, 'b', 'unsafe'],
        [/c/g, 'd'],
      ]),
      ['a-d', 1],
    );
    assert.deepEqual(fixed('a ignored', [[/a/g, 'b']]), ['a ignored', 0]);
  });

  it('lets what overlaps wait for the next round', () => {
    assert.deepEqual(
      fixed('abc', [
        [/ab/g, 'x'],
        [/bc|xc/g, 'y'],
      ]),
      ['y', 2],
    );
  });

  it('goes on while one fix makes room for another', () => {
    assert.deepEqual(
      fixed('a', [
        [/a/g, 'b'],
        [/b/g, 'c'],
        [/c/g, 'd'],
      ]),
      ['d', 3],
    );
  });

  it('ends after ten rounds when fixes never end', () => {
    assert.deepEqual(fixed('a', [[/a$/g, 'aa']]), ['a'.repeat(11), 10]);
  });

  it('throws away exactly what would break the text', () => {
    assert.deepEqual(
      fixed('a-b-c-a-d', [
        [/a/g, '!'],
        [/[bcd]/g, 'x'],
      ]),
      ['a-x-x-a-x', 3],
    );
  });

  it('still mends a text that is broken elsewhere', () => {
    assert.deepEqual(fixed('!-b', [[/b/g, 'x']]), ['!-x', 1]);
  });

  it('is quick with thousands of fixes, also from the end to the start', () => {
    const [text, applied] = fixed('ab'.repeat(10_000), [
      [/a/g, 'x'],
      [/b/g, 'y'],
    ]);
    assert.equal(text, 'xy'.repeat(10_000));
    assert.equal(applied, 20_000);
  });
});
