// What is in force where an instruction stands.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lines, type Reading, read } from './reading.js';

function last(reading: Reading) {
  const instruction = reading.instructions.at(-1);
  if (instruction === undefined) throw new Error('There is no instruction.');
  return instruction;
}

describe('dockerfile: what is in force', () => {
  it('knows the user in front of an instruction, through the stages below', () => {
    const runsAs = (...text: readonly string[]) => {
      const reading = read(lines(...text));
      return reading.show(last(reading).runsAs);
    };
    assert.equal(runsAs('FROM a', 'USER app', 'RUN x'), 'app@app');
    assert.equal(runsAs('FROM a', 'RUN x', 'USER app'), 'absent@a');
    assert.equal(runsAs('FROM a AS b', 'USER 5', 'FROM b', 'RUN x'), '5@5');
    assert.equal(runsAs('FROM a', 'ONBUILD USER app', 'RUN x'), 'absent@a');
    assert.equal(runsAs('FROM a', 'USER $U', 'RUN x'), 'unknown@$U');
  });

  it('joins relative folders, where the one in front is known', () => {
    const workdir = (...text: readonly string[]) => {
      const reading = read(lines(...text));
      return reading.show(last(reading).workdir);
    };
    assert.equal(workdir('FROM a', 'WORKDIR /app', 'RUN x'), '/app@/app');
    assert.equal(workdir('FROM a', 'WORKDIR /app', 'WORKDIR ../src/./x', 'RUN x'), '/src/x@../src/./x');
    assert.equal(workdir('FROM a', 'WORKDIR app', 'RUN x'), 'unknown@app');
    assert.equal(workdir('FROM scratch', 'WORKDIR app', 'RUN x'), '/app@app');
    assert.equal(workdir('FROM a AS b', 'WORKDIR /app', 'FROM b', 'WORKDIR c', 'RUN x'), '/app/c@c');
    assert.equal(workdir('FROM a', 'RUN x'), 'absent@a');
    assert.equal(workdir('FROM a', 'ENV D=/d', 'WORKDIR $D/e', 'RUN x'), '/d/e@$D/e');
  });

  it('knows the shell and what it reads', () => {
    const shell = (...text: readonly string[]) => {
      const { interpreter, shell } = last(read(lines(...text)));
      return [interpreter, shell?.arguments.map((word) => (word.kind === 'known' ? word.value : word.kind)).join(' ')];
    };
    assert.deepEqual(shell('FROM a', 'RUN x'), ['shell', undefined]);
    assert.deepEqual(shell('FROM a', 'SHELL ["/bin/bash", "-c"]', 'RUN x'), ['shell', '/bin/bash -c']);
    assert.deepEqual(shell('FROM a', 'SHELL ["pwsh", "-c"]', 'RUN x'), ['powershell', 'pwsh -c']);
    assert.deepEqual(shell('FROM a AS b', 'SHELL ["cmd", "/S"]', 'FROM b', 'RUN x'), ['cmd', 'cmd /S']);
    assert.deepEqual(shell('FROM a AS b', 'SHELL ["cmd", "/S"]', 'FROM c', 'RUN x'), ['shell', undefined]);
    assert.deepEqual(shell('FROM a', '# hadolint shell=powershell', 'RUN x'), ['powershell', undefined]);
    assert.deepEqual(shell('# hadolint shell=pwsh', 'FROM a', 'RUN x'), ['shell', undefined]);
    assert.deepEqual(shell('FROM a', 'SHELL ["python", "-c"]', 'RUN x'), ['other', 'python -c']);
    assert.deepEqual(shell('FROM mcr.microsoft.com/windows/nanoserver:1809', 'RUN x'), ['cmd', undefined]);
  });

  it('finds the value of a variable and where it is set', () => {
    const value = (name: string, ...text: readonly string[]) => {
      const reading = read(lines(...text));
      return reading.show(last(reading).environment(name));
    };
    assert.equal(value('A', 'FROM a', 'ENV A=1', 'RUN x'), '1@A');
    assert.equal(value('A', 'FROM a AS b', 'ENV A=1', 'FROM b', 'RUN x'), '1@A');
    assert.equal(value('A', 'FROM a', 'ARG A', 'RUN x'), 'unknown@A');
    assert.equal(value('A', 'FROM a', 'RUN x'), 'absent@RUN');
    assert.equal(value('TARGETARCH', 'FROM a', 'RUN x'), 'unknown@RUN');
    assert.deepEqual(
      last(read(lines('FROM a AS b', 'ENV C=1', 'FROM b', 'ARG D', 'ENV E=1', 'RUN x'))).variableNames(),
      ['E', 'D', 'C'],
    );
  });

  it('lists the variables that the builder resolves, with their operators', () => {
    const reading = read(
      lines('ARG T=1', 'FROM a:$T', 'ENV B=2', 'COPY --chown=${U:-$B} ${B} \'$S\' \\$N "$Q${X+y}" $TARGETOS /x'),
    );
    const show = (index: number) =>
      reading.instructions[index]?.variables.map(({ at, nameAt, name, operator, state, value, setAt }) =>
        [
          reading.under(at),
          reading.under(nameAt) === name,
          operator,
          state,
          value,
          setAt && reading.under(setAt),
        ].join(),
      );
    assert.deepEqual(show(1), ['$T,true,,set,1,T']);
    assert.deepEqual(show(3), [
      '${U:-$B},true,:-,undeclared,,',
      '$B,true,,set,2,B',
      '${B},true,,set,2,B',
      '$Q,true,,undeclared,,',
      '${X+y},true,+,undeclared,,',
      '$TARGETOS,true,,builtin,,',
    ]);
  });

  it('has no variables in what a shell resolves', () => {
    assert.deepEqual(last(read(lines('FROM a', 'RUN echo $A'))).variables, []);
  });

  it('names the lines without text between those of an instruction', () => {
    const reading = read('FROM a\r\nRUN x \\\r\n\r\n  # c\r\n \t\r\n  y\r\n\r\nRUN <<E\r\n\r\nE\r\n');
    const show = (index: number) =>
      reading.instructions[index]?.blankLines.map(({ at }) => JSON.stringify(reading.under(at)));
    assert.deepEqual(show(1), ['""', '" \\t"']);
    assert.deepEqual(show(2), []);
  });
});

describe('dockerfile: the target', () => {
  const needed = (text: string, target?: string) =>
    read(text, undefined, target).stages.map(({ final, inFinalChain, isNeeded }) =>
      [final && 'final', inFinalChain && 'chain', isNeeded && 'needed'].filter(Boolean).join(' '),
    );
  const text = lines('FROM a AS one', 'FROM b AS two', 'FROM one AS three', 'COPY --from=two /x /', 'FROM c AS four');

  it('is the last stage, unless another one is named', () => {
    assert.deepEqual(needed(text), ['', '', '', 'final chain needed']);
    assert.deepEqual(needed(text, 'THREE'), ['chain needed', 'needed', 'final chain needed', '']);
    assert.deepEqual(needed(text, '0'), ['final chain needed', '', '', '']);
    assert.deepEqual(needed(text, 'nobody'), ['', '', '', 'final chain needed']);
  });

  it('needs what it mounts, through other stages, but not what triggers copy', () => {
    assert.deepEqual(
      needed(lines('FROM a', 'FROM b', 'COPY --from=0 /x /', 'FROM c', 'RUN --mount=from=1,target=/x ls')),
      ['needed', 'needed', 'final chain needed'],
    );
    assert.deepEqual(needed(lines('FROM a', 'FROM c', 'ONBUILD COPY --from=0 /x /')), ['', 'final chain needed']);
  });

  it('takes the command of the stage below, unless an entrypoint comes', () => {
    const command = (...more: readonly string[]) => {
      const reading = read(lines('FROM a AS b', 'CMD one', 'ENTRYPOINT two', 'HEALTHCHECK NONE', 'FROM b', ...more));
      const stage = reading.stages[1];
      return [stage?.command, stage?.entrypoint, stage?.healthcheck].map((each) => each && reading.under(each.at));
    };
    assert.deepEqual(command(), ['CMD one', 'ENTRYPOINT two', 'HEALTHCHECK NONE']);
    assert.deepEqual(command('ENTRYPOINT three'), [undefined, 'ENTRYPOINT three', 'HEALTHCHECK NONE']);
    assert.deepEqual(command('CMD four', 'ENTRYPOINT three'), ['CMD four', 'ENTRYPOINT three', 'HEALTHCHECK NONE']);
  });
});

describe('dockerfile: stages that are named', () => {
  it('links each name and number to its stage', () => {
    const reading = read(
      lines(
        'FROM a AS One',
        'FROM one AS two',
        'COPY --from=ONE /x /',
        'COPY --from=1 /x /',
        'COPY --from=7 /x /',
        'COPY --from=nobody /x /',
        'COPY --from=nginx:1 /x /',
        'RUN --mount=type=bind,from=late,target=/x ls',
        'FROM scratch AS late',
      ),
    );
    assert.deepEqual(
      reading.instructions.flatMap(({ stageReferences }) =>
        stageReferences.map(({ by, at, isNumber, stage, mayBeImage }) =>
          [by, reading.under(at), isNumber, stage?.index, mayBeImage].join(),
        ),
      ),
      [
        'from,one,false,0,false',
        'copy,ONE,false,0,false',
        'copy,1,true,1,false',
        'copy,7,true,,false',
        'copy,nobody,false,,true',
        'mount,late,false,2,false',
      ],
    );
  });
});

describe('dockerfile: comments and directives', () => {
  it('knows what a comment stands above', () => {
    const [file] =
      read(lines('# syntax=docker/dockerfile:1', '# a', 'FROM x', 'RUN y \\', '  # b', '  z', '# c', '', 'RUN q')).file
        .subjects.dockerfile ?? [];
    assert.deepEqual(
      file?.comments.map(({ text, above }) => [text, above?.keyword]),
      [
        ['syntax=docker/dockerfile:1', 'FROM'],
        ['a', 'FROM'],
        ['b', undefined],
        ['c', undefined],
      ],
    );
    assert.deepEqual(
      file?.directives.map(({ name, value }) => [name, value]),
      [['syntax', 'docker/dockerfile:1']],
    );
  });
});
