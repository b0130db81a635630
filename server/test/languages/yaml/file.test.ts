import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ReadFile, ReadRequest } from '../../../src/engine/language.js';
import { finishYamlFile, readYamlFile } from '../../../src/languages/yaml/file.js';

function read(text: string, more: Partial<ReadRequest> = {}, wanted?: (text: string) => boolean): ReadFile {
  const request: ReadRequest = { file: 'a.yaml', text, mode: 'open', kubernetesMinor: 31, ...more };
  return finishYamlFile(readYamlFile(request, wanted), { kind: 'kubernetes', subjects: {} });
}

function problems(file: ReadFile): readonly string[] {
  return file.source.problems.map(
    ({ kind, at: { span }, message }) => `${kind} ${span.start} ${file.text.slice(span.start, span.end)}: ${message}`,
  );
}

describe('YAML files', () => {
  it('reports the first error of each document, and nothing of the others', () => {
    const text = 'a: [1\nb: [2\n---\nok: 1\n---\n\tc: 1\n';
    const found = read(text).source.problems;
    assert.deepEqual(
      found.map((problem) => [problem.kind, problem.at.span.start >= 22]),
      [
        ['syntax', false],
        ['syntax', true],
      ],
    );
    for (const { message } of found) assert.match(message, /^.{1,99}\.$/);
  });

  it('says of a template that it is one', () => {
    const text = 'ok: 1\n---\n{{- if x }}\na: 1\n{{ end }}\n';
    const expected = ['limit 10 {{: This document is a template: only what reads as YAML was checked.'];
    assert.deepEqual(problems(read(text)), expected);
    assert.deepEqual(problems(read('a: "{{ fine }}"\n')), []);
  });

  it('states the limit of nesting on the document that passes it', () => {
    const found = problems(read(`a: 1\n---\n${'['.repeat(300)}${']'.repeat(300)}\n`));
    assert.deepEqual(found, ['limit 209 [: Nesting is deeper than 200: this document was not checked.']);
  });

  it('states the limit of documents where it is reached', () => {
    const text = '--- 1\n'.repeat(20_001);
    assert.deepEqual(problems(read(text)), [
      'limit 120000 -: The file has more than 20000 documents: those from here on were not checked.',
    ]);
  });

  it('leaves documents that nobody wants alone', () => {
    const text = 'kind: A\n---\nkind: [\n# note\n';
    assert.deepEqual(problems(read(text, {}, (document) => document.includes('A'))), []);
    assert.equal(problems(read(text)).length, 1);
  });

  it('finds comments of all documents and what they speak of', () => {
    const text = '# one\na: 1 # two\n---\n# three\nb:\n  - x\n';
    const file = read(text);
    const comments = file.comments();
    assert.deepEqual(
      comments.map(({ span, trailing }) => [text.slice(span.start, span.end), trailing]),
      [
        ['# one', false],
        ['# two', true],
        ['# three', false],
      ],
    );
    const scopes = comments.map((comment) => {
      const scope = file.scopeBelow(comment);
      return scope && text.slice(scope.start, scope.end);
    });
    assert.deepEqual([scopes[0], scopes[2]], ['a: 1', 'b:\n  - x']);
  });

  it('finds the largest thing that begins on a line, in every document', () => {
    const text = '\uFEFFa: 1\nb:\n  - x: 1\n    y: 2\n  - [z]\n\n---\n# note\nc: |\n  d: 1\n  e\r\nf: {g: 1}\n';
    const file = read(text);
    let start = 0;
    const blocks = text.split('\n').map((line) => {
      const index = start;
      start += line.length + 1;
      const at = (offset: number) => {
        const block = file.blockAt(offset);
        return block && text.slice(block.start, block.end);
      };
      assert.equal(at(index), at(index + line.length), line);
      return at(index);
    });
    assert.deepEqual(blocks, [
      'a: 1\nb:\n  - x: 1\n    y: 2\n  - [z]',
      'b:\n  - x: 1\n    y: 2\n  - [z]',
      '- x: 1\n    y: 2',
      'y: 2',
      '- [z]',
      undefined,
      undefined,
      undefined,
      'c: |\n  d: 1\n  e\r\nf: {g: 1}',
      undefined,
      undefined,
      'f: {g: 1}',
      undefined,
    ]);
  });

  it('reads the same with the trees of an earlier reading', () => {
    const first = read('a: 1 # x\n---\nb: [\n');
    const second = read('# new\na: 2\n---\nb: [\n', { previous: first });
    assert.deepEqual(problems(second), problems(read(second.text)));
    assert.deepEqual(second.comments(), read(second.text).comments());
  });
});
