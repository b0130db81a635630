import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { appendCommand, insertInstruction, joinNext } from '../../../src/model/change.js';
import { first, lines, read } from './reading.js';

describe('dockerfile: instructions that are put in', () => {
  const insert = (where: 'before' | 'behind', text: string) => {
    const reading = read(text);
    return reading.change(insertInstruction(first(reading, 'RUN').slot, where, 'USER 1'));
  };

  it('stand above the comments that speak of the instruction, or behind it', () => {
    assert.equal(insert('before', lines('FROM a', '# why', 'RUN x')), lines('FROM a', 'USER 1', '# why', 'RUN x'));
    assert.equal(
      insert('before', lines('FROM a', '# no', '', 'RUN x')),
      lines('FROM a', '# no', '', 'USER 1', 'RUN x'),
    );
    assert.equal(
      insert('behind', lines('FROM a', 'RUN x \\', '  y', 'RUN z')),
      lines('FROM a', 'RUN x \\', '  y', 'USER 1', 'RUN z'),
    );
    assert.equal(insert('behind', 'FROM a\nRUN x'), 'FROM a\nRUN x\nUSER 1');
    assert.equal(
      insert('behind', lines('FROM a', 'RUN <<E', 'x', 'E')),
      lines('FROM a', 'RUN <<E', 'x', 'E', 'USER 1'),
    );
  });

  it('have the line endings of the file', () => {
    assert.equal(insert('before', 'FROM a\r\nRUN x\r\n'), 'FROM a\r\nUSER 1\r\nRUN x\r\n');
  });

  it('stand behind a byte order mark and below directives', () => {
    assert.equal(insert('before', '\uFEFFRUN x\n'), '\uFEFFUSER 1\nRUN x\n');
    assert.equal(insert('before', lines('# syntax=x', 'RUN x')), lines('# syntax=x', 'USER 1', 'RUN x'));
  });

  it('do not become a part of an instruction that is not ended', () => {
    assert.equal(insert('behind', 'FROM a\nRUN x \\\n'), undefined);
  });
});

describe('dockerfile: commands that are appended', () => {
  const append = (text: string) => {
    const reading = read(text);
    return reading.change(appendCommand(first(reading, 'RUN').slot, 'rm -rf /x/*'));
  };

  it('stand on the line of a short RUN, and on one of their own in a long one', () => {
    assert.equal(append('FROM a\nRUN x\n'), 'FROM a\nRUN x && rm -rf /x/*\n');
    assert.equal(append('FROM a\nRUN x \\\n  && y\n'), 'FROM a\nRUN x \\\n  && y \\\n  && rm -rf /x/*\n');
    assert.equal(append('FROM a\nRUN x && \\\n\ty\n'), 'FROM a\nRUN x && \\\n\ty && \\\n\trm -rf /x/*\n');
    assert.equal(append('FROM a\r\nRUN x \\\r\n  y'), 'FROM a\r\nRUN x \\\r\n  y \\\r\n  && rm -rf /x/*');
    assert.equal(
      append('# escape=`\nFROM a\nRUN x `\n  y\n'),
      '# escape=`\nFROM a\nRUN x `\n  y `\n  && rm -rf /x/*\n',
    );
  });

  it('run whatever construct stands in front of them', () => {
    assert.equal(append('FROM a\nRUN if x; then y; fi\n'), 'FROM a\nRUN if x; then y; fi && rm -rf /x/*\n');
    assert.equal(append('FROM a\nRUN x || y\n'), 'FROM a\nRUN x || y && rm -rf /x/*\n');
  });

  it('are not put where they would be read as something else', () => {
    for (const run of ['x # note', 'x &', 'x;', '["x"]', '<<E\nx\nE', 'x <<E\nx\nE', 'x \\', 'if x; then', '"x']) {
      assert.equal(append(`FROM a\nRUN ${run}\n`), undefined, run);
    }
  });
});

describe('dockerfile: two RUN that become one', () => {
  const join = (text: string) => {
    const reading = read(text);
    return reading.change(joinNext(first(reading, 'RUN').slot));
  };

  it('are connected so that the second runs only if the first went well', () => {
    assert.equal(join('FROM a\nRUN x\n\nRUN y && z\n'), 'FROM a\nRUN x \\\n    && y && z\n');
    assert.equal(join('FROM a\nRUN x \\\n  && y\nRUN z | q'), 'FROM a\nRUN x \\\n  && y \\\n  && z | q');
    assert.equal(
      join('FROM a\nRUN --network=none x\nRUN --network=none y\n'),
      'FROM a\nRUN --network=none x \\\n    && y\n',
    );
  });

  it('stay two where one would do something else', () => {
    for (const [one, two] of [
      ['cd /x', 'y'],
      ['export A=1', 'y'],
      ['A=1', 'y'],
      ['set -e; x', 'y'],
      ['x', 'y || z'],
      ['x', 'y; z'],
      ['x', 'y &'],
      ['x', '--network=none y'],
      ['x', '["y"]'],
      ['x # c', 'y'],
      ['x', '<<E\ny\nE'],
    ]) {
      assert.equal(join(`FROM a\nRUN ${one}\nRUN ${two}\n`), undefined, `${one} / ${two}`);
    }
    assert.equal(join('FROM a\nRUN x\n# c\nRUN y\n'), undefined);
    assert.equal(join('FROM a\nRUN x\nUSER y\n'), undefined);
    assert.equal(join('FROM a\nRUN x\n'), undefined);
  });
});
