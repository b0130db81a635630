import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { append, prefix, remove, removeWords, replaceText, set, splitInstruction } from '../../../src/model/change.js';
import type { Slot } from '../../../src/model/located.js';
import { first, lines, type Reading, read } from './reading.js';

/** The text after the removal of the `index`-th argument of the first `keyword`. */
function withoutArgument(text: string, keyword: string, index: number): string | undefined {
  const reading = read(text);
  return reading.change(remove(slotAt(first(reading, keyword).arguments, index)));
}

function withoutAssignment(text: string, index: number): string | undefined {
  const reading = read(text);
  return reading.change(remove(slotAt(first(reading, 'ENV').assignments, index)));
}

function slotAt(list: readonly { readonly slot: Slot }[], index: number): Slot {
  const slot = list[index]?.slot;
  if (slot === undefined) throw new Error(`There is no item ${index}.`);
  return slot;
}

describe('dockerfile: splitting ENV', () => {
  const split = (text: string, index: number, keyword = 'ENV'): string | undefined => {
    const reading = read(text);
    return reading.change(splitInstruction(slotAt(first(reading, keyword).assignments, index)));
  };

  it('makes an instruction of an assignment and of those behind it', () => {
    assert.equal(split('FROM a\nENV A=1 B="x y"  C=3\n', 1), 'FROM a\nENV A=1\nENV B="x y"  C=3\n');
    assert.equal(split('FROM a\r\nenv A=1 \\\r\n  B=2\r\n', 1), 'FROM a\r\nenv A=1\r\nenv B=2\r\n');
    const noted = 'FROM a\r\nENV A=1 \\\r\n  # b\r\n  B=2 \\\r\n  C=3\r\n';
    assert.equal(split(noted, 1), 'FROM a\r\nENV A=1\r\n  # b\r\nENV B=2 \\\r\n  C=3\r\n');
  });

  it('leaves alone what has nothing in front of it, or another form', () => {
    assert.equal(split('FROM a\nENV A=1 B=2\n', 0), undefined);
    assert.equal(split('FROM a\nENV A 1\n', 0), undefined);
    assert.equal(split('FROM a\nONBUILD ENV A=1 B=2\n', 1), undefined);
    assert.equal(split('FROM a\nLABEL A=1 B=2\n', 1, 'LABEL'), undefined);
  });
});

describe('dockerfile: removing', () => {
  it('takes one of several arguments away with the blanks or the comma beside it', () => {
    const volume = (line: string, index: number): string | undefined =>
      withoutArgument(`FROM a\n${line}\nRUN x\n`, 'VOLUME', index);
    assert.equal(volume('VOLUME /a /b  /c', 0), 'FROM a\nVOLUME /b  /c\nRUN x\n');
    assert.equal(volume('VOLUME /a /b  /c', 1), 'FROM a\nVOLUME /a  /c\nRUN x\n');
    assert.equal(volume('VOLUME /a /b  /c', 2), 'FROM a\nVOLUME /a /b\nRUN x\n');
    assert.equal(volume('VOLUME [ "/a", "/b" ,"/c" ]', 0), 'FROM a\nVOLUME [ "/b" ,"/c" ]\nRUN x\n');
    assert.equal(volume('VOLUME [ "/a", "/b" ,"/c" ]', 1), 'FROM a\nVOLUME [ "/a" ,"/c" ]\nRUN x\n');
    assert.equal(volume('VOLUME [ "/a", "/b" ,"/c" ]', 2), 'FROM a\nVOLUME [ "/a", "/b" ]\nRUN x\n');
  });

  it('takes the instruction away with its only argument, and every line of it', () => {
    assert.equal(withoutArgument('FROM a\n\n  volume ["/a"]\nRUN x\n', 'VOLUME', 0), 'FROM a\n\nRUN x\n');
    assert.equal(withoutArgument('FROM a\r\nVOLUME \\\r\n# c\r\n /a\r\nRUN x', 'VOLUME', 0), 'FROM a\r\nRUN x');
    assert.equal(withoutArgument('FROM a\nVOLUME /a', 'VOLUME', 0), 'FROM a\n');
    assert.equal(withoutArgument('FROM a\nUSER root\nRUN x\n', 'USER', 0), 'FROM a\nRUN x\n');
    const heredoc = read('FROM a\nRUN <<E\nx\nE\nUSER b\n');
    assert.equal(heredoc.change(remove(first(heredoc, 'RUN').slot)), 'FROM a\nUSER b\n');
    const trigger = read('FROM a\nONBUILD USER root\nRUN x\n');
    assert.equal(trigger.change(remove(first(trigger, 'USER').slot)), 'FROM a\nRUN x\n');
    const marked = read('\ufeffARG A\nFROM a\n');
    assert.equal(marked.change(remove(first(marked, 'ARG').slot)), '\ufeffFROM a\n');
  });

  it('takes an assignment away, on one line and over several', () => {
    assert.equal(withoutAssignment('FROM a\nENV A=1 B="x y" C=3\n', 1), 'FROM a\nENV A=1 C=3\n');
    const several = 'FROM a\nENV A=1 \\\r\n    B=2 \\\r\n    C=3\r\nRUN x\n';
    assert.equal(withoutAssignment(several, 0), 'FROM a\nENV B=2 \\\r\n    C=3\r\nRUN x\n');
    assert.equal(withoutAssignment(several, 1), 'FROM a\nENV A=1 \\\r\n    C=3\r\nRUN x\n');
    assert.equal(withoutAssignment(several, 2), 'FROM a\nENV A=1 \\\r\n    B=2\r\nRUN x\n');
    assert.equal(withoutAssignment('FROM a\nENV A some value\nRUN x\n', 0), 'FROM a\nRUN x\n');
  });

  it('leaves comments between continuation lines where they are', () => {
    const text = lines('FROM a', 'ENV A=1 \\', '    # about B', '    B=2 \\', '    # about C', '    C=3', 'RUN x');
    assert.equal(
      withoutAssignment(text, 0),
      lines('FROM a', 'ENV \\', '    # about B', '    B=2 \\', '    # about C', '    C=3', 'RUN x'),
    );
    assert.equal(
      withoutAssignment(text, 1),
      lines('FROM a', 'ENV A=1 \\', '    # about B', '    # about C', '    C=3', 'RUN x'),
    );
    assert.equal(
      withoutAssignment(text, 2),
      lines('FROM a', 'ENV A=1 \\', '    # about B', '    B=2', '    # about C', 'RUN x'),
    );
    assert.equal(
      withoutAssignment(lines('FROM a', 'ENV A=1 \\', '  # c', '  B=2 C=3'), 1),
      lines('FROM a', 'ENV A=1 \\', '  # c', '  C=3'),
    );
  });

  it('takes a flag away', () => {
    const flagged = (text: string, index: number): string | undefined => {
      const reading = read(text);
      return reading.change(remove(slotOfFlag(reading, index)));
    };
    assert.equal(flagged('FROM a\nRUN --security=insecure --network=none x\n', 0), 'FROM a\nRUN --network=none x\n');
    assert.equal(flagged('FROM a\nRUN --network=none \\\n  x\n', 0), 'FROM a\nRUN x\n');
    assert.equal(flagged('FROM a\nRUN --network=none \\\n # c\n  x\n', 0), 'FROM a\nRUN \\\n # c\n  x\n');
  });

  it('refuses what would break the file', () => {
    const reading = read(lines('FROM a', 'COPY x y', 'CMD a b', 'VOLUME ["/a", \\', '# c', '"/b"]'));
    assert.equal(reading.change(remove(first(reading, 'FROM').slot)), undefined);
    assert.equal(reading.change(remove(slotAt(first(reading, 'COPY').arguments, 0))), undefined);
    assert.equal(reading.change(remove(slotAt(first(reading, 'CMD').arguments, 0))), undefined);
    assert.equal(reading.change(remove(slotAt(first(reading, 'VOLUME').arguments, 1))), undefined);
  });

  it('refuses to leave words that would then be the old form of ENV', () => {
    assert.equal(withoutAssignment('FROM a\nENV A=1 B c\n', 0), undefined);
    assert.equal(withoutAssignment('FROM a\nENV A=1 B=2 c\n', 0), 'FROM a\nENV B=2 c\n');
  });
});

function slotOfFlag(reading: Reading, index: number): Slot {
  const value = first(reading, 'RUN').flags[index]?.value;
  if (value === undefined) throw new Error(`There is no flag ${index}.`);
  return value.slot;
}

describe('dockerfile: setting', () => {
  it('replaces the user, in the case and with the blanks of the line', () => {
    const reading = read('FROM a\n  user\troot \t\n# c\nRUN x\n');
    const user = first(reading, 'USER').user;
    assert.equal(user && reading.change(set(user.slot, 10001)), 'FROM a\n  user\t10001 \t\n# c\nRUN x\n');
    const named = read('FROM a\r\nUSER ${U:-root}');
    const slot = first(named, 'USER').user?.slot;
    assert.equal(slot && named.change(set(slot, 'app:app')), 'FROM a\r\nUSER app:app');
    assert.equal(slot && named.change(set(slot, 'a b')), undefined);
  });

  it('replaces the value of an assignment, quoted where it must be', () => {
    const reading = read('FROM a\nENV A="x" B=2\n');
    const [a, b] = first(reading, 'ENV').assignments;
    assert.equal(a && reading.change(set(a.slot, 'y')), 'FROM a\nENV A=y B=2\n');
    assert.equal(
      b && reading.change(set(b.slot, 'two "$words" \\')),
      'FROM a\nENV A="x" B="two \\"\\$words\\" \\\\"\n',
    );
    assert.equal(b && reading.change(set(b.slot, '')), 'FROM a\nENV A="x" B=""\n');
    const old = read('FROM a\nENV A x y\n');
    assert.equal(old.change(set(slotAt(first(old, 'ENV').assignments, 0), true)), 'FROM a\nENV A true\n');
    const arg = read('FROM a\nARG A B\n');
    assert.equal(arg.change(set(slotAt(first(arg, 'ARG').assignments, 0), 'x')), 'FROM a\nARG A=x B\n');
  });

  it('what it sets is what is read again', () => {
    for (const value of ['x', 'a b', '$x', 'a"b', "it's", 'C:\\x', '', '`x`', '${A}']) {
      for (const head of ['FROM a\n', '# escape=`\nFROM a\n']) {
        const reading = read(`${head}ENV A=1 B=2\n`);
        const changed = reading.change(set(slotAt(first(reading, 'ENV').assignments, 0), value));
        const again = first(read(changed ?? ''), 'ENV').assignments[0]?.value;
        assert.equal(again?.kind === 'known' ? again.value : undefined, value);
      }
    }
  });

  it('replaces an argument and a flag', () => {
    const reading = read('FROM a\nVOLUME ["/a", "/b"]\nCOPY --from=x:1 --link a b\n');
    const copy = first(reading, 'COPY');
    assert.equal(
      reading.change(set(slotAt(first(reading, 'VOLUME').arguments, 1), '/c "d"')),
      'FROM a\nVOLUME ["/a", "/c \\"d\\""]\nCOPY --from=x:1 --link a b\n',
    );
    const from = copy.flags[0]?.value.slot;
    assert.equal(from && reading.change(set(from, 'x:2')), 'FROM a\nVOLUME ["/a", "/b"]\nCOPY --from=x:2 --link a b\n');
    const link = copy.flags[1]?.value.slot;
    assert.equal(link && reading.change(set(link, 'true')), undefined);
  });

  it('puts text in front of a value, inside its quotes', () => {
    const reading = read('FROM a\nENV A="x" B=y\nVOLUME ["/a"]\n');
    const [a, b] = first(reading, 'ENV').assignments;
    assert.equal(a && reading.change(prefix(a.slot, 'p/')), 'FROM a\nENV A="p/x" B=y\nVOLUME ["/a"]\n');
    assert.equal(b && reading.change(prefix(b.slot, 'p/')), 'FROM a\nENV A="x" B=p/y\nVOLUME ["/a"]\n');
    const volume = slotAt(first(reading, 'VOLUME').arguments, 0);
    assert.equal(reading.change(prefix(volume, '/p')), 'FROM a\nENV A="x" B=y\nVOLUME ["/p/a"]\n');
    assert.equal(a && reading.change(prefix(a.slot, '"')), undefined);
  });

  it('replaces the text of a place in this file only', () => {
    const reading = read('FROM a:latest\n');
    const reference = reading.images[0]?.reference;
    const tag = reference?.kind === 'known' ? reference.value.tagAt : undefined;
    assert.equal(tag && reading.change(replaceText(tag, '1.2')), 'FROM a:1.2\n');
    assert.equal(tag && reading.change(replaceText({ ...tag, file: 'other' }, '1')), undefined);
    assert.equal(tag && reading.change(replaceText({ ...tag, span: { start: 5, end: 99 } }, '1')), undefined);
  });

  it('refuses addresses that are not its own, and what has no place', () => {
    const reading = read('FROM a\nUSER b\n');
    const other = read('FROM a\n\nUSER b\n');
    const slot = first(other, 'USER').slot;
    assert.equal(reading.change(remove(slot)), undefined);
    assert.equal(reading.change(remove({ language: 'yaml', file: 'Dockerfile' })), undefined);
    assert.equal(reading.change(append(first(reading, 'USER').slot, 'x')), undefined);
    assert.equal(reading.change(set(first(reading, 'USER').slot, 'x')), undefined);
    const missing = read('FROM a\n').stages[0]?.user.slot;
    assert.equal(missing && read('FROM a\n').change(set(missing, 'x')), undefined);
  });
});

/** The text without the words that stand between two marks. */
function withoutWords(marked: string): string | undefined {
  const [before = '', words = '', behind = ''] = marked.split('¦');
  const span = { start: before.length, end: before.length + words.length };
  return read(before + words + behind).change(removeWords({ file: 'Dockerfile', span }));
}

describe('dockerfile: removing words of a command', () => {
  it('takes the blanks beside them, too', () => {
    assert.equal(withoutWords('FROM a\nRUN x  ¦-k¦ y\n'), 'FROM a\nRUN x y\n');
    assert.equal(withoutWords('FROM a\nRUN x y ¦-k v¦\n'), 'FROM a\nRUN x y\n');
    assert.equal(withoutWords('FROM a\nRUN sh -c "x ¦-k¦" && (y)\n'), 'FROM a\nRUN sh -c "x" && (y)\n');
    assert.equal(withoutWords('FROM a\nRUN x \\\n  ¦-k¦ y\n'), 'FROM a\nRUN x \\\n  y\n');
  });

  it('takes a line that they leave empty, and keeps comments', () => {
    assert.equal(withoutWords('FROM a\nRUN x \\\n  # c\n  ¦-k¦ \\\n  y\n'), 'FROM a\nRUN x \\\n  # c\n  y\n');
    assert.equal(
      withoutWords('FROM a\nRUN x \\\r\n  y \\\r\n  ¦-k¦\r\nUSER b\r\n'),
      'FROM a\nRUN x \\\r\n  y\r\nUSER b\r\n',
    );
    assert.equal(withoutWords('FROM a\nRUN x \\\n\n  # c\n  ¦-k¦\nUSER b\n'), 'FROM a\nRUN x\n\n  # c\nUSER b\n');
    assert.equal(withoutWords('# escape=`\nFROM a\nRUN x `\n  ¦-k¦ `\n  y\n'), '# escape=`\nFROM a\nRUN x `\n  y\n');
    assert.equal(withoutWords('FROM a\nRUN <<E\nx \\\n  ¦-k¦ \\\n  y\nE\n'), 'FROM a\nRUN <<E\nx \\\n  y\nE\n');
    assert.equal(withoutWords('FROM a\nRUN <<E\nx \\\n  ¦-k¦\ny\nE\n'), 'FROM a\nRUN <<E\nx\ny\nE\n');
  });

  it('takes the comma of an exec form', () => {
    assert.equal(withoutWords('FROM a\nRUN ["x", ¦"-k"¦, "y"]\n'), 'FROM a\nRUN ["x", "y"]\n');
    assert.equal(withoutWords('FROM a\nRUN ["sh", "-c", "x ¦-k¦ y"]\n'), 'FROM a\nRUN ["sh", "-c", "x y"]\n');
    assert.equal(withoutWords('FROM a\nRUN ["x", \\\n # c\n ¦"-k"¦]\n'), undefined);
    assert.equal(withoutWords('FROM a\nRUN [¦"x"¦]\n'), undefined);
  });

  it('refuses what is no part of an instruction', () => {
    assert.equal(withoutWords('¦FROM a¦\nRUN x\n'), undefined);
    assert.equal(withoutWords('FROM a\nRUN x ¦y\nUSER¦ b\n'), undefined);
    assert.equal(read('FROM a\n').change(removeWords({ file: 'other', span: { start: 5, end: 6 } })), undefined);
  });
});
