// What ShellCheck is given of a Dockerfile.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import type { ShellFinding } from '../../../src/model/dockerfile/shell-script.js';
import { editsOf } from '../../../src/service/fix.js';
import { lint } from '../../support/lint.js';
import { readPage } from '../../support/page.js';
import { pagesOf } from '../../support/rule-pages.js';

const scriptsOf = (text: string) =>
  (lint('dockerfile', text).file.subjects.instruction ?? []).flatMap(({ script }) => script ?? []);

describe('the scripts of a Dockerfile', () => {
  it('begin with the shell that is in force, and stop at errors where it does', () => {
    const text = `FROM debian AS base
RUN a
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN b
SHELL ["/usr/bin/BASH.EXE", "-euxo", "pipefail", "-c"]
RUN c
FROM base
RUN d
SHELL ["sh", "-o", "errexit", "-c"]
RUN e
SHELL ["ash", "-c"]
RUN f
SHELL ["ksh", "-c"]
RUN g
`;
    assert.deepEqual(scriptsOf(text), [
      '#!/bin/sh\na\n',
      '#!/bin/bash\nb\n',
      '#!/bin/bash -e\nc\n',
      '#!/bin/bash -e\nd\n',
      '#!/bin/sh -e\ne\n',
      '#!/bin/dash\nf\n',
      '#!/bin/ksh\ng\n',
    ]);
  });

  it('follow the shell that a comment to hadolint names, up to the next FROM or SHELL', () => {
    const text = `FROM a
RUN a
# hadolint shell=/bin/bash
RUN b
# hadolint shell=pwsh
RUN c
SHELL ["/bin/ksh", "-c"]
RUN d
FROM b
RUN e
`;
    assert.deepEqual(scriptsOf(text), ['#!/bin/sh\na\n', '#!/bin/bash\nb\n', '#!/bin/ksh\nd\n', '#!/bin/sh\ne\n']);
  });

  it('are none where no shell runs them that ShellCheck reads', () => {
    const shells = ['["zsh", "-c"]', '["pwsh", "-c"]', '["cmd", "/S", "/C"]', '["python3", "-c"]', '[]', 'sh'];
    for (const shell of shells) assert.deepEqual(scriptsOf(`FROM debian\nSHELL ${shell}\nRUN a\n`), [], shell);
    assert.deepEqual(scriptsOf('FROM debian\nRUN ["a"]\nHEALTHCHECK NONE\nHEALTHCHECK a\nRUN\nRUN --x\nCMD []\n'), []);
    assert.deepEqual(scriptsOf('FROM debian\nSHELL ["sh", "-c"]\nCOPY ["sh", "-c", "a"]\n'), []);
    assert.deepEqual(scriptsOf('# escape=`\nFROM microsoft/windowsservercore\nRUN a\n'), []);
  });

  it('declare the variables that they speak of, with a value where it needs no quotes', () => {
    const text = `FROM debian
ARG none
ARG TARGETARCH
ARG plain=1.2
ENV words="a b" empty="" star=*.txt path=/a/b:/c other=$plain not-a-name=1
RUN echo $none $plain $words $empty $star $path $other $NOT $not-a-name $http_proxy $TARGETARCH
RUN echo
`;
    assert.deepEqual(scriptsOf(text), [
      '#!/bin/sh\nexport TARGETARCH=1 empty http_proxy none other=1 path=1 plain=1 star words\n' +
        'echo $none $plain $words $empty $star $path $other $NOT $not-a-name $http_proxy $TARGETARCH\n',
      '#!/bin/sh\necho\n',
    ]);
  });

  it('stand in the exec form where it runs a shell, with its name and its options, whatever SHELL says', () => {
    const script = (words: string) => scriptsOf(`FROM debian\nSHELL ["pwsh", "-c"]\nRUN [${words}]\n`);
    for (const [words, expected] of [
      ['"sh", "-c", "a"', '#!/bin/sh\na\n'],
      ['"/bin/bash", "-euxo", "pipefail", "-c", "a", "name", "$1"', '#!/bin/bash -e\na\n'],
      ['"bash", "-lc", "a"', '#!/bin/bash\na\n'],
      ['"/usr/bin/env", "-i", "X=1", "ash", "-c", "echo $X"', '#!/bin/dash\nexport X\necho $X\n'],
      ['"/sbin/tini", "--", "gosu", "app", "ksh", "-c", "a"', '#!/bin/ksh\na\n'],
      ['"sh", "-c", "a\\n\\tb \\"\\u0063\\" \\\\d"', '#!/bin/sh\na\n\tb "c" \\d\n'],
    ] as const) {
      assert.deepEqual(script(words), [expected], words);
    }
    const others = [
      '"zsh", "-c", "a"',
      '"cmd", "/c", "a"',
      '"bash", "a.sh"',
      '"bash"',
      '"bash", "-c"',
      '"su", "-c", "a"',
    ];
    for (const words of [...others, '', '"bash", "-s"', '"echo", "sh", "-c", "a"', '"pwsh", "-c", "a"']) {
      assert.deepEqual(script(words), [], words);
    }
    assert.deepEqual(script(`${'"env", '.repeat(5000)}"sh", "-c", "a"`), []);
  });

  it('of what a container runs have all variables set, since whoever starts it sets them', () => {
    const text = `FROM debian
ARG arg
ENV words="a b"
CMD echo $arg \${words} $lower \${#UPPER} $1 $$
ENTRYPOINT ["sh", "-c", "echo $OPTS"]
HEALTHCHECK --interval=1s CMD b
ONBUILD CMD c
`;
    assert.deepEqual(scriptsOf(text), [
      '#!/bin/sh\nexport arg=1 lower=1 words=1\necho $arg ${words} $lower ${#UPPER} $1 $$\n',
      '#!/bin/sh\nexport OPTS=1\necho $OPTS\n',
      '#!/bin/sh\nb\n',
      '#!/bin/sh\nc\n',
    ]);
  });

  it('keep what is said about all of a heredoc in front of its first command', () => {
    const text = 'FROM debian\nARG A\nRUN <<X\n#!/bin/bash -e\n\n# shellcheck disable=SC2086\necho $A\necho $A\nX\n';
    assert.deepEqual(scriptsOf(text), [
      '#!/bin/bash -e\n              \n\n# shellcheck disable=SC2086\nexport A\necho $A\necho $A\n\n',
    ]);
  });

  it('have no carriage returns, no comments between continued lines, and no tabs that Docker drops', () => {
    const text =
      'FROM debian\r\nRUN a && \\\r\n# comment\r\n  b\r\nRUN <<-X\r\n\t#!/bin/ksh\r\n\tc\r\n\t\td\r\n\tX\r\n';
    assert.deepEqual(scriptsOf(text), ['#!/bin/sh\na &&   b\n', '#!/bin/ksh\n          \nc\nd\n\n']);
  });

  it('have every remark and every fix inside the text, wherever ShellCheck means it to be', () => {
    const everywhere = (script: string): readonly ShellFinding[] =>
      [...script].map((_, at) => {
        const start = (at * 7) % (script.length + 1);
        const end = Math.min(script.length, start + (at % 5));
        const replacements = [{ start, end, text: 'x', belongsTo: at % 2 === 0 ? 'before' : 'behind' } as const];
        return { code: `SC${at}`, level: 'info', message: 'x', start, end, replacements };
      });
    const texts = pagesOf('shellcheck-finding').flatMap((path) => readPage(readFileSync(path, 'utf8')));
    let marked = 0;
    for (const { text } of texts.flatMap((fence) => [fence, { text: fence.text.replaceAll('\n', '\r\n') }])) {
      for (let cut = text.length; cut > 0; cut -= 23) {
        const part = text.slice(0, cut);
        const options = { only: 'shellcheck-finding', shellFindings: everywhere };
        const { file, findings, failures } = lint('dockerfile', part, options);
        assert.deepEqual(failures, []);
        for (const { at, fixes } of findings) {
          const spans = [at.span, ...fixes.flatMap((fix) => editsOf(file, fix) ?? []).map(({ span }) => span)];
          for (const { start, end } of spans) assert.ok(0 <= start && start <= end && end <= part.length, part);
          marked++;
        }
      }
    }
    assert.ok(marked > 1000);
  });
});
