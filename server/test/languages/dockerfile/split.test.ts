import assert from 'node:assert/strict';
import { DockerfileParser } from 'dockerfile-ast';
import { describe, it } from 'mocha';
import { splitDockerfile } from '../../../src/languages/dockerfile/split.js';
import { LineIndex } from '../../../src/text/line-index.js';
import { nodeService, pythonService, twoHeredocs, windowsService } from './fixtures.js';
import { lines, read } from './reading.js';

/** `KEYWORD first-last line`, counted from 1. */
function ownBoundaries(text: string): readonly string[] {
  const index = new LineIndex(text);
  return splitDockerfile('file', text).instructions.map(({ span, statement }) => {
    const [from, to] = [index.positionAt(span.start), index.positionAt(span.end)];
    return `${statement.keyword} ${from.line + 1}-${to.line + 1}`;
  });
}

function packageBoundaries(text: string): readonly string[] {
  return DockerfileParser.parse(text)
    .getInstructions()
    .map((each) => {
      const { start, end } = each.getRange();
      return `${each.getKeyword()} ${start.line + 1}-${end.line + 1}`;
    });
}

describe('dockerfile: instructions', () => {
  it('agrees with dockerfile-ast about where the instructions of ordinary files are', () => {
    const sameless = pythonService.replace('# check=skip=JSONArgsRecommended;error=true\n', '');
    for (const text of [nodeService, pythonService, sameless, windowsService, nodeService.replaceAll('\n', '\r\n')]) {
      assert.deepEqual(ownBoundaries(text), packageBoundaries(text));
    }
  });

  it('covers an instruction with its continuation lines, without the blanks behind it', () => {
    const { instructions, under } = read(lines('FROM a', '  RUN x \\', '# c', '', '\ty \t', 'CMD z'));
    assert.deepEqual(
      instructions.map(({ at, keywordAt }) => [under(at), under(keywordAt), keywordAt.span.start]),
      [
        ['FROM a', 'FROM', 0],
        ['RUN x \\\n# c\n\n\ty', 'RUN', 9],
        ['CMD z', 'CMD', 27],
      ],
    );
  });

  it('reads carriage returns, a byte order mark, tabs and lower case', () => {
    const { instructions, under } = read('\ufefffrom a\r\nrun\tx \\\r\n  y\r\nuser 1');
    assert.deepEqual(
      instructions.map(({ keyword, at, arguments: args }) => [keyword, under(at), args.map((each) => under(each.at))]),
      [
        ['FROM', 'from a', ['a']],
        ['RUN', 'run\tx \\\r\n  y', ['x', 'y']],
        ['USER', 'user 1', ['1']],
      ],
    );
    assert.equal(instructions[0]?.at.span.start, 1);
  });

  it('joins a keyword and a word that are split by the escape character', () => {
    const { instructions, under, show } = read('FROM a\nUS\\\nER ro\\\not\n');
    const user = instructions[1];
    assert.equal(user?.keyword, 'USER');
    assert.equal(under(user.keywordAt), 'US\\\nER');
    assert.equal(user.user && show(user.user), 'root@ro\\\not');
  });

  it('takes a doubled escape character for a letter', () => {
    const { instructions, under } = read('FROM a\nRUN x \\\\\nUSER b\n');
    assert.deepEqual(
      instructions.map(({ at }) => under(at)),
      ['FROM a', 'RUN x \\\\', 'USER b'],
    );
  });

  it('honours the escape directive, at the top only and behind known directives only', () => {
    const keywords = (text: string): readonly string[] => read(text).instructions.map(({ keyword }) => keyword);
    assert.deepEqual(keywords('# escape=`\nFROM a\nRUN x `\n USER b\nCOPY c C:\\\nUSER d\n'), [
      'FROM',
      'RUN',
      'COPY',
      'USER',
    ]);
    assert.deepEqual(keywords('#Syntax = x\n# check=skip=all\n#\tESCAPE\t=\t`\nFROM a `\n USER b\n'), ['FROM']);
    assert.deepEqual(keywords('# hadolint ignore=DL3006\n# escape=`\nFROM a `\nUSER b\n'), ['FROM', 'USER']);
    assert.deepEqual(keywords('# words\n# escape=`\nFROM a `\nUSER b\n'), ['FROM', 'USER']);
    assert.deepEqual(keywords('\n# escape=`\nFROM a `\nUSER b\n'), ['FROM', 'USER']);
    assert.deepEqual(keywords('FROM a `\n# escape=`\nUSER b\n'), ['FROM', 'USER']);
  });
});

describe('dockerfile: heredocs', () => {
  it('hides instructions and comments in the body', () => {
    const { instructions, file, under } = read(twoHeredocs);
    assert.deepEqual(
      instructions.map(({ keyword, at }) => [keyword, under(at).split('\n').length, under(at).split('\n').at(-1)]),
      [
        ['FROM', 1, 'FROM alpine:3.20'],
        ['RUN', 6, 'TWO'],
        ['RUN', 1, 'RUN apk add --no-cache curl'],
      ],
    );
    assert.deepEqual(read('FROM a\nCOPY <<E /x\n# no comment\nE\n').file.comments(), []);
    assert.deepEqual(file.comments(), []);
  });

  const instructionsOf = (...text: readonly string[]): readonly string[] => {
    const { instructions, under } = read(lines('FROM a', ...text));
    return instructions.slice(1).map(({ at }) => under(at));
  };

  it('ends a body at its delimiter alone, with tabs in front for `<<-` only', () => {
    assert.deepEqual(instructionsOf('RUN <<-E', '\tx', '\tE', 'USER b'), ['RUN <<-E\n\tx\n\tE', 'USER b']);
    assert.deepEqual(instructionsOf('RUN <<E', '\tE', ' E', 'E ', 'E', 'USER b'), [
      'RUN <<E\n\tE\n E\nE \nE',
      'USER b',
    ]);
    assert.deepEqual(instructionsOf('ADD <<"E F" /x', 'a', 'E F', 'USER b'), ['ADD <<"E F" /x\na\nE F', 'USER b']);
    assert.deepEqual(instructionsOf("ONBUILD RUN <<'E'", 'a', 'E', 'USER b'), ["RUN <<'E'\na\nE", 'USER b']);
  });

  it('recognises a descriptor in front of it', () => {
    assert.deepEqual(instructionsOf('RUN 3<<EOF cat', 'USER x', 'EOF', 'USER b'), [
      'RUN 3<<EOF cat\nUSER x\nEOF',
      'USER b',
    ]);
  });

  it('sees none in JSON form, in quotes, in shifts, in here strings and in other instructions', () => {
    for (const line of [
      'RUN ["sh","-c","cat <<EOF"]',
      'RUN ["sh", "-c", "cat <<EOF >x"]',
      'RUN echo "<<EOF"',
      "RUN echo '<<EOF'",
      'RUN echo $((1<<2))',
      'RUN cat <<<x',
      'CMD cat <<EOF',
      'ONBUILD CMD cat <<EOF',
      'LABEL a=<<EOF',
    ]) {
      assert.deepEqual(instructionsOf(line, 'USER b').at(-1), 'USER b', line);
    }
  });

  it('finds the name also behind a blank, as the builder does since BuildKit 0.25', () => {
    assert.deepEqual(instructionsOf('RUN cat << EOF', 'x', 'EOF', 'USER b').at(-1), 'USER b');
    assert.deepEqual(instructionsOf('RUN cat <<- EOF', 'USER b').at(-1), 'USER b');
    // What was meant is a shift.
    assert.deepEqual(instructionsOf('RUN echo $((1 << 2))', 'x', '2))', 'USER b').at(-1), 'USER b');
  });

  it('finds none in a line that the builder cannot read', () => {
    assert.deepEqual(instructionsOf('RUN echo ${X@Q} <<EOF', 'USER b').at(-1), 'USER b');
    assert.deepEqual(instructionsOf('RUN echo "${" <<EOF', 'USER b').at(-1), 'USER b');
  });

  it('takes the rest of the file where the delimiter never comes', () => {
    assert.deepEqual(instructionsOf('RUN <<EOF', 'USER b'), ['RUN <<EOF\nUSER b\n']);
  });
});

describe('dockerfile: comments', () => {
  it('finds whole lines, directives and lines between continuations, nothing else', () => {
    const { file } = read(
      lines('# syntax=x', '#a', 'FROM a # no', '  # b', 'RUN x \\', '\t# c', ' y', 'RUN z #no', '#'),
    );
    const { text } = file;
    assert.deepEqual(
      file.comments().map(({ span, trailing }) => [text.slice(span.start, span.end), span.start, trailing]),
      [
        ['# syntax=x', 0, false],
        ['#a', 11, false],
        ['# b', 28, false],
        ['# c', 41, false],
        ['#', 58, false],
      ],
    );
  });

  it('gives a first comment that looks like a directive back as a comment', () => {
    for (const comment of [
      '# hadolint ignore=DL3006',
      '# checkov:skip=CKV_DOCKER_3: reason',
      '# kics-scan disable=x',
    ]) {
      const { file } = read(`${comment}\nFROM a\n`);
      const [found] = file.comments();
      assert.equal(found && file.text.slice(found.span.start, found.span.end), comment);
      const scope = found && file.scopeBelow(found);
      assert.equal(scope && file.text.slice(scope.start, scope.end), 'FROM a');
    }
  });

  it('finds the instruction that begins on a line, and none inside one or below it', () => {
    const text = lines(
      '# 1',
      '  FROM a',
      'RUN x \\',
      '  # 2',
      '  y',
      'COPY <<E /x',
      'FROM b',
      'E',
      '',
      'ONBUILD USER c',
    );
    const { file } = read(text);
    let start = 0;
    const blocks = text.split('\n').map((line) => {
      const block = file.blockAt(start + Math.floor(line.length / 2));
      start += line.length + 1;
      return block && text.slice(block.start, block.end);
    });
    const [run, copy] = ['RUN x \\\n  # 2\n  y', 'COPY <<E /x\nFROM b\nE'];
    const none = undefined;
    assert.deepEqual(blocks, [none, 'FROM a', run, none, none, copy, none, none, none, 'ONBUILD USER c', none]);
  });

  it('speaks of the next instruction, or of the next line inside one', () => {
    const { file } = read(
      lines('# 1', 'FROM a', '# 2', '', '# 3', 'RUN x \\', '  # 4', '  # 5', '', '  y && \\', '  z', '# 6'),
    );
    const scopes = file.comments().map((comment) => {
      const scope = file.scopeBelow(comment);
      return scope && file.text.slice(scope.start, scope.end);
    });
    const run = 'RUN x \\\n  # 4\n  # 5\n\n  y && \\\n  z';
    assert.deepEqual(scopes, ['FROM a', run, run, 'y && \\', 'y && \\', undefined]);
  });
});
