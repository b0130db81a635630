import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readShellCheck } from '../../src/service/shell-check-output.js';

const script = '#!/bin/sh\n\techo "𝄞é" $A\nlast\n';

const comment = { line: 2, endLine: 2, column: 12, endColumn: 14, level: 'info', code: 2086, message: 'Quote.' };

const read = (...comments: readonly object[]) => readShellCheck(JSON.stringify({ comments }), script);
const marked = (change: object) => read({ ...comment, ...change })?.map(({ start, end }) => script.slice(start, end));

describe('what ShellCheck writes', () => {
  it('is read with places in the script: tabs are one column, and so are characters of two units', () => {
    assert.deepEqual(read(comment), [
      { code: 'SC2086', level: 'info', message: 'Quote.', start: 22, end: 24, replacements: [] },
    ]);
    assert.deepEqual(marked({}), ['$A']);
  });

  it('has places inside the script, wherever it says that they are', () => {
    assert.deepEqual(marked({ column: 1, endColumn: 1000 }), ['\techo "𝄞é" $A']);
    assert.deepEqual(marked({ line: 4, endLine: 4, column: 1, endColumn: 9 }), ['']);
  });

  it('is not understood where a remark lacks its parts, or stands nowhere', () => {
    const changes = [
      { line: 0 },
      { line: 9 },
      { line: 1.5 },
      { column: 0 },
      { column: 'x' },
      { endLine: null },
      { level: 'fatal' },
      { code: '2086' },
      { code: -1 },
      { code: 1e99 },
      { message: undefined },
    ];
    for (const change of changes) assert.equal(read({ ...comment, ...change }), undefined, JSON.stringify(change));
    assert.equal(read([]), undefined);
  });

  it('is not understood where it is something else', () => {
    for (const text of ['', 'null', '[]', '{}', '{"comments":{}}', 'shellcheck: not found', '{"comments":[', '[1]']) {
      assert.equal(readShellCheck(text, script), undefined, text);
    }
    assert.deepEqual(readShellCheck('{"comments":[]}', script), []);
  });

  it('is read in a moment, however long its lines are, how many fixes it has and how deep it goes', () => {
    const long = `echo ${'𝄞'.repeat(30_000)}`;
    const place = { line: 1, endLine: 1, column: 29_000, endColumn: 30_000 };
    const replacements = Array.from({ length: 20_000 }, () => ({ ...place, replacement: '' }));
    const remark = { ...place, level: 'info', code: 1, message: 'x', fix: { replacements } };
    const started = performance.now();
    const found = readShellCheck(JSON.stringify({ comments: [remark] }), long);
    assert.deepEqual(
      found?.map(({ start, end }) => [start, end]),
      [[5 + 2 * 28_994, 5 + 2 * 29_994]],
    );
    assert.equal(readShellCheck(`{"comments":${'['.repeat(1_000_000)}`, long), undefined);
    assert.equal(readShellCheck(`{"comments":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, long), undefined);
    assert.ok(performance.now() - started < 3000);
  });

  it('has the fix of a remark, or none where one part of it is not understood', () => {
    const replacement = {
      line: 2,
      endLine: 2,
      column: 12,
      endColumn: 12,
      insertionPoint: 'afterEnd',
      replacement: '"',
    };
    const closing = { ...replacement, column: 14, endColumn: 14, insertionPoint: 'beforeStart' };
    const fixOf = (...replacements: readonly unknown[]) =>
      read({ ...comment, fix: { replacements } })?.[0]?.replacements;
    assert.deepEqual(fixOf(replacement, closing), [
      { start: 22, end: 22, text: '"', belongsTo: 'behind' },
      { start: 24, end: 24, text: '"', belongsTo: 'before' },
    ]);
    for (const broken of [
      { ...replacement, line: 7 },
      { ...replacement, replacement: 1 },
      null,
      { ...closing, endColumn: 3 },
    ]) {
      assert.deepEqual(fixOf(replacement, broken), []);
    }
    assert.deepEqual(read({ ...comment, fix: { replacements: 'x' } })?.[0]?.replacements, []);
  });
});
