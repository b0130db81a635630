import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { remove, set } from '../../../src/model/change.js';
import type { Located } from '../../../src/model/located.js';
import type { Span } from '../../../src/text/span.js';
import { dockerfileFixtures } from '../../support/dockerfile-fixtures.js';
import { all } from './fixtures.js';
import { lines, type Reading, read } from './reading.js';

/** Every span that a reading hands out. */
function spansOf({ file, stages, instructions, images, commands }: Reading): readonly Span[] {
  const spans: Span[] = [];
  const add = (...fields: readonly (Located<unknown> | undefined)[]): void => {
    for (const field of fields) if (field !== undefined) spans.push(field.at.span);
  };
  for (const stage of stages) {
    spans.push(stage.nameAt.span);
    add(stage.user);
  }
  for (const each of instructions) {
    spans.push(each.at.span, each.keywordAt.span);
    add(each.user, ...each.arguments);
    for (const flag of each.flags) {
      spans.push(flag.at.span);
      add(flag.value, ...flag.options.map((option) => option.value));
    }
    for (const variable of each.assignments) {
      spans.push(variable.nameAt.span);
      add(variable.value);
    }
  }
  for (const { reference } of images) {
    add(reference);
    if (reference.kind !== 'known') continue;
    const { nameAt, tagAt, digestAt } = reference.value;
    for (const place of [nameAt, tagAt, digestAt]) if (place !== undefined) spans.push(place.span);
  }
  for (const command of commands) spans.push(command.at.span, command.nameAt.span);
  for (const problem of file.source.problems) spans.push(problem.at.span);
  for (const comment of file.comments()) {
    spans.push(comment.span);
    const scope = file.scopeBelow(comment);
    if (scope !== undefined) spans.push(scope);
  }
  return spans;
}

function check(text: string): void {
  const reading = read(text);
  for (const { start, end } of spansOf(reading)) {
    assert.ok(start >= 0 && start <= end && end <= text.length, `${start}..${end} in ${JSON.stringify(text)}`);
  }
}

const wild = lines(
  '\ufeff#escape=\\',
  'ARG "A=1" B=\'x',
  'FROM 🚢:${A:-${B:+"🚢"}} \\',
  '# 🚢',
  'AS \\',
  '',
  'x',
  'RUN --mount=type=bind,"from=a,b" --x="\\"" -- ["a\\u0041", "🚢", "sh -c \'x"]',
  'ONBUILD HEALTHCHECK --a CMD ["x", "\\n"]',
  'ENV A=\\"x B="y',
  'LABEL a',
  'COPY <<-"🚢" <<B /x',
  '\t🚢',
  'B',
  'SHELL ["x"',
);

describe('dockerfile: broken texts', () => {
  it('reads every prefix of a file without throwing, its spans inside the text', () => {
    for (const text of [...all, wild]) {
      for (let end = 0; end <= text.length; end++) check(text.slice(0, end));
      const carriage = text.replaceAll('\n', '\r\n');
      for (let end = 0; end <= carriage.length; end += 5) check(carriage.slice(0, end));
    }
  });

  it('reads the sample files cut off behind, before and in the middle in the same way', () => {
    for (const { text } of dockerfileFixtures()) {
      for (let at = 0; at < text.length; at += 251) {
        check(text.slice(0, at));
        check(text.slice(at));
        check(text.slice(0, at) + text.slice(at + 17));
      }
    }
  });

  it('reads every suffix and every text with a hole in the same way', () => {
    for (const text of [...all, wild]) {
      for (let at = 0; at < text.length; at += 7) {
        check(text.slice(at));
        check(text.slice(0, at) + text.slice(at + 17));
      }
    }
  });

  it('makes only changes that stay in the text, whatever is half typed', () => {
    for (const text of [...all, wild]) {
      for (let end = 0; end <= text.length; end += 7) {
        const reading = read(text.slice(0, end));
        for (const each of reading.instructions) {
          const slots = [...each.arguments, ...each.assignments, ...each.flags.map((flag) => flag.value), each];
          for (const { slot } of slots) {
            const removed = reading.change(remove(slot));
            assert.ok(removed === undefined || removed.length <= end);
            reading.change(set(slot, 'x'));
          }
        }
      }
    }
  });

  it('takes time that grows with the length of the text', () => {
    const size = 50_000;
    const texts: readonly string[] = [
      `FROM a\nRUN ${'x '.repeat(size)}`,
      `FROM a\nRUN x ${'\\\n  && y '.repeat(size / 5)}`,
      `FROM a\nENV ${'A=$A '.repeat(size / 5)}`,
      `FROM a\n${'ENV A=$A\n'.repeat(size / 10)}`,
      `FROM a\nCMD [${'"a",'.repeat(size)}"b"]`,
      `FROM a\nCMD ${'['.repeat(size)}`,
      `FROM a\nCOPY ${'<<A '.repeat(size / 5)}`,
      `FROM a\nRUN <<A\n${'x\n'.repeat(size)}`,
      `FROM a\nRUN ${'--x=y '.repeat(size / 5)}`,
      `FROM a\nUSER ${'$'.repeat(size)}`,
      `FROM a\nUSER ${'${A:-'.repeat(size / 5)}`,
      'FROM a AS a\n'.repeat(size / 20),
      `${'# c\n'.repeat(size)}FROM a`,
      `FROM a\nRUN \\\n${'# c\n'.repeat(size)}`,
      '\\\n'.repeat(size),
      'x\n'.repeat(size),
    ];
    for (const text of texts) {
      const start = performance.now();
      const reading = read(text);
      for (const each of reading.instructions) assert.ok(each.arguments.length + each.flags.length >= 0);
      for (const comment of reading.file.comments().slice(0, 1000)) reading.file.scopeBelow(comment);
      const time = performance.now() - start;
      assert.ok(time < 3000, `${Math.round(time)} ms for ${JSON.stringify(text.slice(0, 40))}`);
    }
  });

  it('hands the last reading back where the text is the same', () => {
    const { file } = read('FROM a\n');
    assert.equal(read('FROM a\n', file).file, file);
    const changed = read('FROM b\n', file).file;
    assert.equal(changed.text, 'FROM b\n');
  });
});
